import type { MeasuredRun } from '../../measure/measure.js';
import { programName } from '../program-hash.js';
import { doRuns, type RunTask } from '../run-task.js';
import { Damaged, type Entry, pathOf, readEntry, writeEntry } from './entry.js';

/** A run and its place in the store. Plain data. */
export interface RunRequest {
  readonly task: RunTask;
  /** Null: it is done, whatever is in the store, and not kept. */
  readonly entry: Entry | null;
  /** Whether it is kept if it has to be done. */
  readonly isKept: boolean;
}

/** What became of a request. Plain data, but for a found run's samples: see `readEntry`. */
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

/**
 * Takes runs from the store, or does them and keeps them there.
 * @param requests of runs that differ in their instruments only: one simulation does them all
 */
export function storedRuns(requests: readonly RunRequest[]): DoneRun[] {
  const found = requests.map(({ entry }) => findRun(entry));
  const missing = requests.filter((_, i) => found[i]?.run === null);
  const done = missing.length === 0 ? [] : doRuns(missing.map(({ task }) => task));
  return requests.map((request, i): DoneRun => {
    const { run, damaged } = found[i] as FoundRun;
    if (run !== null) return { run, isFound: true, bytes: 0, damaged, failure: null };
    return keep(request, done[missing.indexOf(request)] as MeasuredRun, damaged);
  });
}

function keep({ entry, isKept }: RunRequest, run: MeasuredRun, damaged: string | null): DoneRun {
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
export interface FoundRun extends Pick<DoneRun, 'damaged'> {
  readonly run: MeasuredRun | null;
}

/** Looks for a run in the store. */
export function findRun(entry: Entry | null): FoundRun {
  try {
    return { run: entry === null ? null : readEntry(entry), damaged: null };
  } catch (error) {
    if (!(error instanceof Damaged) || entry === null) throw error;
    return { run: null, damaged: pathOf(entry) };
  }
}
