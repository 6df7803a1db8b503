import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latinHypercube, oneAtATime } from '../../../src/claims/sensitivity/sensitivity-points.js';

const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 });

test('one at a time: each cost at -30, -15, +15 and +30%', () => {
  const points = oneAtATime(['a', 'b']);
  expect(points).toHaveLength(8);
  const factors = points.map((point) => [...point.factors]);
  expect(factors.slice(0, 4)).toEqual([[['a', 0.7]], [['a', 0.85]], [['a', 1.15]], [['a', 1.3]]]);
});

describe('latinHypercube', () => {
  test('has one point in each stratum of each cost', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 60 }), fc.nat(), (costs, count, seed) => {
        const points = latinHypercube(costs, count, seed);
        expect(points).toHaveLength(count);
        for (const cost of costs) {
          const strata = points.map(({ factors }) => {
            const factor = factors.get(cost) ?? Number.NaN;
            expect(factor).toBeGreaterThanOrEqual(0.7);
            expect(factor).toBeLessThan(1.3);
            return Math.floor(((factor - 0.7) / 0.6) * count + 1e-12);
          });
          expect(strata.sort((a, b) => a - b)).toEqual([...strata.keys()]);
        }
      }),
    );
  });

  test('is the same for the same seed, and another for another', () => {
    expect(latinHypercube(['a', 'b'], 20, 1)).toEqual(latinHypercube(['a', 'b'], 20, 1));
    expect(latinHypercube(['a', 'b'], 20, 1)).not.toEqual(latinHypercube(['a', 'b'], 20, 2));
  });
});
