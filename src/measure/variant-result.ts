import type { Definition, Variant } from '../definition/definition.js';
import type { Difference } from '../definition/differences.js';
import { readsDisk } from '../definition/metrics/disk-metrics.js';
import { variantMetrics } from '../definition/metrics/metrics.js';
import type { ModelInput } from '../model/input.js';
import { BREAKDOWN_PARTS } from './breakdown.js';
import type { BreakdownPart, Metric, Summary, VariantResult } from './experiment-result.js';
import { headlinesOf } from './headlines.js';
import type { MeasuredRun } from './measure.js';
import { differencesFromShipped } from './shipped-setup.js';
import { summarize } from './statistics.js';

/** A variant's result with what claims need besides. */
export interface MeasuredVariant extends VariantResult {
  /** With values of each single run. */
  readonly runs: readonly MeasuredRun[];
  /** In what its set-up is not the shipped experiment's of the same id. */
  readonly unlikeShipped: readonly Difference[];
}

/** Puts the runs of a definition's variant together, one per seed. */
export function variantResult(
  variant: Variant,
  runs: readonly MeasuredRun[],
  { id, variants, figures }: Pick<Definition, 'id' | 'variants' | 'figures'>,
): MeasuredVariant {
  const { input } = variant;
  const recipes = variantMetrics(variant, variants);
  const metrics = recipes.map(
    ({ name, unit, label, description }): Metric => ({ name, unit, label, description }),
  );
  const samples = input.durationNs / input.sampleNs;
  return {
    id: variant.id,
    title: distinctTitle(variant, variants),
    description: variant.description,
    metrics,
    headlines: headlinesOf(variant, recipes, figures),
    timesS: Array.from({ length: samples }, (_, i) => ((i + 1) * input.sampleNs) / 1e9),
    runs,
    summary: Object.fromEntries(
      metrics.map(({ name, unit }, m): [string, Summary] => {
        const means = runs.map((run) => run.means[m] ?? Number.NaN);
        return [name, { ...summarize(means), unit }];
      }),
    ),
    breakdown: breakdownOf(runs, input),
    counters: countersOf(runs),
    unlikeShipped: differencesFromShipped(id, variant),
  };
}

/** A title that several variants have in common says which of them it is. */
function distinctTitle({ id, title }: Variant, variants: readonly Variant[]): string {
  return variants.every((other) => other.id === id || other.title !== title)
    ? title
    : `${title} (${id})`;
}

/** Without the disk's part where nothing reads one. */
function breakdownOf(runs: readonly MeasuredRun[], input: ModelInput): BreakdownPart[] {
  if (runs.every((run) => run.breakdownPct.length === 0)) return [];
  const parts = BREAKDOWN_PARTS.flatMap(({ id, label }, p) => {
    if (id === 'disk' && !readsDisk(input)) return [];
    return [{ label, cpu_pct: mean(runs.map((run) => run.breakdownPct[p] ?? 0)) }];
  });
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
