import type { Definition } from '../experiments/definition.js';
import { type MeasuredExperiment, runExperiments, seedList } from '../experiments/runner.js';
import { startProgress } from '../output/progress.js';
import { durationOf } from './duration-flag.js';
import type { ExperimentFlags } from './experiment-flags.js';

/**
 * Runs definitions as the flags say, with progress on stderr.
 * @param silent without progress
 * @throws InputError for wrong flags; the signal's reason if it is aborted
 */
export async function simulate(
  definitions: readonly Definition[],
  flags: ExperimentFlags,
  silent: boolean,
  signal: AbortSignal,
): Promise<MeasuredExperiment[]> {
  const durationNs = durationOf('--duration', flags.duration);
  const progress = startProgress(process.stderr, silent);
  try {
    const results = await runExperiments(
      definitions.map((definition) => ({
        definition,
        seeds: seedList(flags.seed, flags.seeds ?? definition.seedCount),
        durationNs,
        variants: flags.variant,
      })),
      { jobs: flags.jobs, onProgress: progress.update, signal },
    );
    signal.throwIfAborted();
    return results;
  } finally {
    progress.stop();
  }
}
