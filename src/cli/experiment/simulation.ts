import type { Definition } from '../../definition/definition.js';
import { startProgress } from '../../output/terminal/progress.js';
import {
  type Conduct,
  type MeasuredExperiment,
  runExperiments,
  seedList,
} from '../../run/runner.js';
import { measuredTime } from '../duration-flag.js';
import type { RunFlags } from './experiment-flags.js';

/** A definition with the variants of it to run; all of them if none are named. */
export interface Wanted {
  readonly definition: Definition;
  readonly variants?: readonly string[] | undefined;
  /** How it differs from the experiment of its name, for messages. */
  readonly under?: string | undefined;
}

/**
 * Runs definitions as the flags say, with progress on stderr.
 * @param silent without progress
 * @param where threads that are there already, or the store of own ones
 * @throws InputError for wrong flags; the signal's reason if it is aborted
 */
export async function simulate(
  wanted: readonly Wanted[],
  flags: RunFlags,
  silent: boolean,
  signal: AbortSignal,
  where: Pick<Conduct, 'pool' | 'store'>,
): Promise<MeasuredExperiment[]> {
  const durationNs = measuredTime(flags);
  const progress = startProgress(process.stderr, silent);
  try {
    const results = await runExperiments(
      wanted.map(({ definition, variants, under }) => ({
        definition,
        variants,
        under,
        seeds: seedList(flags.seed, flags.seeds ?? definition.seedCount),
        durationNs,
      })),
      { ...where, jobs: flags.jobs, onProgress: progress.update, signal },
    );
    signal.throwIfAborted();
    return results;
  } finally {
    progress.stop();
  }
}
