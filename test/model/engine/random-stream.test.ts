import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/model/engine/random-stream.js';

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Correlation of two samples of U(0, 1): about normal with standard deviation 1/sqrt(n). */
function correlation(a: readonly number[], b: readonly number[]): number {
  return mean(a.map((x, i) => (x - 0.5) * (b[i]! - 0.5))) * 12;
}

/** Fails by chance less than once in a million times; the seeds are fixed anyway. */
function expectUniform(values: readonly number[], bins: number): void {
  const counts = new Float64Array(bins);
  for (const value of values) counts[Math.floor(value * bins)]!++;
  const expected = values.length / bins;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // Wilson and Hilferty: the cube root of chi-square/df is nearly normal.
  const df = bins - 1;
  const z = (Math.cbrt(chiSquare / df) - (1 - 2 / (9 * df))) / Math.sqrt(2 / (9 * df));
  expect(Math.abs(z)).toBeLessThan(4.9);
}

describe('RandomStream', () => {
  it('depends on seed and name only', () => {
    const twins = [new RandomStream(7, 'disk.seek'), new RandomStream(7, 'disk.seek')] as const;
    expect(draws(100, () => twins[0].uniform())).toEqual(draws(100, () => twins[1].uniform()));
    const first = (seed: number, name: string) => new RandomStream(seed, name).uniform();
    const others = [
      first(7, 'disk.seek'),
      first(8, 'disk.seek'),
      first(-7, 'disk.seek'),
      first(7 + 2 ** 32, 'disk.seek'),
      first(7, 'disk.seeks'),
      first(7, ''),
      first(0, ''),
    ];
    expect(new Set(others).size).toBe(others.length);
  });

  it('keeps its numbers for good: every published result depends on them', () => {
    const stream = new RandomStream(1, 'httperf.arrivals');
    expect(draws(5, () => stream.integer(1_000_000))).toMatchInlineSnapshot(`
      [
        660355,
        207933,
        366640,
        336181,
        964129,
      ]
    `);
  });

  it('is uniform in [0, 1)', () => {
    const stream = new RandomStream(42, 'a');
    const values = draws(1 << 18, () => stream.uniform());
    expect(Math.min(...values.slice(0, 1 << 16))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.slice(0, 1 << 16))).toBeLessThan(1);
    expectUniform(values, 256);
  });

  it('starts anywhere for small seeds next to each other', () => {
    const starts = [0, 1, 2].map((skipped) =>
      Array.from({ length: 4096 }, (_, seed) => {
        const stream = new RandomStream(seed, 'link.jitter');
        for (let i = 0; i < skipped; i++) stream.uniform();
        return stream.uniform();
      }),
    );
    for (const values of starts) {
      expectUniform(values, 64);
      expect(Math.abs(correlation(values, values.slice(1).concat(0.5)))).toBeLessThan(5 / 64);
    }
  });

  it('is not correlated with itself shifted, nor with streams of like names or seeds', () => {
    const count = 1 << 16;
    const sample = (seed: number, name: string) => {
      const stream = new RandomStream(seed, name);
      return draws(count, () => stream.uniform());
    };
    const base = sample(1, 'a');
    for (const other of [sample(1, 'b'), sample(2, 'a'), base.slice(1).concat(0.5)]) {
      expect(Math.abs(correlation(base, other))).toBeLessThan(5 / Math.sqrt(count));
    }
  });

  it('gives exponential times of the right mean and variance', () => {
    const stream = new RandomStream(3, 'a');
    const count = 200_000;
    const values = draws(count, () => stream.exponential(250));
    // Standard errors: mean/sqrt(n) of the mean, mean^2 sqrt(8/n) of the variance.
    expect(Math.abs(mean(values) - 250)).toBeLessThan((5 * 250) / Math.sqrt(count));
    const variance = mean(values.map((value) => (value - 250) ** 2));
    expect(Math.abs(variance - 250 ** 2)).toBeLessThan(5 * 250 ** 2 * Math.sqrt(8 / count));
    expect(values.every((value) => value >= 0 && value < 250 * 22.2)).toBe(true);
  });

  it('gives every whole number below n the same chance', () => {
    const stream = new RandomStream(4, 'a');
    const values = draws(60_000, () => stream.integer(6));
    expect(new Set(values)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    expectUniform(
      values.map((value) => value / 6 + 1e-9),
      6,
    );
  });
});
