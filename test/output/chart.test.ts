import { describe, expect, test } from 'vitest';
import type { FigureData } from '../../src/output/figure/figure-data.js';
import { renderChart as chartOf } from '../../src/output/terminal/chart.js';
import { chartRows, stacked } from '../../src/output/terminal/chart-rows.js';
import { createInk, type Ink } from '../../src/output/terminal/ink.js';
import { widthOf } from '../../src/output/words/text.js';

const plain = createInk({ color: false, unicode: true });
const ascii = createInk({ color: false, unicode: false });

/** A chart's data with a line for each list of values. */
function dataOf(lines: readonly (readonly number[])[], limit: number | null = null): FigureData {
  const samples = Math.max(0, ...lines.map((values) => values.length));
  return {
    figure: {
      id: 'fig1',
      number: 1,
      title: 'CPU use',
      yLabel: 'CPU use',
      yUnit: '%',
      isMain: false,
      lines: [],
      limit: limit === null ? null : { value: limit, label: 'Limit of the cage' },
    },
    series: lines.map((values, i) => ({
      label: `Line ${i}`,
      look: i,
      runs: [Float64Array.from(values)],
    })),
    timesS: Array.from({ length: samples }, (_, i) => i + 1),
    sampleS: 1,
    seeds: [7, 8],
  };
}

const renderChart = (data: FigureData, ink: Ink, width: number) =>
  stacked(chartOf(data, ink, width));

const level = (value: number, samples: number) => Array<number>(samples).fill(value);
/** The row at a tick of the y axis. */
const rowAt = (lines: readonly string[], tick: number) =>
  lines.find((line) => line.trimStart().startsWith(`${tick} `)) ?? '';
const count = (text: string, sign: string) => text.split(sign).length - 1;

describe('renderChart', () => {
  test('says figure, seed, axes with units, ticks and legend', () => {
    const text = renderChart(dataOf([level(10, 60)], 50), plain, 80).join('\n');
    for (const part of [
      'Figure 1: CPU use (seed 7)',
      'CPU use (%)',
      'Time after the warm-up (s)',
      '── Line 0',
      '┄┄ Limit of the cage (50 %)',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/^ {3}0 +10 +20 +30 +40 +50 +60$/m);
  });

  test('draws a level line over the full width of the row of its value', () => {
    const lines = renderChart(dataOf([level(25, 30)]), plain, 80);
    const row = rowAt(lines, 25);
    expect(widthOf(row)).toBe(80);
    expect(count(row, '─')).toBe(80 - '25 ┤'.length);
  });

  test('draws every value in the row nearest to it', () => {
    for (let value = 0; value <= 100; value++) {
      const lines = renderChart(dataOf([level(value, 30)]), plain, 80);
      const top = lines.findIndex((line) => line.includes('┤'));
      const bottom = lines.findLastIndex((line) => line.includes('┤'));
      const most = Number.parseFloat(lines[top] ?? '');
      const drawn = lines.findIndex((line) => line.includes('┤─') || line.includes('│─'));
      const atRow = (most * (bottom - drawn)) / (bottom - top);
      expect(Math.abs(atRow - value)).toBeLessThanOrEqual((0.5 * most) / (bottom - top) + 1e-9);
    }
  });

  test('draws a ramp from the lowest to the highest row, never down', () => {
    const width = 80 - '100 +'.length;
    const ramp = Array.from({ length: width }, (_, i) => (100 * i) / (width - 1));
    const lines = renderChart(dataOf([ramp]), ascii, 80);
    const end = lines.findIndex((line) => line.startsWith('  0 +'));
    const plot = lines.slice(2, end + 1).map((line) => line.slice('100 +'.length));
    // Rows from the bottom, column by column: a column rises from its value to the next one's.
    const rowsOf = (column: number) =>
      plot.flatMap((row, y) => (row[column] === '*' ? [plot.length - 1 - y] : [])).reverse();
    const rowOf = (value: number) => Math.round((value / 100) * (plot.length - 1));
    for (let column = 0; column < width; column++) {
      const from = rowOf(ramp[column] ?? 0);
      const to = rowOf(ramp[column + 1] ?? 100);
      const expected = Array.from({ length: to - from + 1 }, (_, i) => from + i);
      expect(rowsOf(column)).toEqual(expected);
    }
  });

  test('a level line at the limit lies on it', () => {
    const row = rowAt(renderChart(dataOf([level(50, 30)], 50), plain, 80), 50);
    expect(row).toMatch(/^50 ┤─+ limit$/);
  });

  test('draws the limit at its row, with its name beside it', () => {
    const row = rowAt(renderChart(dataOf([level(25, 30)], 50), plain, 80), 50);
    expect(row).toMatch(/^50 ┤┄+ limit$/);
  });

  test('tells up to 30 lines apart without colour', () => {
    const lines = Array.from({ length: 30 }, (_, i) => level(i, 30));
    for (const ink of [plain, ascii]) {
      const text = renderChart(dataOf(lines), ink, 80).join(' ');
      const marks = [...text.matchAll(/(\S+) Line \d+/g)].map(([, mark]) => mark);
      expect(marks).toHaveLength(30);
      expect(new Set(marks).size).toBe(30);
    }
  });

  test('draws a line with the sign that the legend gives it', () => {
    const lines = dataOf([level(20, 30), level(40, 30), level(60, 30)]);
    for (const ink of [plain, ascii]) {
      const chart = renderChart(lines, ink, 80);
      [20, 40, 60].forEach((tick, i) => {
        const sign = rowAt(chart, tick).at(-1) ?? '';
        expect(chart.join(' ')).toContain(`${sign}${sign} Line ${i}`);
      });
    }
  });

  test('lines that coincide take turns', () => {
    const apart = [...level(25, 15), ...level(100, 15)];
    const lines = renderChart(dataOf([level(25, 30), apart], 25), ascii, 80);
    expect(lines.find((line) => line.endsWith(' limit'))).toMatch(
      /[+|](\*{4}o{4}){2,}\**o*\*+ limit$/,
    );
  });

  test('leaves gaps where there is no value', () => {
    const values = [...level(25, 10), ...level(Number.NaN, 10), ...level(25, 10)];
    const row = rowAt(renderChart(dataOf([values]), plain, 64), 25);
    expect(row).toMatch(/^25 ┤─{20} {20}─{20}$/);
  });

  test('says how many samples are averaged, and only then', () => {
    const many = renderChart(dataOf([level(25, 600)]), plain, 80).join(' ');
    expect(many).toContain('a step is the mean of 8 samples (8 s)');
    expect(renderChart(dataOf([level(25, 60)]), plain, 80).join(' ')).not.toContain('mean');
  });

  test.each<[string, readonly (readonly number[])[]]>([
    ['no line', []],
    ['a line without samples', [[]]],
    ['a line without values', [[Number.NaN, Number.NaN]]],
    ['a single sample', [[42]]],
    ['zeros', [[0, 0, 0]]],
    ['more than 100%', [[180, 20, 240]]],
    ['lines of different length', [[1, 2, 3, 4], [5]]],
  ])('takes %s', (_, lines) => {
    for (const width of [40, 80]) {
      const chart = renderChart(dataOf(lines, 50), plain, width);
      expect(Math.max(...chart.map(widthOf))).toBeLessThanOrEqual(width);
      expect(chart.length).toBeGreaterThan(10);
    }
  });

  test('a line without values is said to have none', () => {
    expect(renderChart(dataOf([[Number.NaN]]), plain, 80).join(' ')).toContain(
      'Line 0 (no values)',
    );
  });
});

describe('charts beside one another', () => {
  const axes = (lines: readonly string[]) =>
    lines.filter((line) => line.includes('└')).map((line) => line.split('└').length - 1);

  test('have their x axes in one row, whatever their scales and titles', () => {
    const [percent, replies] = [dataOf([level(90, 30)], 50), dataOf([level(4100, 30)])];
    const long = { ...percent.figure, title: 'a title that takes two lines, '.repeat(4) };
    for (const pair of [
      [percent, replies],
      [replies, percent],
      [{ ...percent, figure: long }, replies],
    ]) {
      const [row = [], ...more] = chartRows(pair, 200, (one, width) => chartOf(one, plain, width));
      expect(more).toEqual([]);
      expect(axes(row)).toEqual([2]);
      expect(row[0]?.match(/Figure 1/g)).toHaveLength(2);
    }
  });

  test('are below one another where there is no room', () => {
    const pair = [dataOf([level(90, 30)], 50), dataOf([level(4100, 30)])];
    const rows = chartRows(pair, 100, (one, width) => chartOf(one, plain, width));
    expect(rows.map(axes)).toEqual([[1], [1]]);
  });
});
