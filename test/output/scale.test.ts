import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startNote, timeAxis, valueAxis } from '../../src/output/figure/scale.js';

describe('valueAxis', () => {
  test('fits the values, and shares end at 100%', () => {
    expect(valueAxis([12, Number.NaN, 61], '%')).toMatchObject({ low: 0, high: 70 });
    expect(valueAxis([12, 97], '%')).toMatchObject({ low: 0, high: 100 });
    expect(valueAxis([], '%')).toMatchObject({ low: 0, high: 100 });
  });

  test('leaves less than half of a picture empty, unless values hardly differ', () => {
    const value = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [least, most] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(most - least > 0.1 * most);
        const { low, high } = valueAxis([least, most], 'replies/s');
        expect(low).toBeLessThanOrEqual(least);
        expect(most).toBeLessThanOrEqual(high);
        expect(high - most).toBeLessThan(0.4 * (high - low));
        expect(least - low).toBeLessThan(0.5 * (high - low));
      }),
    );
    expect(valueAxis([4000, 4100], 'replies/s').low).toBe(0);
  });

  test('starts at 0 for bars, which stand for their length, and for shares', () => {
    const values = [3000, 4500];
    expect(valueAxis(values, 'replies/s').low).toBeGreaterThan(0);
    expect(startNote(valueAxis(values, 'replies/s'))).toMatch(/^; the axis starts at \d+$/);
    expect(valueAxis(values, 'replies/s', 'zero').low).toBe(0);
    expect(valueAxis([60, 90], '%').low).toBe(0);
    expect(startNote(valueAxis([60, 90], '%'))).toBe('');
  });

  test('grows with percentages of several processors', () => {
    expect(valueAxis([180], '%').high).toBeGreaterThanOrEqual(180);
  });

  test('has a range even for nothing and for zeros', () => {
    expect(valueAxis([], 'replies/s')).toMatchObject({ low: 0, high: 1 });
    expect(valueAxis([0, 0], 'replies/s')).toMatchObject({ low: 0, high: 1 });
  });

  test('begins and ends with a tick, at even steps, around all values', () => {
    const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(values, (numbers) => {
        const sizeable = numbers.filter((value) => Math.abs(value) > 1e-6);
        const { ticks, low, high } = valueAxis(sizeable, 'x', 'zero');
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
