/** Sizes, durations and idle flags as they are written on the command line. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measuredTime, positiveDurationOf } from '../../src/cli/duration-flag.js';
import { refuseIdleFlags } from '../../src/cli/report/report-sources.js';
import { parseSize, sizeText } from '../../src/cli/store/sizes.js';
import { findExperiment } from '../../src/files/experiment-catalog.js';

test('a size that is told can be said, to the three digits that are told', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (bytes) => {
      const said = sizeText(bytes);
      expect(said).toMatch(/^\d{1,4}(\.\d{1,2})? (B|kB|MB|GB|TB)$/);
      expect(Math.abs(parseSize('--max-size', said) - bytes)).toBeLessThanOrEqual(bytes / 200);
    }),
  );
  // By powers of ten, as disks are sold, however the unit is spelled.
  for (const [text, bytes] of [
    ['500MB', 5e8],
    ['1.5 GB', 1.5e9],
    [' 2 tb ', 2e12],
    ['7b', 7],
    ['0 kB', 0],
  ] as const) {
    expect(parseSize('--max-size', text)).toBe(bytes);
  }
});

test.each(['', '5', 'MB', '-1 MB', '1.2.3 GB', '.5 GB', '5 XB', '0.5 B kB', '9e9 MB'])(
  'the size %j is none',
  (text) => {
    expect(() => parseSize('--max-size', text)).toThrow(
      `--max-size: got ${JSON.stringify(text)}; allowed: a number with B, kB, MB, GB or TB`,
    );
  },
);

test('a time that something takes is more than nothing', () => {
  expect(positiveDurationOf('--duration', '1ns')).toBe(1);
  expect(measuredTime({})).toBeUndefined();
  expect(measuredTime({ duration: '2min' })).toBe(120e9);
  for (const duration of ['0', '0s', '-1s', 'soon']) {
    expect(() => measuredTime({ duration })).toThrow(`--duration: got "${duration}"; allowed: `);
  }
});

test('where nothing is run, flags that say how are refused, each by its name', () => {
  const nothing = { shipped: [], own: [] };
  const plain = { seed: 1, 'no-cache': false };
  expect(() => refuseIdleFlags(nothing, plain)).not.toThrow();
  const flags = { ...plain, seed: 2, seeds: 3, duration: '4s' };
  expect(() => refuseIdleFlags(nothing, flags)).toThrow(
    '--seed 2 --seeds 3 --duration 4s: got it with folders of results only',
  );
  expect(() => refuseIdleFlags(nothing, { ...plain, duration: '4s' })).toThrow(/^--duration 4s: /);
  const some = { shipped: [findExperiment('loop')], own: [] };
  expect(() => refuseIdleFlags(some, flags)).not.toThrow();
});
