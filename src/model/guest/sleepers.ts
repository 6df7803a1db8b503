import { ZERO_NS } from '../engine/clock.js';
import type { Task } from './task.js';

/** Tasks of one kernel that sleep for a time: its timers go by whole jiffies, rounded up. */
export class Sleepers {
  /** When the next is to be woken; Infinity if none sleeps. */
  nextNs = Infinity;
  private readonly tasks: readonly Task[];
  private readonly jiffyNs: number = ZERO_NS;

  constructor(tasks: readonly Task[], jiffyNs: number) {
    this.tasks = tasks;
    this.jiffyNs = jiffyNs;
  }

  add(task: Task, untilNs: number): void {
    task.wakeNs = Math.ceil(untilNs / this.jiffyNs) * this.jiffyNs;
    this.nextNs = Math.min(this.nextNs, task.wakeNs);
  }

  /** A task whose time has come, which then sleeps no more; null if there is none. */
  takeDue(nowNs: number): Task | null {
    if (nowNs < this.nextNs) return null;
    let due: Task | null = null;
    this.nextNs = Infinity;
    for (let i = 0; i < this.tasks.length; i++) {
      const task = this.tasks[i]!;
      if (due === null && task.wakeNs <= nowNs) {
        due = task;
        task.wakeNs = Infinity;
      }
      this.nextNs = Math.min(this.nextNs, task.wakeNs);
    }
    return due;
  }
}
