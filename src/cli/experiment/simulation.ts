import type { Definition } from '../../definition/definition.js';
import { EnoughSeeds } from '../../measure/enough-seeds.js';
import type { WatchedNumber } from '../../measure/precision.js';
import { startProgress } from '../../output/terminal/progress.js';
import {
  type Conduct,
  type MeasuredExperiment,
  runExperiments,
  seedList,
} from '../../run/runner.js';
import { measuredTime } from '../duration-flag.js';
import type { RunFlags } from './experiment-flags.js';
import { type PrecisionFlags, type SeedGoal, seedGoalOf } from './precision-flags.js';

/** A definition with the variants of it to run; all of them if none are named. */
export interface Wanted {
  readonly definition: Definition;
  readonly variants?: readonly string[] | undefined;
  /** How it differs from the experiment of its name, for messages. */
  readonly under?: string | undefined;
}

/** By result, the numbers whose intervals are to be narrow. */
export type NumbersOf = (
  results: readonly MeasuredExperiment[],
) => Promise<readonly (readonly WatchedNumber[])[]>;

/**
 * Runs definitions as the flags say, with progress on stderr.
 * @param silent without progress
 * @param where threads that are there already, or the store of own ones
 * @param numbersOf what --precision is about; without it the flag does nothing
 * @throws InputError for wrong flags; the signal's reason if it is aborted
 */
export async function simulate(
  wanted: readonly Wanted[],
  flags: RunFlags & PrecisionFlags,
  silent: boolean,
  signal: AbortSignal,
  where: Pick<Conduct, 'pool' | 'store'>,
  numbersOf: NumbersOf | null = null,
): Promise<MeasuredExperiment[]> {
  const durationNs = measuredTime(flags);
  const seedCounts = wanted.map(({ definition }) => flags.seeds ?? definition.seedCount);
  const goal = numbersOf && seedGoalOf(flags, seedCounts);
  const selections = wanted.map(({ definition, variants, under }, i) => ({
    definition,
    variants,
    under,
    seeds: seedList(flags.seed, seedCounts[i] ?? 0),
    durationNs,
  }));
  const progress = startProgress(process.stderr, silent);
  const conduct = { ...where, jobs: flags.jobs, onProgress: progress.update, signal };
  try {
    const results =
      numbersOf === null || goal === null
        ? await runExperiments(selections, conduct)
        : await runUntilNarrow(selections, conduct, goal, numbersOf);
    signal.throwIfAborted();
    return results;
  } finally {
    progress.stop();
  }
}

async function runUntilNarrow(
  selections: Parameters<typeof runExperiments>[0],
  conduct: Conduct,
  { precision, maxSeeds }: SeedGoal,
  numbersOf: NumbersOf,
): Promise<MeasuredExperiment[]> {
  const rules = selections.map(() => new EnoughSeeds(precision, maxSeeds));
  const results = await runExperiments(selections, conduct, async (soFar) => {
    const numbers = await numbersOf(soFar);
    return rules.map((rule, i) => rule.look(soFar[i]?.seeds.length ?? 0, numbers[i] ?? []));
  });
  return results.map((result, i) => {
    const rule = rules[i];
    return rule === undefined ? result : { ...result, seedsTaken: rule.taken };
  });
}
