import { metricsOf } from '../definition/metrics/metrics.js';
import { runKey } from '../run/run-key.js';
import type { RunTask } from '../run/run-task.js';
import { entryOf, type Shelf } from '../run/store/entry.js';
import { type DoneRun, storedRuns } from '../run/store/stored-run.js';
import { type SweepWork, taskMaker } from './tasks.js';

/** A run of a sweep, by its number in grid order. Plain data. */
export interface PointRequest {
  readonly run: number;
  /** Whether the store keeps it if it has to be done. */
  readonly isKept: boolean;
}

/** What became of it, with the values of the sweep's metrics. Plain data. */
export interface DonePoint extends Omit<DoneRun, 'run'> {
  readonly values: readonly (number | null)[];
}

/**
 * Does runs of a sweep, or takes them from the store.
 * @param shelf where they are kept; null: nowhere
 */
export function sweepRunner(work: SweepWork, shelf: Shelf | null) {
  const taskOf = taskMaker(work);
  return (request: PointRequest): DonePoint => {
    const task = taskOf(request.run);
    const entry = shelf === null ? null : entryOf(runKey(task), shelf);
    const [{ run, ...done }] = storedRuns([{ task, entry, isKept: request.isKept }]) as [DoneRun];
    return { ...done, values: valuesOf(work, task, run.means) };
  };
}

function valuesOf({ sweep }: SweepWork, { input, subject }: RunTask, means: readonly number[]) {
  const places = new Map(metricsOf(input, subject).map(({ name }, i) => [name, i]));
  return sweep.metrics.map(({ name }) => {
    const value = means[places.get(name) ?? -1];
    return value !== undefined && Number.isFinite(value) ? value : null;
  });
}
