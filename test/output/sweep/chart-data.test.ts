import { describe, expect, test } from 'vitest';
import { ChartCollector, MAX_CHARTED } from '../../../src/output/sweep/chart-data.js';
import type { SweepRow } from '../../../src/sweep/sweep.js';
import { chartOf, parameter, RATE, rowsOf, sweepOf } from './fixture.js';

const cap = parameter('cages.cage.cap', [30, 40, 50]);
const rate = parameter('clients.httperf.rate', [500, 1000]);

describe('ChartCollector', () => {
  test('passes every row on as it is', async () => {
    const sweep = sweepOf([[cap], [rate]], ['a', 'b'], 2);
    const metric = () => 7;
    const passed: SweepRow[] = [];
    const expected: SweepRow[] = [];
    const collector = new ChartCollector(sweep);
    for await (const row of collector.watch(rowsOf(sweep, metric))) passed.push(row);
    for await (const row of rowsOf(sweep, metric)) expected.push(row);
    expect(passed).toEqual(expected);
    expect(passed).toHaveLength(3 * 2 * 2 * 2);
  });

  test('has the mean over the seeds at each point, a list a variant', async () => {
    const sweep = sweepOf([[cap], [rate]], ['a', 'b'], 3);
    const { variants } = await chartOf(sweep, ([c, r], variant, seed) => {
      return Number(c) * 1e6 + Number(r) * 10 + variant + (seed - 2);
    });
    variants.forEach(({ estimates }, v) => {
      const means = estimates.map(({ mean }) => mean);
      const points = [30, 40, 50].flatMap((c) => [500, 1000].map((r) => c * 1e6 + r * 10 + v));
      expect(means).toEqual(points);
      // Seeds at -1, 0 and 1 of the mean: Student's t of 2 degrees is 4.3027, sd 1.
      const [first] = estimates;
      expect((first?.high ?? 0) - (first?.mean ?? 0)).toBeCloseTo(4.3027 / Math.sqrt(3), 3);
    });
  });

  test('leaves out seeds without a value; without any there is no mean', async () => {
    const sweep = sweepOf([[cap]], ['a'], 2);
    const { variants } = await chartOf(sweep, ([c], _, seed) => {
      if (c === 50) return null;
      return c === 40 && seed === 2 ? null : Number(c);
    });
    expect(variants[0]?.estimates.map(({ mean }) => mean)).toEqual([30, 40, Number.NaN]);
    expect(variants[0]?.estimates[1]?.low).toBeNaN();
  });

  test('a parameter with one value is told, not drawn', async () => {
    const one = parameter('debit', ['exact']);
    const chart = await chartOf(sweepOf([[one], [cap]]), ([, c]) => Number(c));
    expect(chart.axes.map(({ title }) => title)).toEqual(['cages.cage.cap']);
    expect(chart.fixed).toEqual(['debit exact']);
  });

  test('parameters that advance together are one axis, over the first', async () => {
    const sweep = sweepOf([[cap, parameter('debit', ['a', 'b', 'c'])]]);
    const { axes } = await chartOf(sweep, () => 1);
    expect(axes).toHaveLength(1);
    expect(axes[0]).toMatchObject({ title: 'cages.cage.cap with debit', numbers: [30, 40, 50] });
  });

  test.each([
    ['no parameter', sweepOf([]), /no parameter varies; .*--vary/],
    ['three axes', sweepOf([[cap], [rate], [parameter('x', [1, 2])]]), /3 axes; .*--set/],
    ['no metric', sweepOf([[cap]], ['a'], 1, []), /no metric; .*--chart/],
    [
      'many text values',
      sweepOf([
        [
          parameter(
            'x',
            [...Array(101).keys()].map((i) => `v${i}`),
          ),
        ],
      ]),
      /101 bars; at most 100/,
    ],
  ])('says in a line why there is no chart of %s', async (_, sweep, reason) => {
    const collector = new ChartCollector(sweep);
    for await (const row of collector.watch(rowsOf(sweep, () => 1))) expect(row).toBeDefined();
    expect(collector.refusal).toMatch(reason);
    expect(collector.refusal).not.toContain('\n');
    expect(collector.charts()).toEqual([]);
  });

  test('keeps no more means than it says', () => {
    const values = Array.from({ length: MAX_CHARTED / 2 }, (_, i) => i);
    const refusal = (count: number, variants: string[], metrics = [RATE]) =>
      new ChartCollector(sweepOf([[parameter('x', values.slice(0, count))]], variants, 9, metrics))
        .refusal;
    expect(refusal(MAX_CHARTED / 2, ['a', 'b'])).toBeNull();
    expect(refusal(MAX_CHARTED / 2, ['a', 'b', 'c'])).toMatch(/no chart: 30000 means; at most 2/);
    expect(refusal(MAX_CHARTED / 2, ['a', 'b'], [RATE, { ...RATE, name: 'other' }])).toMatch(
      /no chart/,
    );
  });
});
