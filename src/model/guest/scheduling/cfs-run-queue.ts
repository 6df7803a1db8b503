import { ZERO_NS } from '../../engine/clock.js';
import type { SchedClock } from '../sched-clock.js';
import type { Task } from '../task.js';
import type { GuestSchedulerKind } from './guest-scheduler.js';
import type { RunQueue } from './run-queue.js';

const LATENCY_NS = 20_000_000;
const MIN_GRANULARITY_NS = 4_000_000;
const WAKEUP_GRANULARITY_NS = 10_000_000;

const NICE_0_WEIGHT = 1024;
const MIN_NICE = -20;

/** Linux's weights of nice -20 to 19: a step of one is about 10% of the CPU between two tasks. */
const WEIGHTS = [
  88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904,
  3906, 3121, 2501, 1991, 1586, 1277, 1024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87,
  70, 56, 45, 36, 29, 23, 18, 15,
];

function weightOf(task: Task): number {
  return WEIGHTS[task.nice - MIN_NICE]!;
}

/** Time as a task of its weight counts it: slower for heavier ones. */
function weighted(ns: number, task: Task): number {
  return (ns * NICE_0_WEIGHT) / weightOf(task);
}

/**
 * Run queue of Linux 2.6.24's completely fair scheduler: the task with the least virtual run time
 * runs. A sleeper comes back up to one latency behind the others, a new task one slice ahead. Run
 * time is measured at each process switch, with the guest's scheduler clock.
 */
export class CfsRunQueue implements RunQueue {
  private readonly clock: SchedClock;
  private readonly tasks: Task[] = [];
  private running: Task | null = null;
  private minVruntimeNs = ZERO_NS;
  private nextOrder = 0;

  constructor(clock: SchedClock) {
    this.clock = clock;
  }

  wake(task: Task, current: Task): boolean {
    this.update();
    task.runnable = true;
    this.tasks.push(task);
    if (task.order < 0) {
      task.vruntimeNs = this.minVruntimeNs + weighted(this.sliceNs(task), task);
    } else {
      task.vruntimeNs = Math.max(task.vruntimeNs, this.minVruntimeNs - LATENCY_NS);
    }
    task.order = this.nextOrder++;
    if (!current.runnable) return true;
    return current.vruntimeNs - task.vruntimeNs > weighted(WAKEUP_GRANULARITY_NS, current);
  }

  sleep(task: Task): void {
    this.update();
    this.running = null;
    this.remove(task);
  }

  remove(task: Task): void {
    task.runnable = false;
    this.tasks.splice(this.tasks.indexOf(task), 1);
  }

  pick(): Task | null {
    this.update();
    let best: Task | null = null;
    for (let i = 0; i < this.tasks.length; i++) {
      const task = this.tasks[i]!;
      if (best === null || isBefore(task, best)) best = task;
    }
    return best;
  }

  runs(task: Task): void {
    this.running = task;
    task.pickedNs = this.clock.nowNs();
    task.stampNs = task.pickedNs;
  }

  preempted(): void {
    this.update();
    this.running = null;
  }

  /** The current task has had its part of the period, and somebody waits. */
  tick(task: Task): boolean {
    if (!task.runnable) return false;
    this.update();
    return this.tasks.length > 1 && task.stampNs - task.pickedNs > this.sliceNs(task);
  }

  /** Adds what the running task ran since the last call to its virtual run time. */
  private update(): void {
    const running = this.running;
    if (running === null) return;
    const nowNs = this.clock.nowNs();
    running.vruntimeNs += weighted(nowNs - running.stampNs, running);
    running.stampNs = nowNs;
    let least = running.vruntimeNs;
    for (let i = 0; i < this.tasks.length; i++) {
      least = Math.min(least, this.tasks[i]!.vruntimeNs);
    }
    this.minVruntimeNs = Math.max(this.minVruntimeNs, least);
  }

  /** A task's part of the period by weight; the period grows when there are more than five. */
  private sliceNs(task: Task): number {
    let sum = 0;
    for (let i = 0; i < this.tasks.length; i++) sum += weightOf(this.tasks[i]!);
    const periodNs = Math.max(LATENCY_NS, this.tasks.length * MIN_GRANULARITY_NS);
    return (periodNs * weightOf(task)) / sum;
  }
}

function isBefore(a: Task, b: Task): boolean {
  return a.vruntimeNs < b.vruntimeNs || (a.vruntimeNs === b.vruntimeNs && a.order < b.order);
}

export const CFS: GuestSchedulerKind<'cfs'> = {
  asksClock: true,
  make: (_name, { schedClock }) => new CfsRunQueue(schedClock),
};
