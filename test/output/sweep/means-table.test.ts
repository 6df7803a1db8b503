/** What `sweep` prints of its table. */
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MeansCollector, MOST_ROWS } from '../../../src/output/sweep/means.js';
import { renderMeans } from '../../../src/output/sweep/means-table.js';
import { widthOf } from '../../../src/output/words/text.js';
import type { Sweep } from '../../../src/sweep/sweep.js';
import { type Metric, parameter, RATE, rowsOf, sweepOf } from './fixture.js';

const TERMINAL = { columns: 80, color: false, unicode: true };

async function tableOf(sweep: Sweep, metric: Metric, changes: Partial<typeof TERMINAL> = {}) {
  const means = new MeansCollector(sweep);
  for await (const _ of means.watch(rowsOf(sweep, metric)));
  return renderMeans(means, { ...TERMINAL, ...changes }, 'cap.csv');
}

/** The table below its heads, by line and column. */
const bodyOf = (text: string) => {
  const lines = text.split('\n');
  return lines.slice(lines.findIndex((line) => /^─+$/.test(line)) + 1).map((line) => {
    return line.trim().split(/\s{2,}/);
  });
};

const GRID = [[parameter('x', [1, 2])], [parameter('t_s', ['10ms', '1s'], true)]];

test('one row per point and variant: parameters, variant, mean and interval', async () => {
  // Seeds 1 to 5: their sum of squares about 3 is 10, so sd 1.581; t(4) is 2.776.
  const half = ((2.776 * Math.sqrt(10 / 4)) / Math.sqrt(5)).toFixed(2);
  const value: Metric = ([x], variant, seed) => 10 * Number(x) + 100 * variant + seed;
  const body = bodyOf(await tableOf(sweepOf(GRID, ['a', 'b'], 5), value));
  expect(body).toHaveLength(8);
  const [first = [], second = []] = body;
  expect(first.slice(0, 3)).toEqual(['1', '10ms', 'a']);
  expect(second.slice(0, 3)).toEqual(['1', '10ms', 'b']);
  // Digits suit the largest mean of the column, 123.
  expect(first[3]).toMatch(/^13\.0 ± +2\.0$/);
  expect(half).toBe('1.96');
  expect(body.at(-1)?.slice(0, 3)).toEqual(['2', '1s', 'b']);
});

test('one seed has no interval, few have a warning', async () => {
  const one = await tableOf(sweepOf(GRID), () => 1);
  expect(one).toContain('Values of seed 1');
  expect(one).not.toContain('±');
  expect(await tableOf(sweepOf(GRID, ['a'], 2), () => 1)).toContain('2 seeds are few');
  expect(await tableOf(sweepOf(GRID, ['a'], 5), () => 1)).not.toContain('are few');
});

test('a long table and a wide one are shortened, and say so', async () => {
  const values = Array.from({ length: 50 }, (_, i) => i);
  const metrics = Array.from({ length: 30 }, (_, m) => ({
    ...RATE,
    name: `m${m}`,
    label: `Metric ${m}`,
  }));
  const sweep = { ...sweepOf([[parameter('x', values)]], ['a'], 1, metrics), chart: ['m7'] };
  const text = await tableOf(sweep, ([x]) => Number(x));
  expect(bodyOf(text).filter(([x]) => /^\d+$/.test(x ?? ''))).toHaveLength(MOST_ROWS);
  expect(text).toMatch(/40 of 50 rows and \d of 30 metrics; cap\.csv has all\.$/);
  // What the chart shows is there.
  expect(text).toContain('Metric 7');
  expect(text).not.toContain('Metric 29');
});

test('no line is wider than the terminal, in whatever signs and colours', async () => {
  const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        columns: fc.integer({ min: 40, max: 200 }),
        unicode: fc.boolean(),
        axes: fc.array(names, { maxLength: 5 }),
        variants: fc.uniqueArray(names, { minLength: 1, maxLength: 3 }),
        seeds: fc.integer({ min: 1, max: 3 }),
        scale: fc.constantFrom(0, 1e-9, 1, 1e9, 1e200, Number.NaN),
      }),
      async ({ columns, unicode, axes, variants, seeds, scale }) => {
        const grid = axes.map((name) => [parameter(name, [1, 'text', 1e300])]);
        const sweep = sweepOf(grid.slice(0, 3), variants, seeds);
        const value: Metric = (_, variant, seed) => scale * (variant + seed);
        const plain = await tableOf(sweep, value, { columns, unicode });
        for (const line of plain.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        if (!unicode) expect(plain).toMatch(/^[\n -~]*$/);
        const colored = await tableOf(sweep, value, { columns, unicode, color: true });
        expect(stripVTControlCharacters(colored)).toBe(plain);
      },
    ),
    { numRuns: 50 },
  );
});
