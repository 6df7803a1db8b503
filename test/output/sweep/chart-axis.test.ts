import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chartAxis,
  isLogSpaced,
  numberTicks,
  positionOf,
} from '../../../src/output/sweep/chart-axis.js';
import { parseValues } from '../../../src/sweep/axis.js';
import { parameter } from './fixture.js';

describe('isLogSpaced', () => {
  const count = fc.integer({ min: 3, max: 30 });

  test('of values with a constant ratio, as `log:` makes them', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1000, noNaN: true }), count, (from, steps) => {
        const values = parseValues('x', `log:${from}:${from * 1000}:${steps}`).map(Number);
        expect(isLogSpaced(values)).toBe(true);
      }),
    );
  });

  test('not of values with a constant difference', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        count,
        (a, b, n) => {
          expect(isLogSpaced(Array.from({ length: n }, (_, i) => a + b * i))).toBe(false);
        },
      ),
    );
  });

  test.each([
    [[500, 1000, 2000, 4000], true],
    [[1, 2, 5, 10, 20, 50], true],
    [[4000, 500, 1000, 2000], true],
    [[500, 1000, 1500, 2500], false],
    [[0, 1, 10, 100], false],
    [[-1, 10, 100], false],
    [[1, 1000], false],
    [[7], false],
    [[], false],
  ])('%j: %s', (values, expected) => expect(isLogSpaced(values)).toBe(expected));
});

describe('chartAxis', () => {
  test('durations are seconds, with labels in the unit that suits each', () => {
    const axis = chartAxis([parameter('oc.window_s', ['10ms', '21.5443ms', '1s', 5], true)]);
    expect(axis.title).toBe('oc.window');
    expect(axis.numbers).toEqual([0.01, 0.0215443, 1, 5]);
    expect(axis.labels).toEqual(['10ms', '21.54ms', '1s', '5s']);
  });

  test('texts, truth values and mixtures are no numbers', () => {
    for (const values of [
      ['a', 'b'],
      [true, false],
      [1, 'b'],
    ]) {
      const axis = chartAxis([parameter('x', values)]);
      expect(axis.numbers).toBeNull();
      expect(axis.labels).toEqual(values.map(String));
    }
  });
});

test('positions keep the order of the numbers, from 0 to 1', () => {
  const numbers = fc.uniqueArray(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 2 });
  fc.assert(
    fc.property(numbers, (values) => {
      const position = positionOf(values);
      const sorted = values.toSorted((a, b) => a - b).map(position);
      expect(sorted[0]).toBeCloseTo(0);
      expect(sorted.at(-1)).toBeCloseTo(1);
      sorted.forEach((at, i) => {
        expect(at).toBeGreaterThanOrEqual(sorted[i - 1] ?? 0);
      });
    }),
  );
});

test('log-spaced values are equally far apart', () => {
  const position = positionOf([500, 1000, 2000, 4000]);
  expect([500, 1000, 2000, 4000].map(position)).toEqual(
    [0, 1 / 3, 2 / 3, 1].map((part) => expect.closeTo(part, 9)),
  );
});

describe('numberTicks', () => {
  const axis = chartAxis([parameter('x', [3000, 1000, 2000, 7500])]);

  test('are the values themselves, in order, if they fit', () => {
    const ticks = numberTicks(axis, () => true);
    expect(ticks.map(({ text }) => text)).toEqual(['1000', '2000', '3000', '7500']);
  });

  test('are round numbers within the values if those do not fit', () => {
    const ticks = numberTicks(axis, (some) => some.length <= 3);
    expect(ticks.length).toBeGreaterThan(1);
    for (const { value } of ticks) expect(value % 500).toBe(0);
  });

  test('are the first and the last value if nothing fits', () => {
    expect(numberTicks(axis, () => false).map(({ value }) => value)).toEqual([1000, 7500]);
  });
});
