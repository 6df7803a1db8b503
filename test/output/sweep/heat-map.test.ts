import { describe, expect, test } from 'vitest';
import { renderSweepCharts } from '../../../src/output/sweep/render-charts.js';
import type { Sweep } from '../../../src/sweep/sweep.js';
import { chartsOf, type Metric, parameter, sweepOf } from './fixture.js';

const plain = { columns: 80, color: false, unicode: true };
const caps = parameter('cages.cage.cap', [30, 40, 50]);
const rates = parameter('clients.httperf.rate', [500, 1000, 2000, 4000]);

const linesOf = async (sweep: Sweep, metric: Metric, style = plain) =>
  renderSweepCharts(await chartsOf(sweep, metric), style).split('\n');

const range = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('a heat map', () => {
  test('has a row a value of the first and a column a value of the second', async () => {
    const metric: Metric = ([cap, rate]) => Number(cap) * 100 + Number(rate) / 100;
    const lines = await linesOf(sweepOf([[caps], [rates]]), metric);
    expect(lines).toContain('Rows: cages.cage.cap; columns: clients.httperf.rate');
    const rule = lines.findIndex((line) => line.startsWith('──'));
    expect(lines[rule - 1]?.trim().split(/ +/)).toEqual(['500', '1000', '2000', '4000']);
    const cells = lines.slice(rule + 1, rule + 4).map((line) => line.match(/\d+/g)?.map(Number));
    expect(cells).toEqual(
      [30, 40, 50].map((cap) => [cap, ...[5, 10, 20, 40].map((part) => cap * 100 + part)]),
    );
  });

  test('has a map a variant, all with one scale from the least to the greatest', async () => {
    const sweep = sweepOf([[caps], [rates]], ['caged', 'free']);
    const lines = await linesOf(sweep, ([cap], v) => Number(cap) * 10 + 500 * v);
    expect(lines.filter((line) => /^caged +free$/.test(line))).toHaveLength(1);
    // The first map is in the lowest quarters, the second in the highest.
    const shades = (text: string) => new Set(text.match(/[·░▒█]/g));
    const [first = '', second = ''] = lines
      .filter((line) => /^\d\d [·░▒█]/.test(line))
      .map((line) => line.split(/ {4}(?=\d\d )/))
      .reduce((both, [a = '', b = '']) => [(both[0] ?? '') + a, (both[1] ?? '') + b], ['', '']);
    expect([...shades(first)]).toEqual(['·', '░']);
    expect([...shades(second)]).toEqual(['▒', '█']);
    expect(lines.at(-1)).toMatch(/^·· 300 to 475 .* ██ 825 to 1000$/);
  });

  test('the greater, the stronger the shade', async () => {
    const wide = parameter('y', range(60));
    const lines = await linesOf(sweepOf([[parameter('x', [1, 2])], [wide]]), ([, y]) => Number(y));
    const rows = lines.filter((line) => /^[12] [·░▒█]+$/.test(line));
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row.slice(2)).toMatch(/^·{15}░{15}▒{15}█{15}$/);
  });

  test('in colour each level has a background of its own', async () => {
    const style = { ...plain, color: true };
    const eight = parameter('y', range(8));
    const [line = ''] = (
      await linesOf(sweepOf([[parameter('x', [1, 2])], [eight]]), ([, y]) => Number(y), style)
    ).filter((one) => one.startsWith('1 '));
    const codes = [...line.matchAll(/\[48;5;(\d+)m/g)].map(([, c]) => c);
    expect(codes).toHaveLength(8);
    expect(new Set(codes).size).toBe(8);
  });

  test('ASCII has no shade that looks like a sign of the number', async () => {
    const style = { ...plain, unicode: false };
    const lines = await linesOf(sweepOf([[caps], [rates]]), ([, rate]) => Number(rate), style);
    expect(lines.filter((line) => /^30 +500 +1000 +2000 +4000$/.test(line))).toHaveLength(1);
  });

  test('a point without a value is a dash, and said to be', async () => {
    const metric: Metric = ([cap, rate]) => (cap === 40 && rate === 1000 ? null : Number(rate));
    const lines = await linesOf(sweepOf([[caps], [rates]]), metric);
    expect(lines.find((line) => line.startsWith('40 '))).toMatch(/^40 · +500 +- ░ 2000 █ 4000$/);
    expect(lines.join('\n')).toContain('- no value');
  });

  test('cells are joined to means where there are more points than room', async () => {
    const [many, more] = [parameter('x', range(100)), parameter('y', range(152))];
    const lines = await linesOf(sweepOf([[many], [more]]), ([x]) => Number(x));
    const rows = lines.filter((line) => /^ *\d+ [·░▒█]+$/.test(line));
    // 100 rows in pairs; 152 columns in threes, as 80 have room for 75 beside "100 ".
    expect(rows).toHaveLength(50);
    for (const row of rows) expect(row.slice('100 '.length)).toMatch(/^(.)\1{50}$/);
    expect(lines.join(' ')).toContain('a cell is the mean of up to 2 x 3 points');
    // The first is the mean of 1 and 2, but the scale is that of the points.
    expect(rows[0]).toMatch(/^ {2}1 ·/);
    expect(lines.at(-1)).toMatch(/^·· 1 to 26 .* 75 to 100$/);
  });

  test('of equal values has no scale', async () => {
    const lines = await linesOf(sweepOf([[caps], [rates]]), () => 500);
    expect(lines.join('\n')).not.toMatch(/ to /);
    expect(lines.find((line) => line.startsWith('50 '))).toMatch(/500.*500.*500.*500/);
  });
});
