import type { Clock } from '../engine/clock.js';
import { JIFFY_NS } from './jiffies.js';
import type { RunQueue } from './run-queue.js';
import type { Task } from './task.js';

const MAX_SLEEP_AVG_NS = 1_000_000_000;
const MAX_BONUS = 10;
const INTERACTIVE_DELTA = 2;
/** No task has expired. */
const NEVER = Number.POSITIVE_INFINITY;
const FIRST_USER_PRIO = 100;
const LAST_USER_PRIO = 139;

/** Priority before the interactivity bonus: 100 (nice -20) to 139 (nice 19). */
function staticPrio(task: Task): number {
  return 120 + task.nice;
}

/** Ticks of a full time slice: 100 ms at nice 0, 800 ms at nice -20, 5 ms (one tick) at nice 19. */
function fullSliceTicks(task: Task): number {
  const prio = staticPrio(task);
  const ms = (140 - prio) * (prio < 120 ? 20 : 5);
  return Math.max(1, Math.floor((ms * 1e6) / JIFFY_NS));
}

/** 0 (never sleeps) to 10 (sleeps most of the time). */
function bonus(task: Task): number {
  return Math.floor((task.sleepAvgNs * MAX_BONUS) / MAX_SLEEP_AVG_NS);
}

function effectivePrio(task: Task): number {
  const prio = staticPrio(task) - bonus(task) + MAX_BONUS / 2;
  return Math.min(LAST_USER_PRIO, Math.max(FIRST_USER_PRIO, prio));
}

/** Bonus steps above the middle from which a task of its nice value counts as interactive. */
function interactiveDelta(task: Task): number {
  return Math.trunc((task.nice * MAX_BONUS) / 40) + INTERACTIVE_DELTA;
}

/** Whether a task that used up its slice may go back to the active array. */
function isInteractive(task: Task): boolean {
  return task.prio <= staticPrio(task) - interactiveDelta(task);
}

/**
 * Run queue of Linux 2.6's O(1) scheduler: an active and an expired array, time slices counted in
 * ticks, and a sleep average that raises the priority of tasks that sleep. The lists are short (a
 * handful of processes), so one array with a flag stands for the two arrays of lists.
 *
 * The slice and the sleep average are sampled and timed by the guest's own clock, which runs on
 * while the VCPU is descheduled: stolen time counts as run time here, as it does in that kernel.
 */
export class O1RunQueue implements RunQueue {
  private readonly clock: Clock;
  private readonly tasks: Task[] = [];
  private nextOrder = 0;
  private expiredSinceNs = NEVER;
  private bestExpiredPrio = LAST_USER_PRIO + 1;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  wake(task: Task, current: Task): boolean {
    const { nowNs } = this.clock;
    if (task.timeSliceTicks === 0) task.timeSliceTicks = fullSliceTicks(task);
    this.creditSleep(task, nowNs - task.stampNs);
    task.stampNs = nowNs;
    task.prio = effectivePrio(task);
    task.runnable = true;
    task.expired = false;
    task.order = this.nextOrder++;
    this.tasks.push(task);
    return !current.runnable || task.prio < current.prio;
  }

  sleep(task: Task): void {
    this.takeOff(task);
    this.chargeRun(task);
  }

  remove(task: Task): void {
    this.takeOff(task);
    task.stampNs = this.clock.nowNs;
  }

  pick(): Task | null {
    const tasks = this.tasks;
    if (tasks.length === 0) return null;
    let best = this.bestActive();
    if (best === null) {
      for (let i = 0; i < tasks.length; i++) tasks[i]!.expired = false;
      this.expiredSinceNs = NEVER;
      this.bestExpiredPrio = LAST_USER_PRIO + 1;
      best = this.bestActive();
    }
    return best;
  }

  runs(task: Task): void {
    task.stampNs = this.clock.nowNs;
  }

  preempted(task: Task): void {
    this.chargeRun(task);
  }

  /** Another may have to run when the slice of `task` is used up. */
  tick(task: Task): boolean {
    if (!task.runnable || task.expired) return false;
    if (--task.timeSliceTicks > 0) return false;
    task.prio = effectivePrio(task);
    task.timeSliceTicks = fullSliceTicks(task);
    task.order = this.nextOrder++;
    if (this.expiredSinceNs === NEVER) this.expiredSinceNs = this.clock.nowNs;
    if (!isInteractive(task) || this.expiredStarve(task)) {
      task.expired = true;
      if (staticPrio(task) < this.bestExpiredPrio) this.bestExpiredPrio = staticPrio(task);
    }
    return true;
  }

  private takeOff(task: Task): void {
    task.runnable = false;
    const tasks = this.tasks;
    let at = 0;
    while (tasks[at] !== task) at++;
    tasks[at] = tasks[tasks.length - 1]!;
    tasks.pop();
  }

  private bestActive(): Task | null {
    const tasks = this.tasks;
    let best: Task | null = null;
    for (let i = 0; i < tasks.length; i++) {
      const task = tasks[i]!;
      if (task.expired) continue;
      if (
        best === null ||
        task.prio < best.prio ||
        (task.prio === best.prio && task.order < best.order)
      ) {
        best = task;
      }
    }
    return best;
  }

  /** Expired tasks wait too long (1 s for each runnable task) or a better one waits among them. */
  private expiredStarve(task: Task): boolean {
    const waitedNs = this.clock.nowNs - this.expiredSinceNs - JIFFY_NS;
    return (
      waitedNs / MAX_SLEEP_AVG_NS >= this.tasks.length || staticPrio(task) > this.bestExpiredPrio
    );
  }

  /** A long sleep lifts a task to "just interactive" at once; short ones add up. */
  private creditSleep(task: Task, sleptNs: number): void {
    const delta = interactiveDelta(task);
    const enoughNs = ((MAX_BONUS / 2 + delta + 1) / MAX_BONUS) * MAX_SLEEP_AVG_NS - 1;
    if (sleptNs > enoughNs) {
      if (task.sleepAvgNs < enoughNs) task.sleepAvgNs = enoughNs;
    } else {
      task.sleepAvgNs = Math.min(MAX_SLEEP_AVG_NS, task.sleepAvgNs + sleptNs);
    }
  }

  /** Running takes the sleep average down, the slower the more interactive the task is. */
  private chargeRun(task: Task): void {
    const { nowNs } = this.clock;
    const ranNs = Math.min(nowNs - task.stampNs, MAX_SLEEP_AVG_NS);
    task.sleepAvgNs = Math.max(0, task.sleepAvgNs - Math.floor(ranNs / Math.max(1, bonus(task))));
    task.stampNs = nowNs;
  }
}
