/** In no picture is a line of the legend invisible, and a variant has one colour in all of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/files/experiment-catalog.js';
import { type FigureData, figureData } from '../../src/output/figure/figure-data.js';
import { figureSvg } from '../../src/output/svg/svg.js';
import { renderSweepCharts } from '../../src/output/sweep/render-charts.js';
import { sweepSvg } from '../../src/output/sweep/svg/charts-svg.js';
import { renderChart } from '../../src/output/terminal/chart.js';
import { stacked } from '../../src/output/terminal/chart-rows.js';
import { createInk } from '../../src/output/terminal/ink.js';
import { shippedCharts, shippedResults } from './shipped-results.js';

const results = shippedResults();
const sweeps = await shippedCharts();
const figures = results.flatMap((result) =>
  result.figures.map(
    (figure) => [`${result.id} ${figure.id}`, figureData(result, figure)] as const,
  ),
);
const ink = createInk({ color: false, unicode: true });

interface Stroke {
  /** Its class and style: what the legend shows, too. */
  readonly look: string;
  readonly points: readonly (readonly [number, number])[];
}

/** The lines of a drawing by the plot that they are in, and those of its legend. */
function strokesIn(svg: string) {
  const frames = [...svg.matchAll(/<path class="base" d="M([\d.]+),([\d.]+)H([\d.]+)"/g)].map(
    ([, left, bottom, right]) => ({
      left: Number(left),
      right: Number(right),
      bottom: Number(bottom),
      strokes: [] as Stroke[],
    }),
  );
  const legend = new Set<string>();
  for (const [, look = '', d = ''] of svg.matchAll(/<path (class="line s\d"[^>]*?) d="([^"]*)"/g)) {
    if (d.endsWith('h32')) {
      legend.add(look);
      continue;
    }
    const points = [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(
      ([, x, y]) => [Number(x), Number(y)] as const,
    );
    const [x = 0, y = 0] = points[0] ?? [];
    const frame = frames
      .filter(({ left, right, bottom }) => x >= left && x <= right && y <= bottom)
      .reduce((near, one) => (one.bottom < near.bottom ? one : near));
    frame.strokes.push({ look, points });
  }
  return { frames: frames.filter(({ strokes }) => strokes.length > 0), legend };
}

function heightAt({ points }: Stroke, x: number): number {
  const next = points.findIndex(([at]) => at >= x);
  const [from, to] = [points[Math.max(0, next - 1)], points[next]];
  if (from === undefined || to === undefined || next <= 0) return Number.NaN;
  return from[1] + ((to[1] - from[1]) * (x - from[0])) / (to[0] - from[0]);
}

/** The part of a line that is farther from all others in its plot than lines are wide. */
function visiblePart(stroke: Stroke, others: readonly Stroke[]): number {
  const xs = Array.from({ length: 400 }, (_, i) => 2 * i).filter((x) =>
    Number.isFinite(heightAt(stroke, x)),
  );
  const seen = xs.filter((x) =>
    others.every((other) => !(Math.abs(heightAt(other, x) - heightAt(stroke, x)) < 2)),
  );
  return seen.length / xs.length;
}

function expectAllVisible(svg: string): void {
  const { frames, legend } = strokesIn(svg);
  const drawn = frames.flatMap(({ strokes }) => strokes.map(({ look }) => look));
  expect(new Set(drawn)).toEqual(legend);
  for (const { strokes } of frames) {
    for (const stroke of strokes) {
      const others = strokes.filter((one) => one !== stroke);
      expect(visiblePart(stroke, others)).toBeGreaterThan(0.3);
    }
  }
}

/** Signs in the plots of a chart, without labels and legend. */
const plotted = (lines: readonly string[]) =>
  lines.flatMap((line) => line.split(/[┤│]/).slice(1)).join('');

describe.each(figures)('figure %s', (_, data) => {
  test.each([360, 600, 760, 960])('has every line of its legend, %d pixels wide', (width) => {
    expectAllVisible(figureSvg(data, { width }));
  });

  test.each([60, 80, 120])('has every line of its legend, %d columns wide', (columns) => {
    expectAllDrawn(data, columns);
  });
});

function expectAllDrawn(data: FigureData, columns: number): void {
  const lines = stacked(renderChart(data, ink, columns));
  const signs = plotted(lines);
  for (const { label, look, runs } of data.series) {
    if (!runs[0]?.some(Number.isFinite)) continue;
    const level = ink.lineSigns[look]?.[4] ?? '?';
    expect(lines.join(' ')).toContain(`${level}${level} ${label.split(' ')[0]}`);
    expect(signs).toContain(level);
  }
}

test.each(sweeps)('the charts of sweep %s have every line of their legends', (_, charts) => {
  if (charts.every(({ axes }) => axes.length === 1)) expectAllVisible(sweepSvg(charts));
  for (const columns of [60, 80, 140, 200]) {
    const text = renderSweepCharts(charts, { columns, color: false, unicode: true });
    expect(text).not.toMatch(/…|\.\.\./);
    for (const { name } of charts.flatMap(({ variants }) => variants)) expect(text).toContain(name);
  }
});

test('of any lines in a terminal each can be seen', () => {
  const level = fc.constantFrom(10, 10, 50, 90);
  const line = fc.oneof(
    level.map((value) => Array<number>(60).fill(value)),
    fc.tuple(level, level).map(([a, b]) => [...Array(30).fill(a), ...Array(30).fill(b)]),
    fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 60, maxLength: 60 }),
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
      const [first] = figures;
      if (first === undefined) throw new Error('no figure');
      const series = lines.map((values, i) => ({
        label: `line${i}`,
        look: i,
        runs: [Float64Array.from(values)],
      }));
      const timesS = Array.from({ length: 60 }, (_, i) => i + 1);
      expectAllDrawn({ ...first[1], series, timesS, sampleS: 1, seeds: [1] }, 80);
    }),
    { numRuns: 100 },
  );
});

describe('a variant has one colour', () => {
  test('in all figures of an experiment that compare variants', () => {
    for (const { variants, figures: all } of results) {
      for (const figure of all) {
        const ids = figure.lines.map(({ variant }) => variant);
        if (new Set(ids).size === 1) continue;
        const looks = figureData({ ...results[0], variants } as never, figure).series.map(
          ({ look }) => look,
        );
        expect(new Set(looks).size).toBe(looks.length);
        ids.forEach((id, i) => {
          if (ids.indexOf(id) === i) {
            expect(looks[i]).toBe(variants.findIndex((variant) => variant.id === id));
          }
        });
      }
    }
  });

  test('in sweeps of some of the variants, too', () => {
    const catalog = loadCatalog();
    const looks = sweeps.flatMap(([, charts]) =>
      charts.flatMap(({ variants }) => variants.map(({ name, look }) => [name, look] as const)),
    );
    for (const [name, look] of looks) {
      const places = catalog.flatMap(({ variants }) =>
        variants.flatMap(({ title }, place) => (title === name ? [place] : [])),
      );
      expect(places).toContain(look);
    }
  });
});
