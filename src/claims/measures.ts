import { BREAKDOWN_PARTS, type BreakdownPartId } from '../measure/breakdown.js';
import { differenceUnit } from '../measure/difference.js';
import type { MeasuredRun } from '../measure/measure.js';
import type { MeasuredVariant } from '../measure/variant-result.js';
import type { Measure, TimeWindow } from './claim.js';

export interface MeasuredValues {
  /** One a seed; NaN where a run has none. */
  readonly values: readonly number[];
  readonly unit: string;
}

/** Why there is no value, e.g. "variant offload was not run". */
export interface Unmeasured {
  readonly missing: string;
}

/** A measure's values by seed, or why the variants that were run do not give it. */
export function valuesOf(
  measure: Measure,
  variants: readonly MeasuredVariant[],
): MeasuredValues | Unmeasured {
  const variant = variants.find((one) => one.id === measure.variant);
  if (variant === undefined) return notRun(measure.variant);
  switch (measure.kind) {
    case 'metrics':
      return sumOfMetrics(variant, measure.metrics, measure.window);
    case 'metric-difference':
      return differenceOf(
        sumOfMetrics(variant, measure.metrics, measure.window),
        sumOfMetrics(variant, measure.minus, measure.window),
      );
    case 'variant-difference': {
      const other = variants.find((one) => one.id === measure.minus);
      return differenceOf(
        metricValues(variant, measure.metric),
        other === undefined ? notRun(measure.minus) : metricValues(other, measure.metric),
      );
    }
    case 'variant-ratio': {
      const other = variants.find((one) => one.id === measure.of);
      const ratio = combine(
        metricValues(variant, measure.metric),
        other === undefined ? notRun(measure.of) : metricValues(other, measure.metric),
        (x, y) => (100 * x) / y,
      );
      return 'missing' in ratio ? ratio : { ...ratio, unit: '%' };
    }
    case 'breakdown-share': {
      const { parts, of: counted = BREAKDOWN_PARTS.map(({ id }) => id) } = measure;
      const within = parts.filter((part) => counted.includes(part));
      const values = variant.runs.map((run) => (100 * sumOf(within, run)) / sumOf(counted, run));
      return { values, unit: '%' };
    }
    case 'network-inside':
      return { values: variant.runs.map((run) => run.networkInsidePct ?? Number.NaN), unit: '%' };
  }
}

function notRun(variant: string): Unmeasured {
  return { missing: `variant ${variant} was not run` };
}

function sumOfMetrics(
  variant: MeasuredVariant,
  names: readonly string[],
  window?: TimeWindow,
): MeasuredValues | Unmeasured {
  return names
    .map((name) => metricValues(variant, name, window))
    .reduce((sum, part) => combine(sum, part, (a, b) => a + b));
}

function metricValues(
  variant: MeasuredVariant,
  name: string,
  window?: TimeWindow,
): MeasuredValues | Unmeasured {
  const at = variant.metrics.findIndex((metric) => metric.name === name);
  const unit = variant.metrics[at]?.unit;
  if (unit === undefined) return { missing: `variant ${variant.id} has no metric ${name}` };
  if (window === undefined) {
    return { values: variant.runs.map((run) => run.means[at] ?? Number.NaN), unit };
  }
  const { timesS } = variant;
  const endS = timesS.at(-1) ?? 0;
  if (window.toS > endS) {
    return { missing: `needs the time up to ${window.toS} s, and ${endS} s were measured` };
  }
  // A sample reaches from the end of the one before to its own.
  const inside = timesS.map((end, i) => (timesS[i - 1] ?? 0) >= window.fromS && end <= window.toS);
  const values = variant.runs.map((run) => {
    const samples = [...(run.values[at] ?? [])].filter((_, i) => inside[i]);
    return total(samples) / samples.length;
  });
  return { values, unit };
}

function differenceOf(
  a: MeasuredValues | Unmeasured,
  b: MeasuredValues | Unmeasured,
): MeasuredValues | Unmeasured {
  const difference = combine(a, b, (x, y) => x - y);
  if ('missing' in difference) return difference;
  return { ...difference, unit: differenceUnit(difference.unit) };
}

function combine(
  a: MeasuredValues | Unmeasured,
  b: MeasuredValues | Unmeasured,
  operation: (x: number, y: number) => number,
): MeasuredValues | Unmeasured {
  if ('missing' in a) return a;
  if ('missing' in b) return b;
  const values = a.values.map((value, i) => operation(value, b.values[i] ?? Number.NaN));
  return { values, unit: a.unit };
}

function sumOf(parts: readonly BreakdownPartId[], { breakdownPct }: MeasuredRun): number {
  return BREAKDOWN_PARTS.reduce(
    (sum, { id }, p) => (parts.includes(id) ? sum + (breakdownPct[p] ?? Number.NaN) : sum),
    0,
  );
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
