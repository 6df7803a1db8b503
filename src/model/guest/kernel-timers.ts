import type { KernelTimer } from './kernel-timer.js';
import { Sleepers } from './sleepers.js';
import type { Task } from './task.js';

/** What a kernel's timer tick drives: processes that sleep for a time, and the timers of others. */
export class KernelTimers {
  readonly sleepers: Sleepers;
  private readonly others: KernelTimer[] = [];

  constructor(tasks: readonly Task[], jiffyNs: number) {
    this.sleepers = new Sleepers(tasks, jiffyNs);
  }

  add(timer: KernelTimer): void {
    this.others.push(timer);
  }

  /** The timer tick was taken. */
  tick(): void {
    for (let i = 0; i < this.others.length; i++) this.others[i]!.tick();
  }

  /** When the next ends; Infinity if none is set. */
  nextNs(): number {
    let nextNs = this.sleepers.nextNs;
    for (let i = 0; i < this.others.length; i++) {
      nextNs = Math.min(nextNs, this.others[i]!.nextTimerNs());
    }
    return nextNs;
  }
}
