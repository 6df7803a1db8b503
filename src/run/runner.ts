import { availableParallelism } from 'node:os';
import { InputError } from '../base/input-error.js';
import { allowedNames } from '../base/nearest.js';
import type { Definition, Variant } from '../definition/definition.js';
import { withDuration } from '../definition/resolve-definition.js';
import { VERSION } from '../files/version.js';
import type { ExperimentResult, Figure } from '../measure/experiment-result.js';
import type { MeasuredRun } from '../measure/measure.js';
import { type MeasuredVariant, variantResult } from '../measure/variant-result.js';
import { definitionHash } from './definition-hash.js';
import { distinct } from './distinct-runs.js';
import { type RunPool, runAll, withRunPool } from './run-pool.js';
import type { RunTask } from './run-task.js';
import type { RunStore } from './store/run-store.js';

/** What to run of a definition. */
export interface Selection {
  /** Default: as many as the definition says, from 1 on. */
  readonly seeds?: readonly number[] | undefined;
  /** Measured time instead of the definition's. */
  readonly durationNs?: number | undefined;
  /** Ids of the variants to run; default: all. */
  readonly variants?: readonly string[] | undefined;
  /** How it differs from the experiment of its name, for messages: "reading cfs". */
  readonly under?: string | undefined;
}

/** How to run it. */
export interface Conduct {
  /** Runs at the same time; default: one a processor. */
  readonly jobs?: number | undefined;
  /** Threads that are there already, with a store of their own; they stay. Default: own ones. */
  readonly pool?: RunPool | undefined;
  /** Where own threads look for runs and keep them; default: nowhere. */
  readonly store?: RunStore | null | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An experiment's result, without claims: `claims/` judges those from it. */
export interface MeasuredExperiment extends ExperimentResult {
  readonly variants: readonly MeasuredVariant[];
}

/** An experiment of which everything is checked and chosen. */
interface Plan {
  readonly definition: Definition;
  readonly variants: readonly Variant[];
  readonly seeds: readonly number[];
  readonly under: string | undefined;
}

/**
 * Runs the variants of an experiment once for each seed. The result depends on definition, seeds
 * and version only, not on the number of jobs.
 * @throws InputError for options that do not fit the definition; the signal's reason if aborted
 */
export async function runExperiment(
  definition: Definition,
  options: Selection & Conduct = {},
): Promise<MeasuredExperiment> {
  const [result] = await runExperiments([{ definition, ...options }], options);
  return result as MeasuredExperiment;
}

/** By experiment, how many seeds to add to what has been run. */
export type SeedsToAdd = (results: readonly MeasuredExperiment[]) => Promise<readonly number[]>;

/**
 * Runs several experiments as `runExperiment` does each, in one pool, and counts the runs of all
 * as progress; those that are the same are done once. Every selection is checked before the first
 * run starts.
 * @param seedsToAdd is asked again after what it wanted has been run, until it wants none; those
 *   that are added follow the last ones
 */
export async function runExperiments(
  wanted: readonly ({ readonly definition: Definition } & Selection)[],
  { jobs = availableParallelism(), pool, store = null, ...conduct }: Conduct = {},
  seedsToAdd?: SeedsToAdd,
): Promise<MeasuredExperiment[]> {
  const plans = wanted.map(({ definition, ...selection }) => planOf(definition, selection));
  const work = (threads: RunPool) => runPlans(plans, threads, conduct, seedsToAdd);
  if (pool !== undefined) return work(pool);
  const runs = plans.reduce((sum, { seeds, variants }) => sum + seeds.length * variants.length, 0);
  const most = seedsToAdd === undefined ? runs : jobs;
  return withRunPool(Math.min(jobs, most), store, work);
}

async function runPlans(
  plans: readonly Plan[],
  pool: RunPool,
  { onProgress, signal }: Conduct,
  seedsToAdd: SeedsToAdd = async () => [],
): Promise<MeasuredExperiment[]> {
  const runs = plans.map((): MeasuredRun[] => []);
  const seeds = plans.map((): number[] => []);
  let done = 0;
  let next = plans;
  for (;;) {
    const { tasks, places } = distinct(next.flatMap(tasksOf));
    const total = done + tasks.length;
    onProgress?.(done, total);
    const onDone = () => onProgress?.(++done, total);
    const fresh = await runAll(tasks, pool, { onDone, signal });
    let taken = 0;
    next.forEach((plan, p) => {
      const count = plan.seeds.length * plan.variants.length;
      const own = places.slice(taken, taken + count).map((at) => fresh[at] as MeasuredRun);
      runs[p]?.push(...own);
      seeds[p]?.push(...plan.seeds);
      taken += count;
    });
    const results = plans.map((plan, p) =>
      resultOf({ ...plan, seeds: seeds[p] ?? [] }, runs[p] ?? []),
    );
    const more = await seedsToAdd(results);
    if (more.every((count) => count === 0)) return results;
    next = plans.map((plan, p) => {
      const first = Math.max(...(seeds[p] ?? [])) + 1;
      return { ...plan, seeds: seedList(first, more[p] ?? 0) };
    });
  }
}

function planOf(definition: Definition, selection: Selection): Plan {
  const { durationNs, under } = selection;
  const timed = durationNs === undefined ? definition : withDuration(definition, durationNs);
  const variants = chooseVariants(timed, selection.variants);
  const seeds = selection.seeds ?? seedList(1, timed.seedCount);
  checkSeeds(seeds);
  return { definition: timed, variants, seeds, under };
}

/** All variants with the first seed, then with the second: comparisons fill up evenly. */
function tasksOf({ definition, variants, seeds, under }: Plan): RunTask[] {
  const setUp = under === undefined ? '' : `, ${under}`;
  return seeds.flatMap((seed) =>
    variants.map(({ id, input, subject, metrics }) => ({
      name: `${definition.id}, variant ${id}${setUp}`,
      input,
      subject,
      seed,
      ...(metrics === undefined ? {} : { metrics }),
    })),
  );
}

/** @param runs in the order of the plan's tasks */
function resultOf(
  { definition, variants, seeds }: Plan,
  runs: readonly MeasuredRun[],
): MeasuredExperiment {
  return {
    id: definition.id,
    title: definition.title,
    description: definition.description,
    paper: definition.paper,
    version: VERSION,
    definitionHash: definitionHash({ ...definition, variants }),
    seeds,
    durationS: definition.durationNs / 1e9,
    warmupS: definition.warmupNs / 1e9,
    sampleS: definition.sampleNs / 1e9,
    variants: variants.map((variant, v) =>
      variantResult(
        variant,
        runs.filter((_, i) => i % variants.length === v),
        definition,
      ),
    ),
    figures: figuresOf(definition, variants),
    claims: [],
    unjudged: [],
  };
}

/** `count` seeds from `first` on. */
export function seedList(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

function chooseVariants(
  { variants }: Definition,
  chosen: readonly string[] | undefined,
): readonly Variant[] {
  if (chosen === undefined || chosen.length === 0) return variants;
  const ids = variants.map((variant) => variant.id);
  const unknown = chosen.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    throw new InputError(`--variant: got "${unknown}"; allowed: ${allowedNames(unknown, ids)}`);
  }
  return variants.filter((variant) => chosen.includes(variant.id));
}

function checkSeeds(seeds: readonly number[]): void {
  if (seeds.length === 0) throw new InputError('seeds: got none; allowed: at least one');
  const wrong = seeds.find((seed, i) => !Number.isSafeInteger(seed) || seeds.indexOf(seed) !== i);
  if (wrong !== undefined) {
    throw new InputError(`seeds: got ${wrong}; allowed: whole numbers, each once`);
  }
}

/** The figures with the lines of the variants that were run; none without any line. */
function figuresOf(definition: Definition, variants: readonly Variant[]): Figure[] {
  const ids = variants.map((variant) => variant.id);
  return definition.figures
    .map((figure) => ({
      ...figure,
      lines: figure.lines.filter((line) => ids.includes(line.variant)),
    }))
    .filter((figure) => figure.lines.length > 0);
}
