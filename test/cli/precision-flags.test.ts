import { expect, test } from 'vitest';
import { seedGoalOf } from '../../src/cli/experiment/precision-flags.js';

const goalOf = (precision: string, maxSeeds?: number) =>
  seedGoalOf({ precision, 'max-seeds': maxSeeds }, [10, 3]);

test.each([
  ['0.5', 0.5, null],
  ['.5', 0.5, null],
  ['2', 2, null],
  ['1%', null, 1],
  ['0.5,1%', 0.5, 1],
  ['10,.25%', 10, 0.25],
])('%s', (text, points, relativePct) => {
  expect(goalOf(text)).toEqual({ precision: { points, relativePct }, maxSeeds: 100 });
});

test.each([
  ['', ',', 'x', '0', '0.0', '-1', '+1', '0%', '1e3', '1 %', ' 1', '1%%', '%'],
  ['0.5,', ',1%', '0.5,,1%', '1%,0.5', '0.5,1', '1%,1%', '0,1%', '1,0%', '9'.repeat(400)],
])('what is no precision is refused: %#', (...texts) => {
  for (const text of texts) {
    expect(() => goalOf(text)).toThrow(
      `--precision: got ${JSON.stringify(text)}; allowed: points such as 0.5, ` +
        'percent of the mean such as 1%, or 0.5,1%; above 0',
    );
  }
});

test('the most seeds are more than those to begin with', () => {
  expect(seedGoalOf({}, [10])).toBeNull();
  expect(goalOf('1', 20)?.maxSeeds).toBe(20);
  expect(() => seedGoalOf({ precision: '1', 'max-seeds': 40 }, [10, 40])).toThrow(
    '--max-seeds: got 40; allowed: more than the 40 seeds to begin with, up to 10000',
  );
});
