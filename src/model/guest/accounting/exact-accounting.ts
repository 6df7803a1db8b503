import { ZERO_NS } from '../../engine/clock.js';
import type { SchedClock } from '../sched-clock.js';
import type { Task } from '../task.js';
import type { Accounting } from './accounting.js';
import type { TickAccounting } from './tick-accounting.js';

/**
 * CFS's accounting: a task is charged the time between the process switches at its two ends, by
 * the scheduler's clock. The CPU's line in /proc/stat is counted by ticks all the same.
 */
export class ExactAccounting implements Accounting {
  private readonly clock: SchedClock;
  private readonly ticks: TickAccounting;
  /** By task index. */
  private readonly charged: Float64Array;
  private sinceNs = ZERO_NS;

  constructor(clock: SchedClock, ticks: TickAccounting, tasks: number) {
    this.clock = clock;
    this.ticks = ticks;
    this.charged = new Float64Array(tasks);
  }

  statNs(column: number, isIdle: boolean): number {
    return this.ticks.statNs(column, isIdle);
  }

  tick(task: Task, column: number): void {
    this.ticks.tick(task, column);
  }

  switched(task: Task): void {
    const nowNs = this.clock.nowNs();
    this.charged[task.index]! += nowNs - this.sinceNs;
    this.sinceNs = nowNs;
  }

  chargedNs(task: Task, current: Task): number {
    const openNs = task === current ? this.clock.nowNs() - this.sinceNs : 0;
    return this.charged[task.index]! + openNs;
  }
}
