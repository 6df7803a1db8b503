/** The runs' door: a definition in, results out. */
import type { Definition } from '../definition/definition.js';
import type { OtherPrograms } from '../model/input.js';
import { poolHere } from './pool-here.js';
import {
  type Conduct,
  type MeasuredExperiment,
  runExperiment as runInPool,
  type Selection,
} from './runner.js';

export type * from '../measure/experiment-result.js';
export type { MeasuredRun } from '../measure/measure.js';
export type { MeasuredVariant } from '../measure/variant-result.js';
export type { MeasuredExperiment, Selection } from './runner.js';

/** How an experiment is run. */
export interface RunOptions extends Selection, Pick<Conduct, 'jobs' | 'onProgress' | 'signal'> {
  /**
   * Programs that processes may run besides the model's own, by name. With any, all runs are done
   * in this thread, one after the other.
   */
  readonly programs?: OtherPrograms | undefined;
}

/**
 * Runs the variants of an experiment once for each seed, and measures them. The result depends on
 * definition, seeds, programs and version only, not on the number of jobs.
 * @throws InputError for options that do not fit the definition; the signal's reason if aborted
 */
export function runExperiment(
  definition: Definition,
  { programs, ...options }: RunOptions = {},
): Promise<MeasuredExperiment> {
  const pool = programs === undefined ? undefined : poolHere(programs);
  return runInPool(definition, { ...options, pool });
}
