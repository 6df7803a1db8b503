import { withinText } from '../../sweep/parameter-words.js';
import { type AxisRange, type AxisStart, valueAxis } from '../figure/scale.js';
import type { SweepChart } from './chart-data.js';

/** How a chart is drawn: over two parameters, over one that is no number, or over a number. */
export function kindOf({ axes }: SweepChart): 'heat' | 'bars' | 'lines' {
  if (axes.length === 2) return 'heat';
  return axes[0]?.numbers === null ? 'bars' : 'lines';
}

/** "Replies by cap of the cage and debit". */
export function chartTitle({ name, axes }: SweepChart): string {
  return `${name} by ${axes.map(({ title }) => withinText(title)).join(' and ')}`;
}

/** "Replies (replies/s)". */
export function metricLabel({ name, metric }: SweepChart): string {
  return `${name} (${metric.unit})`;
}

/** What the metric is, as a sentence. */
export function metricMeaning({ metric }: SweepChart): string {
  return `${metric.description}.`;
}

/** Over how many seeds, and what does not vary: "Mean of 3 seeds, debit exact". */
export function chartNote({ seeds, fixed }: SweepChart): string {
  return [seeds === 1 ? 'One seed' : `Mean of ${seeds} seeds`, ...fixed].join(', ');
}

/** A variant in a legend. */
export function variantLabel({ name, estimates }: SweepChart['variants'][number]): string {
  return estimates.some(({ mean }) => Number.isFinite(mean)) ? name : `${name} (no values)`;
}

/** Means and intervals of all variants. */
export function allEstimates({ variants }: SweepChart) {
  return variants.flatMap(({ estimates }) => estimates);
}

/**
 * The axis of the metric's values, with their intervals if those are drawn. Where no mean is
 * negative, or beyond 100%, it does not go there for an interval's sake.
 */
export function metricAxis(chart: SweepChart, hasIntervals: boolean, from: AxisStart): AxisRange {
  const { unit } = chart.metric;
  const estimates = allEstimates(chart);
  const means = estimates.map(({ mean }) => mean).filter(Number.isFinite);
  if (!hasIntervals) return valueAxis(means, unit, from);
  const floor = means.some((mean) => mean < 0) ? Number.NEGATIVE_INFINITY : 0;
  const isPart = unit === '%' && means.every((mean) => mean <= 100);
  const ends = estimates.flatMap(({ low, high }) => [
    Math.max(low, floor),
    isPart ? Math.min(high, 100) : high,
  ]);
  return valueAxis([...means, ...ends], unit, from);
}
