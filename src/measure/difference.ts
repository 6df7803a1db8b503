import type { Interval } from './experiment-result.js';
import { summarize } from './statistics.js';
import { studentTQuantile } from './student-t.js';

/** By how much a mean is above another, with its two-sided 95% confidence interval. */
export interface Difference {
  readonly mean: number;
  /** Null if there are not two values of each. */
  readonly ci95: readonly [number, number] | null;
  /** Whether it is the mean of the differences seed by seed. */
  readonly paired: boolean;
}

/** What is known of a metric: per seed, in the order of the seeds, if that is known. */
export interface Sample {
  readonly seeds: readonly number[];
  readonly values: readonly number[] | null;
  readonly summary: Interval;
}

/** The unit of a difference: percentages differ by points. */
export function differenceUnit(unit: string): string {
  return unit === '%' ? 'points' : unit;
}

/**
 * A metric's mean in one sample less that in another. With the same seeds, values are paired: what
 * chance has done to both falls out. Else the two are independent.
 */
export function differenceOf(one: Sample, other: Sample): Difference {
  const { values: ones, seeds } = one;
  const { values: others } = other;
  if (!areSame(seeds, other.seeds) || ones === null || others === null)
    return unpaired(one.summary, other.summary);
  const pairs = seeds.map(
    (seed, i) => (ones[i] ?? Number.NaN) - (others[other.seeds.indexOf(seed)] ?? Number.NaN),
  );
  const { mean, ci95 } = summarize(pairs);
  return { mean, ci95, paired: true };
}

/** Whether two samples have the same seeds, in any order. */
export function areSame(seeds: readonly number[], others: readonly number[]): boolean {
  return seeds.length === others.length && seeds.every((seed) => others.includes(seed));
}

/** Welch's interval: the deviations of the two need not be equal. */
function unpaired(one: Interval, other: Interval): Difference {
  const mean = one.mean - other.mean;
  if (one.sd === null || other.sd === null) return { mean, ci95: null, paired: false };
  const [a, b] = [one.sd ** 2 / one.n, other.sd ** 2 / other.n];
  // Satterthwaite's degrees of freedom; any will do if nothing varies.
  const df = a + b === 0 ? 1 : (a + b) ** 2 / (a ** 2 / (one.n - 1) + b ** 2 / (other.n - 1));
  const half = studentTQuantile(0.975, df) * Math.sqrt(a + b);
  return { mean, ci95: [mean - half, mean + half], paired: false };
}
