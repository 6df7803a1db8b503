import { meanOfKnown } from './mean.js';

/** Samples fitted to the columns of a chart. */
export interface Resampled {
  /** One value a column; NaN where nothing was measured. */
  readonly columns: readonly number[];
  /** Samples that were averaged into each value; 1 if none were. */
  readonly samplesPerStep: number;
}

/**
 * Fits samples to a number of columns. Too many are averaged in equal groups, too few are held for
 * several columns: nothing is interpolated.
 * @param count samples on the whole axis; a shorter series ends early
 */
export function resample(values: Float64Array, count: number, columns: number): Resampled {
  const samplesPerStep = Math.max(1, Math.ceil(count / columns));
  const steps: number[] = [];
  for (let from = 0; from < count; from += samplesPerStep) {
    steps.push(meanOfKnown(values.subarray(from, Math.min(from + samplesPerStep, count))));
  }
  const held = Array.from({ length: columns }, (_, column) => {
    const sample = Math.floor(((column + 0.5) * count) / columns);
    return steps[Math.floor(sample / samplesPerStep)] ?? Number.NaN;
  });
  return { columns: held, samplesPerStep };
}
