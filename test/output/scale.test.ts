import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeAxis, valueAxis } from '../../src/output/scale.js';

describe('valueAxis', () => {
  test('is 0 to 100 for percentages', () => {
    expect(valueAxis([12, Number.NaN, 61], '%')).toMatchObject({ low: 0, high: 100 });
    expect(valueAxis([], '%')).toMatchObject({ low: 0, high: 100 });
  });

  test('grows with percentages of several processors', () => {
    expect(valueAxis([180], '%').high).toBeGreaterThanOrEqual(180);
  });

  test('has a range even for nothing and for zeros', () => {
    expect(valueAxis([], 'replies/s')).toMatchObject({ low: 0, high: 1 });
    expect(valueAxis([0, 0], 'replies/s')).toMatchObject({ low: 0, high: 1 });
  });

  test('begins and ends with a tick, at even steps, around all values and 0', () => {
    const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(values, (numbers) => {
        const sizeable = numbers.filter((value) => Math.abs(value) > 1e-6);
        const { ticks, low, high } = valueAxis(sizeable, 'x');
        const step = (high - low) / (ticks.length - 1);
        expect(low).toBeLessThanOrEqual(Math.min(0, ...sizeable));
        expect(high).toBeGreaterThanOrEqual(Math.max(0, ...sizeable));
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        ticks.forEach((tick, i) => {
          expect(Math.abs(tick - (low + i * step))).toBeLessThan(step * 1e-6);
        });
      }),
    );
  });
});

test('timeAxis runs from 0 to the end of the last sample', () => {
  expect(timeAxis([1, 2, 3, 4], 4)).toEqual({ ticks: [0, 1, 2, 3, 4], low: 0, high: 4 });
});
