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

/** A survey of one claim and one cost, with these margins by factor: one at a time, and all. */
function withMargins(
  one: Readonly<Record<number, number>>,
  all: readonly (readonly [factor: number, margin: number])[],
): Survey {
  const pointOf = (kind: Point['kind'], factor: number, margin: number) => ({
    kind,
    factors: new Map(kind === 'base' ? [] : [['cost', factor]]),
    outcomes: [{ margin, unit: 'points' }],
  });
  return {
    claims: [{ id: 'A1', statement: '' }],
    costs: ['cost'],
    points: [
      pointOf('base', 1, 0),
      ...Object.entries(one).map(([factor, margin]) => pointOf('one', Number(factor), margin)),
      ...all.map(([factor, margin]) => pointOf('all', factor, margin)),
    ],
  };
}

test('a claim survives on its bound, and below or above if it does at each step there', () => {
  const effectOf = (margins: Readonly<Record<number, number>>) =>
    findings(withMargins(margins, [[1, 0]]))[0]?.effects[0];
  const steps = { 0.7: 0, 0.85: 0, 1.15: 0, 1.3: 0 };
  expect(effectOf(steps)).toMatchObject({ survivesBelow: true, survivesAbove: true });
  expect(effectOf({ ...steps, 0.85: -0.1 })).toMatchObject({ survivesBelow: false });
  expect(effectOf({ ...steps, 1.15: -0.1 })).toMatchObject({
    survivesBelow: true,
    survivesAbove: false,
  });
  const all = [1, 2, 3, 4].map((factor) => [factor, factor < 3 ? 0 : -0.1] as const);
  expect(findings(withMargins(steps, all))[0]?.survivesPct).toBe(50);
});

test('a cost decides if its correlation is beyond three standard errors of none', () => {
  // Of 101 points the standard error of a rank correlation of 0 is 1 / sqrt(100).
  const decided = (shifted: number) => {
    const all = Array.from({ length: 101 }, (_, i) => {
      // Grows with the cost among so many of the points, and with a wave of no trend in the rest.
      const margin = i < shifted ? i : shifted + ((i * 37) % (101 - shifted));
      return [i, margin] as const;
    });
    const [found] = findings(withMargins({}, all));
    const rho = found?.effects[0]?.correlation ?? Number.NaN;
    return { rho, decides: found?.decidedBy?.cost === 'cost' };
  };
  const found = Array.from({ length: 60 }, (_, i) => decided(i));
  for (const { rho, decides } of found) expect(decides).toBe(Math.abs(rho) > 0.3);
  // There are both, near enough to the bound.
  expect(found.some(({ rho }) => rho > 0.3 && rho < 0.4)).toBe(true);
  expect(found.some(({ rho }) => rho > 0.15 && rho < 0.3)).toBe(true);
});
