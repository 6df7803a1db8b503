import type { Interval, Summary } from '../../measure/experiment-result.js';

/** Decimals that suit a value of this size in a table. */
export function decimalsFor(value: number): number {
  const size = Math.abs(value);
  return size < 100 ? 2 : size < 10_000 ? 1 : 0;
}

/** A number for people: at most ten signs; "-" if it is none. */
export function formatNumber(value: number, decimals = decimalsFor(value)): string {
  if (!Number.isFinite(value)) return '-';
  const text = Math.abs(value) >= 1e6 ? value.toExponential(2) : value.toFixed(decimals);
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text;
}

/** Half the width of the 95% confidence interval; null if there is none. */
export function halfWidth({ ci95 }: Pick<Interval, 'ci95'>): number | null {
  return ci95 === null || !Number.isFinite(ci95[1] - ci95[0]) ? null : (ci95[1] - ci95[0]) / 2;
}

/** A mean with half of its confidence interval if it has one, e.g. "49.93 ± 0.05". */
export function meanText(summary: Pick<Summary, 'mean' | 'ci95'>, sign = ' ± '): string {
  const decimals = decimalsFor(summary.mean);
  const half = halfWidth(summary);
  const mean = formatNumber(summary.mean, decimals);
  return half === null ? mean : `${mean}${sign}${formatNumber(half, decimals)}`;
}
