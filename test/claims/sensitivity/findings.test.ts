import { expect, test } from 'vitest';
import { findings } from '../../../src/claims/sensitivity/findings.js';
import {
  latinHypercube,
  oneAtATime,
  type Point,
} from '../../../src/claims/sensitivity/sensitivity-points.js';
import type { Survey } from '../../../src/claims/sensitivity/survey.js';

/** A claim whose margin is a known function of two costs, and one that hangs on neither. */
function surveyed(): Survey {
  const costs = ['strong', 'weak'];
  const base: Point = { kind: 'base', factors: new Map() };
  const points = [base, ...oneAtATime(costs), ...latinHypercube(costs, 100, 1)];
  return {
    claims: [
      { id: 'A1', statement: '' },
      { id: 'A2', statement: '' },
    ],
    costs,
    points: points.map((point) => {
      const strong = point.factors.get('strong') ?? 1;
      const weak = point.factors.get('weak') ?? 1;
      const margin = 2 - 10 * (strong - 1) + (weak - 1);
      return {
        ...point,
        outcomes: [
          { margin, unit: '%' },
          { margin: 1, unit: '%' },
        ],
      };
    }),
  };
}

test('says which cost decides a claim, which way, and how often it is borne out', () => {
  const [first, second] = findings(surveyed());
  expect(first).toMatchObject({ claim: 'A1', margin: 2, unit: '%' });
  expect(first?.decidedBy?.cost).toBe('strong');
  expect(first?.decidedBy?.correlation).toBeLessThan(-0.95);
  const [strong, weak] = first?.effects ?? [];
  expect(strong).toMatchObject({ survivesBelow: true, survivesAbove: false });
  expect(strong?.change).toBeCloseTo(-6, 9);
  expect(weak).toMatchObject({ survivesBelow: true, survivesAbove: true });
  // The margin is above 0 while strong is below 1.2, five sixths of its range.
  expect(first?.survivesPct).toBeGreaterThan(78);
  expect(first?.survivesPct).toBeLessThan(88);
  expect(second).toMatchObject({ survivesPct: 100, decidedBy: null });
  expect(
    second?.effects.every(({ change, correlation }) => change === 0 && correlation === 0),
  ).toBe(true);
});
