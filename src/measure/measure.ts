import { allowedNames } from '../base/nearest.js';
import type { Subject } from '../definition/definition.js';
import type { MetricRecipe, SeriesRecipe } from '../definition/metrics/metric-recipe.js';
import { metricsOf } from '../definition/metrics/metrics.js';
import { quantileNs } from '../model/index.js';
import type { ModelInput } from '../model/input.js';
import type { RunResult } from '../model/result.js';
import { breakDown } from './breakdown.js';
import type { SeedRun } from './experiment-result.js';

/** What is kept of one run. Plain data: it comes back from the workers. */
export interface MeasuredRun extends SeedRun {
  /** By metric: its value over the whole measured time; a ratio is one of sums. NaN: no value. */
  readonly means: readonly number[];
  /** By part of `BREAKDOWN_PARTS`, percent of one PCPU; empty without a subject IDS. */
  readonly breakdownPct: readonly number[];
  /** See `CR3Breakdown`; null without a subject IDS or without such work. */
  readonly networkInsidePct: number | null;
  readonly counters: readonly { readonly name: string; readonly perS: number }[];
}

/**
 * Turns what the model returns into metrics.
 * @param others what is measured besides the standard metrics
 */
export function measure(
  result: RunResult,
  input: ModelInput,
  subject: Subject | null,
  seed: number,
  others: readonly MetricRecipe[] = [],
): MeasuredRun {
  const series = new Map(result.series.map(({ key, values }) => [key, values]));
  const metrics = [...metricsOf(input, subject), ...others];
  const durationNs = result.sampleNs * result.samples;
  const breakdown = breakDown(result.ledger, input, subject);
  const measured = metrics.map((metric) => evaluate(metric, series, result));
  return {
    seed,
    values: measured.map((one) => one.values),
    means: measured.map((one) => one.mean),
    breakdownPct: breakdown?.partsNs.map((ns) => (100 * ns) / durationNs) ?? [],
    networkInsidePct: breakdown?.networkInsidePct ?? null,
    counters: result.counters.map(({ name, count }) => ({
      name,
      perS: count / (durationNs / 1e9),
    })),
  };
}

interface Measured {
  /** By sample; NaN where a sample has no value. */
  readonly values: Float64Array;
  /** Of the whole run; NaN for no value. */
  readonly mean: number;
}

function evaluate(
  metric: MetricRecipe,
  series: ReadonlyMap<string, Float64Array>,
  result: RunResult,
): Measured {
  if ('fact' in metric) {
    const ns = result.facts.find(({ key }) => key === metric.fact)?.ns;
    return ofWholeRun(metric.factor * (ns ?? Number.NaN), result);
  }
  if ('histograms' in metric) {
    const counts = sumCounts(metric.histograms, result);
    return ofWholeRun(metric.factor * quantileNs(counts, metric.part), result);
  }
  return evaluateSeries(metric, series, result);
}

function ofWholeRun(mean: number, { samples }: RunResult): Measured {
  return { values: new Float64Array(samples).fill(Number.NaN), mean };
}

function sumCounts(keys: readonly string[], { histograms }: RunResult): Float64Array {
  const known = new Map(histograms.map(({ key, counts }) => [key, counts]));
  const [first, ...others] = keys.map((key) => partOf('histogram', key, known));
  const total = Float64Array.from(first ?? []);
  for (const counts of others) {
    for (let b = 0; b < total.length; b++) total[b] = (total[b] ?? 0) + (counts[b] ?? 0);
  }
  return total;
}

function evaluateSeries(
  metric: SeriesRecipe,
  series: ReadonlyMap<string, Float64Array>,
  { samples, sampleNs }: RunResult,
): Measured {
  const { factor, numerator, denominator } = metric;
  const above = sumSeries(numerator, series, samples);
  const below =
    typeof denominator === 'string'
      ? new Float64Array(samples).fill(denominator === 'ns' ? sampleNs : sampleNs / 1e9)
      : sumSeries(denominator, series, samples);
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  return {
    values: above.map((value, i) => (factor * value) / (below[i] ?? Number.NaN)),
    mean: (factor * sum(above)) / sum(below),
  };
}

function sumSeries(
  keys: readonly string[],
  series: ReadonlyMap<string, Float64Array>,
  samples: number,
): Float64Array {
  const total = new Float64Array(samples);
  for (const key of keys) {
    const values = partOf('series', key, series);
    for (let i = 0; i < samples; i++) total[i] = (total[i] ?? 0) + (values[i] ?? Number.NaN);
  }
  return total;
}

/** A part of a run by its key. */
function partOf<T>(kind: string, key: string, known: ReadonlyMap<string, T>): T {
  const part = known.get(key);
  if (part !== undefined) return part;
  const got = `a metric reads the ${kind} ${key}, which this run does not have`;
  throw new Error(`${got}; allowed: ${allowedNames(key, [...known.keys()])}`);
}
