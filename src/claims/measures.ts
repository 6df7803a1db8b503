import { BREAKDOWN_PARTS } from '../experiments/breakdown.js';
import type { MeasuredVariant } from '../experiments/runner.js';
import type { Measure } from './claim.js';

export interface MeasuredValues {
  /** One a seed; NaN where a run has none. */
  readonly values: readonly number[];
  readonly unit: string;
}

/** A measure's values by seed, or null if a variant or metric that it needs was not run. */
export function valuesOf(
  measure: Measure,
  variants: readonly MeasuredVariant[],
): MeasuredValues | null {
  const variant = variants.find((one) => one.id === measure.variant);
  if (variant === undefined) return null;
  switch (measure.kind) {
    case 'metrics':
      return sumOf(measure.metrics.map((metric) => metricValues(variant, metric)));
    case 'difference': {
      const other = variants.find((one) => one.id === measure.minus);
      return differenceOf(
        metricValues(variant, measure.metric),
        other === undefined ? null : metricValues(other, measure.metric),
      );
    }
    case 'breakdown-share': {
      const wanted = BREAKDOWN_PARTS.map(({ id }) => measure.parts.includes(id));
      const values = variant.runs.map(({ breakdownPct }) => {
        const part = breakdownPct.filter((_, p) => wanted[p]);
        return (100 * total(part)) / total(breakdownPct);
      });
      return { values, unit: '%' };
    }
    case 'network-inside':
      return { values: variant.runs.map((run) => run.networkInsidePct ?? Number.NaN), unit: '%' };
  }
}

function metricValues(variant: MeasuredVariant, name: string): MeasuredValues | null {
  const at = variant.metrics.findIndex((metric) => metric.name === name);
  const unit = variant.metrics[at]?.unit;
  if (unit === undefined) return null;
  return { values: variant.runs.map((run) => run.means[at] ?? Number.NaN), unit };
}

function sumOf(parts: readonly (MeasuredValues | null)[]): MeasuredValues | null {
  const [first, ...others] = parts;
  if (first === undefined || first === null) return null;
  return others.reduce<MeasuredValues | null>(
    (sum, part) => combine(sum, part, (a, b) => a + b),
    first,
  );
}

function differenceOf(a: MeasuredValues | null, b: MeasuredValues | null): MeasuredValues | null {
  return combine(a, b, (x, y) => x - y);
}

function combine(
  a: MeasuredValues | null,
  b: MeasuredValues | null,
  operation: (x: number, y: number) => number,
): MeasuredValues | null {
  if (a === null || b === null) return null;
  const values = a.values.map((value, i) => operation(value, b.values[i] ?? Number.NaN));
  return { values, unit: a.unit };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
