import type { Clock } from '../../engine/clock.js';
import type { SchedClock } from '../sched-clock.js';
import type { Task } from '../task.js';
import type { GuestSchedulerInput } from './guest-schedulers.js';
import type { RunQueue } from './run-queue.js';

/**
 * The seat of a guest's process scheduler. A kind is one file in this folder, which has its input,
 * its run queue and this, and one entry in `guest-schedulers.ts`.
 */
export interface GuestSchedulerKind<Input> {
  /** Whether it measures run time by the kernel's clock, which may be told of stolen time. */
  readonly asksClock: boolean;
  readonly make: (input: Input, site: SchedulingSite) => RunQueue;
}

/** What a guest's scheduler may look at. */
export interface SchedulingSite {
  readonly clock: Clock;
  readonly schedClock: SchedClock;
  readonly jiffyNs: number;
  /** All of the kernel's, by their index. */
  readonly tasks: readonly Task[];
  /** Makes the scheduler of a part of the tasks, for one that stands above others. */
  readonly makePart: (input: GuestSchedulerInput) => RunQueue;
}
