import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankCorrelation } from '../../../src/claims/sensitivity/rank-correlation.js';

const pairs = fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 3, maxLength: 50 });

test('is 1 or -1 for whatever grows or falls, however fast', () => {
  const x = [1, 2, 5, 9, 11];
  expect(rankCorrelation(x, x.map(Math.exp))).toBeCloseTo(1, 12);
  expect(
    rankCorrelation(
      x,
      x.map((value) => -(value ** 3)),
    ),
  ).toBeCloseTo(-1, 12);
});

test('is what 1 - 6 sum(d^2) / n(n^2 - 1) gives without ties', () => {
  // Ranks 1 to 5 against 2, 1, 4, 3, 5: four differences of 1.
  expect(rankCorrelation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])).toBeCloseTo(1 - 24 / 120, 12);
});

test('gives those that are equal the mean of their ranks', () => {
  // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: the correlation of those is 4.5 / sqrt(4.5 x 5).
  expect(rankCorrelation([10, 20, 20, 30], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
});

test('lies between -1 and 1 and does not care for the order of the pairs', () => {
  fc.assert(
    fc.property(pairs, (some) => {
      const rho = rankCorrelation(
        some.map(([x]) => x),
        some.map(([, y]) => y),
      );
      expect(Math.abs(rho)).toBeLessThanOrEqual(1 + 1e-12);
      const turned = [...some].reverse();
      expect(
        rankCorrelation(
          turned.map(([x]) => x),
          turned.map(([, y]) => y),
        ),
      ).toBeCloseTo(rho, 9);
    }),
  );
});

test('is 0 if one of the two does not vary', () => {
  expect(rankCorrelation([1, 2, 3], [7, 7, 7])).toBe(0);
  expect(rankCorrelation([7, 7, 7], [1, 2, 3])).toBe(0);
});
