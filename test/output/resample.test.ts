import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resample, samplesPerStep } from '../../src/output/figure/resample.js';

const series = fc.float64Array({ min: -1e6, max: 1e6, noNaN: true, minLength: 1, maxLength: 300 });

describe('resample', () => {
  test('holds each of too few samples for as many columns', () => {
    expect(resample(Float64Array.of(1, 2), 2, 6)).toEqual([1, 1, 1, 2, 2, 2]);
    expect(samplesPerStep(2, 6)).toBe(1);
  });

  test('averages equal groups of too many', () => {
    const values = Float64Array.of(1, 3, 10, 20, 5, 7);
    expect(resample(values, 6, 3)).toEqual([2, 15, 6]);
    expect(samplesPerStep(6, 3)).toBe(2);
  });

  test('leaves gaps where there is no value, and averages what is known', () => {
    const values = Float64Array.of(1, Number.NaN, Number.NaN, Number.NaN);
    expect(resample(values, 4, 2)).toEqual([1, Number.NaN]);
  });

  test('a shorter series ends early', () => {
    expect(resample(Float64Array.of(4, 4), 4, 4)).toEqual([4, 4, Number.NaN, Number.NaN]);
  });

  test('fills the columns and never leaves the range of the samples', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 200 }), (values, width) => {
        const columns = resample(values, values.length, width);
        expect(columns).toHaveLength(width);
        const slack = 1e-6;
        for (const value of columns) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...values) - slack);
          expect(value).toBeLessThanOrEqual(Math.max(...values) + slack);
        }
      }),
    );
  });
});
