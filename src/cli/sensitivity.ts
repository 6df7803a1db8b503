import { type Claim, runsFor } from '../claims/claim.js';
import { type Survey, survey } from '../claims/sensitivity/survey.js';
import { findExperiment } from '../files/experiment-catalog.js';
import { startProgress } from '../output/terminal/progress.js';
import type { RunStore } from '../run/store/run-store.js';
import { positiveDurationOf } from './duration-flag.js';
import type { RunFlags } from './experiment/experiment-flags.js';

const DEFAULT_DURATION = '10s';

/** Surveys claims as the flags say, with progress on stderr. */
export async function surveyClaims(
  claims: readonly Claim[],
  { points, seed, seeds = 1, duration = DEFAULT_DURATION, jobs }: RunFlags & { points: number },
  silent: boolean,
  signal: AbortSignal,
  store: RunStore | null,
): Promise<Survey> {
  const definitions = [...runsFor(claims).keys()].map((id) => findExperiment(id));
  const durationNs = positiveDurationOf('--duration', duration);
  const progress = startProgress(process.stderr, silent);
  try {
    const result = await survey(claims, definitions, {
      hypercubePoints: points,
      seed,
      seeds,
      durationNs,
      jobs,
      store,
      signal,
      onProgress: (done, total) => progress.update(Math.floor(done), total),
    });
    signal.throwIfAborted();
    return result;
  } finally {
    progress.stop();
  }
}
