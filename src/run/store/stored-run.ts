import type { MeasuredRun } from '../../measure/measure.js';
import { programName } from '../program-hash.js';
import { doRun, type RunTask } from '../run-task.js';
import { Damaged, type Entry, pathOf, readEntry, writeEntry } from './entry.js';

/** A run and its place in the store. Plain data. */
export interface RunRequest {
  readonly task: RunTask;
  /** Null: it is done, whatever is in the store, and not kept. */
  readonly entry: Entry | null;
  /** Whether it is kept if it has to be done. */
  readonly isKept: boolean;
}

/** What became of a request. Plain data. */
export interface DoneRun {
  readonly run: MeasuredRun;
  readonly isFound: boolean;
  /** Bytes that were written into the store. */
  readonly bytes: number;
  /** The entry, if it was damaged. */
  readonly damaged: string | null;
  /** Why the run could not be kept. */
  readonly failure: string | null;
}

/** Takes a run from the store, or does it and keeps it there. */
export function storedRun({ task, entry, isKept }: RunRequest): DoneRun {
  const { run: found, damaged } = findRun(entry);
  if (found !== null) return { run: found, isFound: true, bytes: 0, damaged, failure: null };
  const run = doRun(task);
  const kept = { run, isFound: false, bytes: 0, damaged, failure: null };
  if (entry === null || !isKept || isOther(entry.program)) return kept;
  try {
    return { ...kept, bytes: writeEntry(entry, run) };
  } catch (error) {
    return { ...kept, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether the program was built anew since it was asked: this may have been its new code. */
function isOther(program: string): boolean {
  return program !== programName();
}

/** What the store has of a run; `damaged` is the path of what is no good. */
export function findRun(entry: Entry | null): Pick<DoneRun, 'damaged'> & {
  readonly run: MeasuredRun | null;
} {
  try {
    return { run: entry === null ? null : readEntry(entry), damaged: null };
  } catch (error) {
    if (!(error instanceof Damaged) || entry === null) throw error;
    return { run: null, damaged: pathOf(entry) };
  }
}
