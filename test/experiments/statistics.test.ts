import { describe, expect, test } from 'vitest';
import { summarize } from '../../src/measure/statistics.js';
import { studentTQuantile } from '../../src/measure/student-t.js';

describe('studentTQuantile', () => {
  // Printed tables of the t distribution, three decimals.
  test.each([
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 3, 3.182],
    [0.975, 4, 2.776],
    [0.975, 5, 2.571],
    [0.975, 9, 2.262],
    [0.975, 10, 2.228],
    [0.975, 20, 2.086],
    [0.975, 29, 2.045],
    [0.975, 60, 2.0],
    [0.975, 120, 1.98],
    [0.95, 10, 1.812],
    [0.995, 5, 4.032],
    [0.9, 1, 3.078],
  ])('p = %f, %i degrees of freedom', (p, df, t) => {
    expect(studentTQuantile(p, df)).toBeCloseTo(t, 3);
  });

  test('closed forms: 1 degree is Cauchy, 2 degrees are algebraic', () => {
    for (const p of [0.6, 0.75, 0.9, 0.975, 0.999]) {
      expect(studentTQuantile(p, 1)).toBeCloseTo(Math.tan(Math.PI * (p - 0.5)), 9);
      const algebraic = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
      expect(studentTQuantile(p, 2)).toBeCloseTo(algebraic, 9);
    }
  });

  test('tends to the normal distribution', () => {
    expect(studentTQuantile(0.975, 9999)).toBeCloseTo(1.96, 3);
  });
});

describe('summarize', () => {
  test('a worked example: 2, 4, 4, 4, 5, 5, 7, 9', () => {
    const { mean, sd, ci95, n } = summarize([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(mean).toBe(5);
    expect(sd).toBeCloseTo(Math.sqrt(32 / 7), 12);
    const half = (2.365 * Math.sqrt(32 / 7)) / Math.sqrt(8);
    expect(ci95?.[0]).toBeCloseTo(5 - half, 3);
    expect(ci95?.[1]).toBeCloseTo(5 + half, 3);
    expect(n).toBe(8);
  });

  test('one value has no spread, and none has no mean', () => {
    expect(summarize([3])).toEqual({ mean: 3, sd: null, ci95: null, n: 1 });
    expect(summarize([Number.NaN])).toEqual({ mean: Number.NaN, sd: null, ci95: null, n: 0 });
  });

  test('leaves out runs without a value', () => {
    expect(summarize([1, Number.NaN, 3])).toMatchObject({ mean: 2, n: 2 });
  });
});
