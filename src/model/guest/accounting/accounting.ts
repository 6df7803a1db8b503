import type { Task } from '../task.js';

/** Columns of the CPU's line in /proc/stat, as places in `PROC_COLUMNS`. */
export const USER = 0;
export const SYSTEM = 1;
export const SOFTIRQ = 2;
export const STEAL = 3;
export const IDLE = 4;

/** The column that time in an interrupted context belongs to. */
export function columnOf(inSoftirq: boolean, isIdle: boolean, inUser: boolean): number {
  if (inSoftirq) return SOFTIRQ;
  if (isIdle) return IDLE;
  return inUser ? USER : SYSTEM;
}

/** What a kernel tells its accounting. */
export interface Charging {
  /** A timer event finds `task` interrupted, in what /proc/stat has as `column`. */
  tick(task: Task, column: number): void;
  /** The kernel switches from `task` to another. */
  switched(task: Task): void;
}

/**
 * A guest kernel's own accounting of CPU time: what its /proc shows. An instrument: it looks at
 * the machine and changes nothing in it, so one kernel can carry several.
 */
export interface Accounting extends Charging {
  /**
   * CPU time in a column of /proc/stat, in nanoseconds. Who reads it wakes an idle guest, whose
   * kernel then catches up first: `isIdle` says that it would, and nothing is changed by it.
   */
  statNs(column: number, isIdle: boolean): number;
  /** User and system time charged to `task` so far, in nanoseconds; `current` is the one on CPU. */
  chargedNs(task: Task, current: Task): number;
}
