import { type Clock, ZERO_NS } from '../../engine/clock.js';
import type { Task } from '../task.js';
import type { GuestSchedulerKind } from './guest-scheduler.js';
import type { RunQueue } from './run-queue.js';
import {
  bonusOf,
  creditSleep,
  effectivePrio,
  isInteractive,
  justInteractiveNs,
  LAST_USER_PRIO,
  MAX_BONUS,
  MAX_SLEEP_AVG_NS,
  type O1Version,
  PART_OF_WAIT,
  staticPrio,
} from './sleep-average.js';

/** No task has expired. */
const NEVER = Number.POSITIVE_INFINITY;

/** The shortest turn among interactive equals. */
const TURN_MS = 10;

/** A time as whole ticks, rounded down, but one at least. */
function ticksOf(ms: number, jiffyNs: number): number {
  return Math.max(1, Math.floor((ms * 1e6) / jiffyNs));
}

/** A full time slice: 100 ms at nice 0, 800 ms at nice -20, 5 ms at nice 19. */
function fullSliceMs(task: Task): number {
  const prio = staticPrio(task);
  return (140 - prio) * (prio < 120 ? 20 : 5);
}

/** So many turns has an interactive task before its equals: fewer at a higher bonus. */
function turnsOf(task: Task): number {
  return 2 ** (Math.max(1, MAX_BONUS - bonusOf(task)) - 1);
}

/**
 * Run queue of Linux 2.6.16's or 2.6.18's O(1) scheduler: an active and an expired array, time
 * slices counted in ticks, and a sleep average that raises the priority of tasks that sleep. The
 * lists are short (a handful of processes), so one array with a flag stands for the two arrays of
 * lists.
 *
 * The slice and the sleep average are sampled and timed by the guest's own clock, which runs on
 * while the VCPU is descheduled: stolen time counts as run time here, as it does in that kernel.
 */
export class O1RunQueue implements RunQueue {
  private readonly clock: Clock;
  private readonly version: O1Version;
  private readonly jiffyNs: number = ZERO_NS;
  private readonly tasks: Task[] = [];
  private nextOrder = 0;
  private expiredSinceNs = NEVER;
  private bestExpiredPrio = LAST_USER_PRIO + 1;

  constructor(clock: Clock, version: O1Version, jiffyNs: number) {
    this.clock = clock;
    this.version = version;
    this.jiffyNs = jiffyNs;
  }

  wake(task: Task, current: Task, byInterrupt: boolean): boolean {
    const { nowNs } = this.clock;
    if (task.timeSliceTicks === 0) task.timeSliceTicks = this.fullSliceTicks(task);
    const isNew = task.order < 0;
    if (isNew) {
      task.justInteractiveNs = justInteractiveNs(task.nice, this.jiffyNs);
    } else {
      task.waitPart = task.waitsForDisk ? 0 : byInterrupt ? 1 : PART_OF_WAIT;
      creditSleep(task, nowNs - task.stampNs, this.version);
    }
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
    if (tasks.length === 0) {
      this.expiredSinceNs = NEVER;
      return null;
    }
    let best = this.bestActive();
    if (best === null) {
      for (let i = 0; i < tasks.length; i++) tasks[i]!.expired = false;
      this.expiredSinceNs = NEVER;
      this.bestExpiredPrio = LAST_USER_PRIO + 1;
      best = this.bestActive();
    }
    return best;
  }

  /** A task that was woken has waited for its turn: that counts as sleep, too. */
  runs(task: Task): void {
    const { nowNs } = this.clock;
    if (task.waitPart > 0) {
      const waitedNs = nowNs - task.stampNs;
      if (waitedNs > 0) creditSleep(task, Math.floor(waitedNs * task.waitPart), this.version);
      const prio = effectivePrio(task);
      // 2.6.16 puts it behind its equals even if it stays among them.
      if (prio !== task.prio || this.version === 'o1-2.6.16') task.order = this.nextOrder++;
      task.prio = prio;
      task.waitPart = 0;
    }
    task.stampNs = nowNs;
  }

  preempted(task: Task): void {
    this.chargeRun(task);
  }

  /** Another may have to run when the slice of `task` is used up. */
  tick(task: Task): boolean {
    if (!task.runnable || task.expired) return false;
    if (--task.timeSliceTicks > 0) return this.letsEqualsGoFirst(task);
    task.prio = effectivePrio(task);
    task.timeSliceTicks = this.fullSliceTicks(task);
    task.order = this.nextOrder++;
    if (this.expiredSinceNs === NEVER) this.expiredSinceNs = this.clock.nowNs;
    if (!isInteractive(task) || this.expiredStarve(task)) {
      task.expired = true;
      if (staticPrio(task) < this.bestExpiredPrio) this.bestExpiredPrio = staticPrio(task);
    }
    return true;
  }

  private fullSliceTicks(task: Task): number {
    return ticksOf(fullSliceMs(task), this.jiffyNs);
  }

  private letsEqualsGoFirst(task: Task): boolean {
    const ticks = turnsOf(task) * ticksOf(TURN_MS, this.jiffyNs);
    const left = task.timeSliceTicks;
    if (left < ticks || (this.fullSliceTicks(task) - left) % ticks !== 0) return false;
    if (!isInteractive(task)) return false;
    task.order = this.nextOrder++;
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
    const waitedNs = this.clock.nowNs - this.expiredSinceNs - this.jiffyNs;
    return (
      waitedNs / MAX_SLEEP_AVG_NS >= this.tasks.length || staticPrio(task) > this.bestExpiredPrio
    );
  }

  /** Running takes the sleep average down, the slower the more interactive the task is. */
  private chargeRun(task: Task): void {
    const { nowNs } = this.clock;
    const ranNs = Math.min(nowNs - task.stampNs, MAX_SLEEP_AVG_NS);
    task.sleepAvgNs = Math.max(0, task.sleepAvgNs - Math.floor(ranNs / Math.max(1, bonusOf(task))));
    task.stampNs = nowNs;
  }
}

export const O1: GuestSchedulerKind<O1Version> = {
  asksClock: false,
  make: (version, { clock, jiffyNs }) => new O1RunQueue(clock, version, jiffyNs),
};
