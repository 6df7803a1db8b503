import type { Interval } from './experiment-result.js';

/** How narrow 95% intervals are wanted: the most that half of one's width may be. */
export interface Precision {
  /** Of percentages and differences between them; null if these are asked for by `relativePct`. */
  readonly points: number | null;
  /** Of other numbers, in percent of their means; null if nothing is asked of those. */
  readonly relativePct: number | null;
}

/** A number whose interval may have to be narrow. */
export interface WatchedNumber {
  /** What it is: "offload, vm_cpu_pct". */
  readonly name: string;
  /** Of its half width: percentages have points. */
  readonly unit: string;
  readonly interval: Pick<Interval, 'mean' | 'ci95'>;
}

/** A number's interval beside what is allowed. */
export interface Width {
  readonly name: string;
  readonly unit: string;
  /** Infinite if there are too few values for an interval. */
  readonly halfWidth: number;
  /** The most that it may be. */
  readonly allowed: number;
}

/** A number's width; null if nothing is asked of it. It is narrow if `excessOf` is at most 1. */
export function intervalWidth(
  { name, unit, interval: { mean, ci95 } }: WatchedNumber,
  { points, relativePct }: Precision,
): Width | null {
  const relative = relativePct === null ? null : (relativePct / 100) * Math.abs(mean);
  const allowed = unit === 'points' ? (points ?? relative) : relative;
  if (allowed === null) return null;
  const halfWidth = ci95 === null ? Number.POSITIVE_INFINITY : (ci95[1] - ci95[0]) / 2;
  return { name, unit, halfWidth, allowed };
}

/** How many times as wide an interval is as it may be; 0 for what does not vary. */
export function excessOf({ halfWidth, allowed }: Width): number {
  return halfWidth === 0 ? 0 : halfWidth / allowed;
}
