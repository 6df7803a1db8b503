import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationIn, formatDuration, parseDuration, unitOf } from '../../src/base/duration.js';

describe('parseDuration', () => {
  test.each([
    [10, 10e9],
    ['10', 10e9],
    ['10s', 10e9],
    ['500ms', 500e6],
    ['20us', 20e3],
    ['4.1us', 4100],
    ['7ns', 7],
    ['2min', 120e9],
    ['1h', 3600e9],
    ['1.5 s', 1.5e9],
    [0.001, 1e6],
    ['-1s', -1e9],
  ])('%s', (text, ns) => expect(parseDuration(text)).toBe(ns));

  test.each([
    '',
    's',
    'ten',
    '10 parsecs',
    '0.5ns',
    '1e30s',
    '10s 5ms',
    '0x10',
    Number.NaN,
    Infinity,
  ])('refuses %s', (text) => expect(parseDuration(text)).toBeUndefined());

  test.each([
    [1e9, 'ms', '1000ms'],
    [5e6, 's', '0.005s'],
    [3600e9, 'min', '60min'],
    [1e9, 'min', '1s'],
  ])('%d ns beside a duration in %j: %s', (ns, unit, text) => {
    expect(durationIn(unit, ns)).toBe(text);
    expect([unitOf(`2.5 ${unit}`), unitOf(2.5)]).toEqual([unit, 's']);
  });

  test('reads back what formatDuration writes', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (ns) => {
        expect(parseDuration(formatDuration(ns))).toBe(ns);
      }),
    );
  });
});
