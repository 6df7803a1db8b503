import { meanOfKnown } from './mean.js';

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
  const perStep = samplesPerStep(count, columns);
  const steps: number[] = [];
  for (let from = 0; from < count; from += perStep) {
    steps.push(meanOfKnown(values.subarray(from, Math.min(from + perStep, count))));
  }
  return Array.from({ length: columns }, (_, column) => {
    const sample = Math.floor(((column + 0.5) * count) / columns);
    return steps[Math.floor(sample / perStep)] ?? Number.NaN;
  });
}
