import type { Interval } from './experiment-result.js';
import { studentTQuantile } from './student-t.js';

/**
 * Mean, standard deviation, 95% confidence interval (two-sided, Student t) of one value per seed.
 * Values that are no number (a ratio to nothing) are left out; with none left the mean is NaN, with
 * one there is neither deviation nor interval.
 */
export function summarize(values: readonly number[]): Interval {
  const known = values.filter((value) => Number.isFinite(value));
  const n = known.length;
  const mean = known.reduce((sum, value) => sum + value, 0) / n;
  // Of none, 0 / 0 is NaN.
  if (n < 2) return { mean, sd: null, ci95: null, n };
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sd = Math.sqrt(squares / (n - 1));
  const halfWidth = (quantileOf(n - 1) * sd) / Math.sqrt(n);
  return { mean, sd, ci95: [mean - halfWidth, mean + halfWidth], n };
}

/** How many times as wide an interval over `n` values is as one over `usual`, of one deviation. */
export function relativeWidth(n: number, usual: number): number {
  const width = (count: number) => quantileOf(count - 1) / Math.sqrt(count);
  return width(n) / width(usual);
}

const quantiles = new Map<number, number>();

/** Student's t at 97.5%. All metrics of a result have as many values. */
function quantileOf(df: number): number {
  const quantile = quantiles.get(df) ?? studentTQuantile(0.975, df);
  quantiles.set(df, quantile);
  return quantile;
}
