import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figureData } from '../../src/output/figure/figure-data.js';
import { figureSvg } from '../../src/output/svg/svg.js';
import { escapeXml } from '../../src/output/svg/xml.js';
import { experimentFixture } from './experiment-fixture.js';
import { expectLegible, textBoxes } from './svg-texts.js';
import { expectWellFormed } from './well-formed.js';

const fixture = experimentFixture();
const dataOf = (number: number) => {
  const figure = fixture.figures.find((one) => one.number === number);
  if (figure === undefined) throw new Error(`the fixture has no figure ${number}`);
  return figureData(fixture, figure);
};

/** Numbers of a path's coordinates, in pairs. */
const pointsOf = (path: string) =>
  [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
const pathsOf = (svg: string, kind: string) =>
  [...svg.matchAll(new RegExp(`<path class="${kind}[^"]*" d="(M[^"]*)"`, 'g'))].map(
    ([, d]) => d ?? '',
  );

describe('figureSvg', () => {
  test('is well-formed with any texts', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(text, (label) => {
        const { figure, series, ...others } = dataOf(4);
        const changed = {
          ...others,
          figure: { ...figure, title: label, yLabel: label, limit: { value: 50, label } },
          series: series.map((one) => ({ ...one, label })),
        };
        expectWellFormed(figureSvg(changed));
      }),
      { numRuns: 50 },
    );
  });

  test('is the same every time', () => {
    expect(figureSvg(dataOf(6))).toBe(figureSvg(dataOf(6)));
  });

  test('has title, description, units, both colour schemes, and a dash pattern a line', () => {
    const svg = figureSvg(dataOf(4));
    expect(svg).toContain('<title id="title">Figure 4: CPU use with OffloadCage</title>');
    expect(svg).toMatch(/<desc id="desc">.*VM: 22\.\d % on average.*Limit of the cage: 50 %/);
    expect(svg).toContain('CPU use (%)');
    expect(svg).toContain('Time after the warm-up (s)');
    expect(svg).toContain('prefers-color-scheme:dark');
    const dashes = [...svg.matchAll(/\.line\.s\d\{stroke-dasharray:([^}]*)\}/g)].map(([, d]) => d);
    expect(new Set(dashes).size).toBe(dashes.length);
  });

  test('draws each sample of the first seed at its value', () => {
    const data = dataOf(4);
    const svg = figureSvg(data);
    const [limit = ''] = [...svg.matchAll(/class="limit" d="M\d+,([\d.]+)H/g)].map(([, y]) => y);
    const [base = ''] = [...svg.matchAll(/class="base" d="M\d+,([\d.]+)H/g)].map(([, y]) => y);
    const [left = 0, right = 0] = (/class="base" d="M(\d+),\d+H(\d+)"/.exec(svg) ?? [])
      .slice(1)
      .map(Number);
    const pixelsPerPercent = (Number(base) - Number(limit)) / 50;
    const lines = pathsOf(svg, 'line').filter((path) => path.includes('L'));
    expect(lines).toHaveLength(3);
    lines.forEach((path, i) => {
      const samples = data.series[i]?.runs[0] ?? [];
      const points = pointsOf(path);
      expect(points).toHaveLength(samples.length);
      points.forEach(([x, y], s) => {
        // A sample lasts a second and stands in the middle of it.
        expect(Math.abs((60 * (x - left)) / (right - left) - (s + 0.5))).toBeLessThan(0.01);
        expect(Math.abs((Number(base) - y) / pixelsPerPercent - (samples[s] ?? 0))).toBeLessThan(
          0.01,
        );
      });
    });
  });

  test('the band holds the line, and is left out with one seed', () => {
    const data = dataOf(6);
    const [band = ''] = pathsOf(figureSvg(data), 'band');
    const ys = pointsOf(band).map(([, y]) => y);
    const line = pathsOf(figureSvg(data), 'line s0')[0] ?? '';
    for (const [, y] of pointsOf(line)) {
      expect(y).toBeGreaterThanOrEqual(Math.min(...ys));
      expect(y).toBeLessThanOrEqual(Math.max(...ys));
    }
    const series = data.series.map((one) => ({ ...one, runs: one.runs.slice(0, 1) }));
    expect(figureSvg({ ...data, series, seeds: [1] })).not.toMatch(/class="band|bands/);
    const seeds = data.seeds.length;
    expect(figureSvg(data)).toContain(
      `Seed 1; bands: from the smallest to the largest sample of ${seeds} seeds<`,
    );
  });

  test('breaks the line where there is no value', () => {
    const data = dataOf(4);
    const run = Float64Array.from({ length: 60 }, (_, i) => (i === 30 ? Number.NaN : 20));
    const svg = figureSvg({ ...data, series: [{ label: 'VM', look: 0, runs: [run] }] });
    const [path = ''] = pathsOf(svg, 'line s0');
    expect(path.split('M')).toHaveLength(3);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  test('shows a sample that stands alone: as long as it lasts', () => {
    const single = [20, 30].map((value) => Float64Array.of(value));
    const svg = figureSvg({
      ...dataOf(4),
      series: [{ label: 'VM', look: 0, runs: single }],
      timesS: [1],
    });
    const [[from, y] = [0, 0], [to] = [0]] = pointsOf(
      `${pathsOf(svg, 'line s0')[0]}`.replace('L', ' '),
    );
    expect(to - from).toBeGreaterThan(100);
    const ys = pointsOf(pathsOf(svg, 'band')[0] ?? '').map((point) => point[1]);
    expect(Math.max(...ys)).toBe(y);
    expect(Math.min(...ys)).toBeLessThan(y);
  });

  test('no two of many lines look alike', () => {
    const [one] = dataOf(4).series;
    const series = Array.from({ length: 14 }, (_, i) => ({
      runs: one?.runs ?? [],
      label: `${i}`,
      look: i,
    }));
    const svg = figureSvg({ ...dataOf(4), series });
    const legend = [...svg.matchAll(/<path (class="line [^>]*) d="[^"]*h32"/g)].map(
      ([, how]) => how,
    );
    expect(legend).toHaveLength(14);
    expect(new Set(legend).size).toBe(14);
  });

  test('no two texts are in one place, however many lines there are, and how long', () => {
    const labels = fc.array(fc.stringMatching(/^[a-z]{1,9}( [a-z]{1,9}){0,3}$/), {
      minLength: 1,
      maxLength: 9,
    });
    const widths = fc.constantFrom(300, 360, 540, 760);
    fc.assert(
      fc.property(labels, widths, fc.constantFrom(4, 6), (some, width, number) => {
        const data = dataOf(number);
        const runs = data.series[0]?.runs ?? [];
        const series = some.map((label, look) => ({ label, look, runs }));
        const svg = figureSvg({ ...data, series }, { width });
        expectLegible(svg);
        // The legend has a stroke in front of each text, and nothing on it.
        const texts = textBoxes(svg);
        for (const [, x, y] of svg.matchAll(/d="M([\d.]+),([\d.]+)h32"/g)) {
          const over = texts.filter(
            ({ left, right, top, bottom }) =>
              left < Number(x) + 32 && right > Number(x) && top < Number(y) && bottom > Number(y),
          );
          expect(over).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each([300, 360, 760])('no text is cut, %d pixels wide', (width) => {
    const long = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ');
    const { figure, series, ...others } = dataOf(4);
    const svg = figureSvg(
      {
        ...others,
        figure: { ...figure, title: long, yLabel: long, limit: { value: 50, label: long } },
        series: series.map((one) => ({ ...one, label: long })),
      },
      { width },
    );
    const drawn = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');
    expect(Math.max(...drawn.map((text) => text.length * 7))).toBeLessThan(width);
    expectLegible(svg);
    expect(svg).not.toContain('…');
    // Title, y label, three lines and the limit.
    expect(drawn.join(' ').match(/word39/g)).toHaveLength(6);
  });

  test('large values have short ticks', () => {
    const runs = [Float64Array.from({ length: 60 }, () => 350_000)];
    const svg = figureSvg({ ...dataOf(6), series: [{ label: 'x', look: 0, runs }] });
    expect(svg).toMatch(/>300k</);
    expect(svg).not.toMatch(/>\d{6,}</);
  });

  test('takes a figure without any sample', () => {
    const svg = figureSvg({
      ...dataOf(6),
      series: [{ label: 'x', look: 0, runs: [] }],
      timesS: [],
    });
    expectWellFormed(svg);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test('escapeXml leaves nothing that XML forbids', () => {
  expect(escapeXml('<a b="c">\u0000&\uffff')).toBe('&lt;a b=&quot;c&quot;&gt; &amp;\ufffd');
});
