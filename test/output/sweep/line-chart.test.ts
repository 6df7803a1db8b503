import { describe, expect, test } from 'vitest';
import { renderSweepCharts } from '../../../src/output/sweep/render-charts.js';
import { widthOf } from '../../../src/output/words/text.js';
import type { Sweep } from '../../../src/sweep/sweep.js';
import { chartsOf, type Metric, parameter, sweepOf } from './fixture.js';

const plain = { columns: 80, color: false, unicode: true };

const linesOf = async (sweep: Sweep, metric: Metric, style = plain) =>
  renderSweepCharts(await chartsOf(sweep, metric), style).split('\n');

/** Column and row, from the bottom, of each mark within the axes. */
function marksIn(lines: readonly string[], sign: string) {
  const bottom = lines.findIndex((line) => line.includes('└'));
  return lines
    .slice(0, bottom)
    .flatMap((line, y) =>
      [...line].flatMap((one, column) => (one === sign ? [{ column, row: bottom - 1 - y }] : [])),
    );
}

/** Rows from the lowest to the highest tick of the y axis. */
function heightOf(lines: readonly string[]): number {
  const ticks = lines.flatMap((line, y) => (line.includes('┤') ? [y] : []));
  return Math.max(...ticks) - Math.min(...ticks);
}

const caps = parameter('cages.cage.cap', [0, 10, 20, 30, 40, 50, 60, 70, 80]);

describe('a chart over a number', () => {
  test('plots each point in the row nearest to its value, equally far apart', async () => {
    const lines = await linesOf(sweepOf([[caps]]), ([cap]) => Number(cap) * 10);
    const marks = marksIn(lines, '●').sort((a, b) => a.column - b.column);
    expect(marks).toHaveLength(9);
    // The y axis ends at 800, the largest value.
    marks.forEach(({ row, column }, i) => {
      expect(Math.abs(row - (heightOf(lines) * i) / 8)).toBeLessThanOrEqual(0.5);
      const first = marks[0]?.column ?? 0;
      const last = marks[8]?.column ?? 0;
      expect(Math.abs(column - first - ((last - first) * i) / 8)).toBeLessThanOrEqual(1);
    });
  });

  test('has a tick below each point, with the value', async () => {
    const lines = await linesOf(sweepOf([[caps]]), ([cap]) => Number(cap));
    const axis = lines.findIndex((line) => line.includes('└'));
    const columns = [...(lines[axis] ?? '')].flatMap((sign, i) => (sign === '┬' ? [i] : []));
    expect(columns).toEqual(
      marksIn(lines, '●')
        .map(({ column }) => column)
        .sort((a, b) => a - b),
    );
    expect(lines[axis + 1]?.trim().split(/ +/)).toEqual(caps.values.map(String));
  });

  test('puts log-spaced values equally far apart and says so', async () => {
    const window = parameter('oc.window_s', ['10ms', '100ms', '1s', '10s'], true);
    const lines = await linesOf(sweepOf([[window]]), () => 5);
    const columns = marksIn(lines, '●').map(({ column }) => column);
    const steps = columns.slice(1).map((column, i) => column - (columns[i] ?? 0));
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
    expect(lines.join('\n')).toMatch(/10ms +100ms +1s +10s\n +oc\.window, logarithmic\n/);
  });

  test('values in any order are drawn by size', async () => {
    const shuffled = parameter('cages.cage.cap', [40, 0, 80, 60, 20, 70, 10, 50, 30]);
    const metric: Metric = ([cap]) => Number(cap) ** 2;
    expect(await linesOf(sweepOf([[shuffled]]), metric)).toEqual(
      await linesOf(sweepOf([[caps]]), metric),
    );
  });

  test('has title, unit, seeds, and a sign a variant in the legend', async () => {
    const sweep = sweepOf([[caps]], ['caged', 'free', 'none'], 3);
    const text = (await linesOf(sweep, (_, v) => 100 * (v + 1))).join('\n');
    expect(text).toMatch(/^Replies by cages\.cage\.cap\nReplies in a second\.\n/);
    expect(text).toContain('Mean of 3 seeds\nReplies (replies/s)\n');
    expect(text).toContain('─● caged   ━■ free   ═▲ none');
    for (const sign of '●■▲') expect(marksIn(text.split('\n'), sign)).toHaveLength(9);
  });

  test('draws whiskers from end to end of the interval, and none with one seed', async () => {
    // Seeds at 40 and 60: mean 50, sd 14.14, half width 12.706 * 14.14 / sqrt(2) = 127.
    const one = parameter('x', [1, 2, 3]);
    const metric: Metric = (_, __, seed) => (seed === 1 ? 40 : 60) + 1000;
    const lines = await linesOf(sweepOf([[one]], ['a'], 2), metric);
    const rows = marksIn(lines, '┆').map(({ row }) => row);
    const ticks = lines.filter((line) => line.includes('┤')).map((line) => Number.parseFloat(line));
    const [most = 0, least = 0] = [ticks[0], ticks.at(-1)];
    const rowOf = (value: number) =>
      Math.round(((value - least) / (most - least)) * heightOf(lines));
    expect(Math.min(...rows)).toBe(rowOf(1050 - 127));
    expect(Math.max(...rows)).toBe(rowOf(1050 + 127));
    expect(lines.at(-1)).toContain('┆┆ 95% interval of the mean');
    expect((await linesOf(sweepOf([[one]]), metric)).join('\n')).not.toContain('┆');
  });

  test('parts the line at a point without a value', async () => {
    const three = parameter('x', [1, 2, 3, 4, 5]);
    const lines = await linesOf(sweepOf([[three]]), ([x]) => (x === 3 ? null : 100));
    const row = lines.find((line) => line.startsWith('100 ┤')) ?? '';
    expect(row).toMatch(/^100 ┤ +●─+● {10,}●─+●/);
  });

  test('says that a column stands for several points', async () => {
    const many = parameter(
      'x',
      Array.from({ length: 1000 }, (_, i) => i + 1),
    );
    const lines = await linesOf(sweepOf([[many]]), ([x]) => Number(x));
    const [, count] = /a column is the mean of up to (\d+) points/.exec(lines.join(' ')) ?? [];
    // Some 70 columns for 1000 points.
    expect(Number(count)).toBeGreaterThanOrEqual(14);
    expect(Number(count)).toBeLessThanOrEqual(16);
  });

  test.each([
    ['one point', parameter('x', [30]), () => 12],
    ['equal values', parameter('x', [1, 2, 3]), () => 500],
    ['zeros', parameter('x', [1, 2, 3]), () => 0],
    ['negative values', parameter('x', [-3, 0, 3]), ([x]) => Number(x)],
    ['percentages', parameter('x', [1, 2]), () => 100],
  ] as [string, ReturnType<typeof parameter>, Metric][])('takes %s', async (_, axis, metric) => {
    for (const columns of [40, 80, 160]) {
      const lines = await linesOf(sweepOf([[axis]]), metric, { ...plain, columns });
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
      expect(marksIn(lines, '●')).toHaveLength(axis.values.length);
    }
  });

  test('says of a variant that it has no values', async () => {
    const lines = await linesOf(sweepOf([[caps]], ['a', 'b']), (_, v) => (v === 0 ? 1 : null));
    expect(lines.at(-1)).toContain('b (no values)');
    expect(marksIn(lines, '■')).toEqual([]);
  });
});

describe('a chart over texts', () => {
  test('has a bar a value, as long as it is large', async () => {
    const debit = parameter('debit', ['exact', 'sampled', 'none']);
    const lengths = new Map([
      ['exact', 1000],
      ['sampled', 500],
      ['none', 0],
    ]);
    const lines = await linesOf(sweepOf([[debit]]), ([one]) => lengths.get(String(one)) ?? null);
    const bars = debit.values.map((value) => {
      const line = lines.find((one) => one.startsWith(`${value} `)) ?? '';
      return line.split('█').length - 1;
    });
    const [whole = 0, half = 0, none] = bars;
    expect(whole).toBeGreaterThan(40);
    expect(Math.abs(half - whole / 2)).toBeLessThanOrEqual(0.5);
    expect(none).toBe(0);
    expect(lines.find((one) => one.startsWith('exact'))).toMatch(/ 1000\.0$/);
  });

  test('has them by value and variant, with half the interval', async () => {
    const lines = await linesOf(
      sweepOf([[parameter('on', [true, false])]], ['a', 'b'], 2),
      (_, v, seed) => (v === 1 ? null : 100 + seed),
    );
    const text = lines.join('\n');
    // 12.706 * 0.7071 / sqrt(2)
    expect(text).toMatch(/true\n {2}a █+ 101\.5 ± 6\.4\n {2}b +-\nfalse\n {2}a/);
  });
});
