import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dampedStep, longest, offAfter, UNDAMPED } from '../../src/run/calibration/damped-step.js';

const number = fc.double({ min: -10, max: 10, noNaN: true });
const row = fc.tuple(number, number, number);

test('without damping it solves what can be solved', () => {
  fc.assert(
    fc.property(fc.tuple(row, row, row), row, (noise, step) => {
      // The diagonal outweighs the rest, so that there is one solution.
      const slopes = noise.map((one, r) => one.map((value, i) => (i === r ? 40 + value : value)));
      const off = slopes.map(
        (one) => -one.reduce((sum, value, i) => sum + value * (step[i] ?? 0), 0),
      );
      for (const [i, part] of dampedStep(slopes, off, Infinity, UNDAMPED).entries()) {
        expect(part).toBeCloseTo(step[i] ?? 0, 4);
      }
    }),
  );
});

test('it never makes worse what the slopes say is off, and no part is too long', () => {
  fc.assert(
    fc.property(
      fc.tuple(row, row, row),
      row,
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (slopes, off, reach) => {
        const step = dampedStep(slopes, off, reach);
        expect(longest(step)).toBeLessThanOrEqual(reach);
        const left = Math.hypot(...offAfter(step, slopes, off));
        expect(left).toBeLessThanOrEqual(Math.hypot(...off) * (1 + 1e-9));
      },
    ),
  );
});

test('where readings tell a sum only, it is the shortest step', () => {
  const [a = 0, b = 0] = dampedStep([[10, 10]], [-4], Infinity, UNDAMPED);
  expect(a).toBeCloseTo(0.2, 6);
  expect(b).toBeCloseTo(0.2, 6);
});

test('readings that nothing changes lead nowhere', () => {
  expect(dampedStep([[0, 0]], [5])).toEqual([0, 0]);
});
