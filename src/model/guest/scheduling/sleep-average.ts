import type { Task } from '../task.js';

/** The O(1) schedulers of the paper's two kernels differ in how sleep is credited. */
export type O1Version = 'o1-2.6.16' | 'o1-2.6.18';

export const MAX_SLEEP_AVG_NS = 1_000_000_000;
export const MAX_BONUS = 10;
const BONUS_NS = MAX_SLEEP_AVG_NS / MAX_BONUS;
/** Bonus steps above the middle from which a task of nice 0 counts as interactive. */
const INTERACTIVE_DELTA = 2;
const FIRST_USER_PRIO = 100;
export const LAST_USER_PRIO = 139;
/** What 2.6.16 gives a task that slept long: all but one time slice of nice 0. */
const LONG_SLEEP_NS = MAX_SLEEP_AVG_NS - 100_000_000;
/** Of the wait of a task that a process has woken, this part counts as sleep (30%, in 128ths). */
export const PART_OF_WAIT = 38 / 128;

/** Priority before the interactivity bonus: 100 (nice -20) to 139 (nice 19). */
export function staticPrio(task: Task): number {
  return 120 + task.nice;
}

/** 0 (never sleeps) to 10 (sleeps most of the time). */
export function bonusOf(task: Task): number {
  return Math.floor(task.sleepAvgNs / BONUS_NS);
}

export function effectivePrio(task: Task): number {
  const prio = staticPrio(task) - bonusOf(task) + MAX_BONUS / 2;
  return Math.min(LAST_USER_PRIO, Math.max(FIRST_USER_PRIO, prio));
}

/** Bonus steps above the middle from which a task of its nice value counts as interactive. */
function interactiveDelta(nice: number): number {
  return Math.trunc((nice * MAX_BONUS) / 40) + INTERACTIVE_DELTA;
}

/** Whether a task that used up its slice may go back to the active array. */
export function isInteractive(task: Task): boolean {
  return task.prio <= staticPrio(task) - interactiveDelta(task.nice);
}

/** Sleep that makes a task of this nice value just interactive, to its kernel's jiffy. */
export function justInteractiveNs(nice: number, jiffyNs: number): number {
  return (MAX_BONUS / 2 + interactiveDelta(nice) + 1) * BONUS_NS - jiffyNs;
}

/**
 * Sleep raises a task's sleep average: a long one of a process lifts it at once, short ones add up.
 * In 2.6.16 they count the more the lower the average is. Waiting for a disk lifts a process no
 * further than to "just interactive".
 */
export function creditSleep(task: Task, sleptNs: number, version: O1Version): void {
  const enoughNs = task.justInteractiveNs;
  const isProcess = task.space !== 0;
  const lifts = isProcess && sleptNs > enoughNs;
  let creditNs = Math.min(sleptNs, MAX_SLEEP_AVG_NS);
  if (version === 'o1-2.6.16') {
    if (lifts && !task.waitsForDisk) {
      task.sleepAvgNs = LONG_SLEEP_NS;
      return;
    }
    creditNs *= Math.max(1, MAX_BONUS - bonusOf(task));
  } else if (lifts && task.sleepAvgNs < enoughNs) {
    task.sleepAvgNs = enoughNs;
    task.waitPart = 0;
    return;
  }
  const mostNs = isProcess && task.waitsForDisk ? enoughNs : MAX_SLEEP_AVG_NS;
  task.sleepAvgNs = Math.max(task.sleepAvgNs, Math.min(mostNs, task.sleepAvgNs + creditNs));
}
