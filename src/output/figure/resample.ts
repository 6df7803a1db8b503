import { meanOfKnown } from '../words/mean.js';

/** Samples that are averaged into each value, so that all fit so many columns; 1 if none are. */
export function samplesPerStep(count: number, columns: number): number {
  return Math.max(1, Math.ceil(count / columns));
}

/**
 * Fits samples to a number of columns: one value per column, NaN where nothing was measured. Too
 * many are averaged in equal groups, too few are held for several columns: nothing is interpolated.
 * @param count samples on the whole axis; a shorter series ends early
 */
export function resample(values: Float64Array, count: number, columns: number): number[] {
  return byColumn(count, columns, (from, to) => meanOfKnown(values.subarray(from, to)));
}

/** The smallest and the largest known sample of several series at each column. */
export function resampledBand(series: readonly Float64Array[], count: number, columns: number) {
  const known = (from: number, to: number) =>
    series.flatMap((values) => [...values.subarray(from, to)].filter(Number.isFinite));
  return {
    low: byColumn(count, columns, (from, to) => Math.min(...known(from, to))),
    high: byColumn(count, columns, (from, to) => Math.max(...known(from, to))),
  };
}

/** What is known of the samples behind each column, from one to before another. */
function byColumn(
  count: number,
  columns: number,
  of: (from: number, to: number) => number,
): number[] {
  const perStep = samplesPerStep(count, columns);
  const steps: number[] = [];
  for (let from = 0; from < count; from += perStep) {
    steps.push(of(from, Math.min(from + perStep, count)));
  }
  return Array.from({ length: columns }, (_, column) => {
    const sample = Math.floor(((column + 0.5) * count) / columns);
    return steps[Math.floor(sample / perStep)] ?? Number.NaN;
  });
}
