import { availableParallelism } from 'node:os';
import { BREAKDOWN_PARTS } from './breakdown.js';
import type { Definition, Variant } from './definition.js';
import { definitionHash } from './hash.js';
import { InputError } from './input-error.js';
import { withDuration } from './loader.js';
import type { MeasuredRun } from './measure.js';
import { metricsOf } from './metrics.js';
import { allowedNames } from './nearest.js';
import type {
  BreakdownPart,
  ExperimentResult,
  Figure,
  Metric,
  Summary,
  VariantResult,
} from './result.js';
import { runAll } from './run-pool.js';
import { summarize } from './statistics.js';
import { VERSION } from './version.js';

export interface RunOptions {
  /** Default: as many as the definition says, from 1 on. */
  readonly seeds?: readonly number[] | undefined;
  /** Measured time instead of the definition's. */
  readonly durationNs?: number | undefined;
  /** Ids of the variants to run; default: all. */
  readonly variants?: readonly string[] | undefined;
  /** Runs at the same time; default: one a processor. */
  readonly jobs?: number | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A variant's result with what claims need besides: values of each single run. */
export interface MeasuredVariant extends VariantResult {
  readonly runs: readonly MeasuredRun[];
}

/** An experiment's result, without claims: `claims/` judges those from it. */
export interface MeasuredExperiment extends ExperimentResult {
  readonly variants: readonly MeasuredVariant[];
}

/**
 * Runs the variants of an experiment once for each seed. The result depends on definition, seeds
 * and version only, not on the number of jobs.
 * @throws InputError for options that do not fit the definition; the signal's reason if aborted
 */
export async function runExperiment(
  definition: Definition,
  options: RunOptions = {},
): Promise<MeasuredExperiment> {
  const timed =
    options.durationNs === undefined ? definition : withDuration(definition, options.durationNs);
  const variants = chooseVariants(timed, options.variants);
  const seeds = options.seeds ?? seedList(1, timed.seedCount);
  checkSeeds(seeds);
  const { jobs = availableParallelism(), onProgress, signal } = options;
  // All variants with the first seed, then with the second: comparisons fill up evenly.
  const tasks = seeds.flatMap((seed) =>
    variants.map(({ input, subject }) => ({ input, subject, seed })),
  );
  let done = 0;
  onProgress?.(0, tasks.length);
  const runs = await runAll(tasks, {
    jobs,
    onDone: () => onProgress?.(++done, tasks.length),
    signal,
  });
  return {
    id: timed.id,
    title: timed.title,
    version: VERSION,
    definitionHash: definitionHash({ ...timed, variants }),
    seeds,
    durationS: timed.durationNs / 1e9,
    warmupS: timed.warmupNs / 1e9,
    sampleS: timed.sampleNs / 1e9,
    variants: variants.map((variant, v) =>
      variantResult(
        variant,
        runs.filter((_, i) => i % variants.length === v),
      ),
    ),
    figures: figuresOf(timed, variants),
    claims: [],
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
    throw new InputError(`variant: got "${unknown}"; allowed: ${allowedNames(unknown, ids)}`);
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

function variantResult(variant: Variant, runs: readonly MeasuredRun[]): MeasuredVariant {
  const { input } = variant;
  const metrics = metricsOf(input, variant.subject).map(
    ({ name, unit, label, description }): Metric => ({ name, unit, label, description }),
  );
  const samples = input.durationNs / input.sampleNs;
  return {
    id: variant.id,
    title: variant.title,
    metrics,
    timesS: Array.from({ length: samples }, (_, i) => ((i + 1) * input.sampleNs) / 1e9),
    runs,
    summary: Object.fromEntries(
      metrics.map(({ name, unit }, m): [string, Summary] => {
        const means = runs.map((run) => run.means[m] ?? Number.NaN);
        return [name, { ...summarize(means), unit }];
      }),
    ),
    breakdown: breakdownOf(runs),
    counters: countersOf(runs),
  };
}

function breakdownOf(runs: readonly MeasuredRun[]): BreakdownPart[] {
  if (runs.every((run) => run.breakdownPct.length === 0)) return [];
  const parts = BREAKDOWN_PARTS.map(({ label }, p) => ({
    label,
    cpu_pct: mean(runs.map((run) => run.breakdownPct[p] ?? 0)),
  }));
  const whole = parts.reduce((sum, part) => sum + part.cpu_pct, 0);
  return parts.map((part) => ({
    ...part,
    share_pct: whole === 0 ? 0 : (100 * part.cpu_pct) / whole,
  }));
}

function countersOf(runs: readonly MeasuredRun[]): VariantResult['counters'] {
  const names = [...new Set(runs.flatMap((run) => run.counters.map(({ name }) => name)))];
  return names.map((name) => ({
    name,
    per_s: mean(runs.map((run) => run.counters.find((one) => one.name === name)?.perS ?? 0)),
  }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
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
