import { describe, expect, test } from 'vitest';
import { heatColor, isDark, TERMINAL_HEAT } from '../../../src/output/figure/heat-colors.js';
import { sweepSvg } from '../../../src/output/sweep/svg/charts-svg.js';
import { expectLegible, textBoxes } from '../svg-texts.js';
import { expectWellFormed } from '../well-formed.js';
import { chartsOf, type Metric, parameter, sweepOf } from './fixture.js';

const caps = parameter('cages.cage.cap', [30, 40, 50]);
const rates = parameter('clients.httperf.rate', [500, 1000, 2000, 4000]);
const linear = parameter('x', [0, 10, 40, 100]);

const svgOf = async (...args: Parameters<typeof chartsOf>) => sweepSvg(await chartsOf(...args));

/** Coordinates of the dots of a variant. */
const dotsOf = (svg: string, variant: number) => {
  const [, path = ''] = new RegExp(`class="line s${variant} dots" d="([^"]*)"`).exec(svg) ?? [];
  return [...path.matchAll(/M([\d.]+),([\d.]+)h0/g)].map(([, x, y]) => [Number(x), Number(y)]);
};

/** Where the y axis has its ticks: by text, the coordinate. */
const yTicks = (svg: string) =>
  new Map(
    [...svg.matchAll(/y="([\d.]+)" dy=".32em" text-anchor="end">([\d.]+)</g)].map(
      ([, y, text]) => [Number(text), Number(y)] as const,
    ),
  );

const rects = (svg: string) =>
  [...svg.matchAll(/<rect class="heat" fill="(#[0-9a-f]{6})" x="([\d.]+)" y="([\d.]+)"/g)].map(
    ([, fill = '', x, y]) => ({ fill, x: Number(x), y: Number(y) }),
  );

describe('lines', () => {
  test('have each point at its value and its place', async () => {
    const svg = await svgOf(sweepOf([[linear]], ['a', 'b']), ([x], v) => Number(x) * (v + 1));
    const ticks = yTicks(svg);
    const [zero = 0, top = 0] = [ticks.get(0), ticks.get(200)];
    for (const variant of [0, 1]) {
      const dots = dotsOf(svg, variant);
      expect(dots).toHaveLength(4);
      const [first = 0, last = 0] = [dots[0]?.[0], dots[3]?.[0]];
      linear.values.forEach((value, i) => {
        const part = Number(value) / 100;
        const [x = 0, y = 0] = dots[i] ?? [];
        expect(x - first).toBeCloseTo(part * (last - first), 1);
        expect(zero - y).toBeCloseTo((part * (zero - top) * (variant + 1)) / 2, 1);
      });
    }
  });

  test('have a band of the interval, and none with one seed', async () => {
    const metric: Metric = ([x], _, seed) => Number(x) + 100 + seed;
    const svg = await svgOf(sweepOf([[linear]], ['a'], 3), metric);
    expect(svg).toContain('class="band s0"');
    expect(svg).toContain('Mean of 3 seeds; bands: 95% interval of it');
    expect(await svgOf(sweepOf([[linear]]), metric)).not.toContain('class="band');
  });

  test('a point that stands alone has its interval as a whisker', async () => {
    const metric: Metric = ([x], _, seed) => (x === 10 ? 100 * seed : null);
    const svg = await svgOf(sweepOf([[linear]], ['a'], 3), metric);
    expect(svg.match(/class="base whisker" d="M[\d.,]+V/g)).toHaveLength(1);
  });
});

describe('heat maps', () => {
  test('have a cell a point, in rows and columns as in the grid', async () => {
    const svg = await svgOf(sweepOf([[caps], [rates]], ['a', 'b']), ([cap, rate], v) => {
      return v * 1e6 + Number(cap) * 1e4 + Number(rate);
    });
    const cells = rects(svg);
    expect(cells).toHaveLength(2 * 3 * 4);
    for (const map of [cells.slice(0, 12), cells.slice(12)]) {
      expect(new Set(map.map(({ y }) => y)).size).toBe(3);
      expect(new Set(map.map(({ x }) => x)).size).toBe(4);
      map.forEach(({ x, y }, i) => {
        expect(x).toBe(map[i % 4]?.x);
        expect(y).toBe(map[i - (i % 4)]?.y);
      });
    }
    // Each row and column of both has its label, in order.
    const texts = textBoxes(svg);
    for (const { values } of [caps, rates]) {
      const labels = texts.filter(({ text }) => values.map(String).includes(text));
      const order = [...values, ...values].map(String);
      expect(labels.map(({ text }) => text)).toEqual(order);
    }
    expectLegible(svg);
  });

  test('break the texts of columns where there is no room, and nowhere else', async () => {
    const how = (count: number) =>
      parameter(
        'how',
        Array.from('abcdefghi'.slice(0, count), (x) => `by time that it ran ${x}`),
      );
    const lines = async (count: number) => {
      const svg = await svgOf(sweepOf([[caps], [how(count)]]), ([cap]) => Number(cap));
      expectLegible(svg);
      return textBoxes(svg).filter(({ text }) => /\b(time|ran)\b/.test(text)).length;
    };
    expect(await lines(2)).toBe(2);
    expect(await lines(9)).toBeGreaterThan(9);
  });

  test('are the lighter, the greater the value', async () => {
    const svg = await svgOf(sweepOf([[caps], [rates]]), ([, rate]) => Number(rate));
    const [least, , , most] = rects(svg);
    expect([least?.fill, most?.fill]).toEqual([heatColor(0), heatColor(1)]);
    expect(isDark(heatColor(0))).toBe(true);
    expect(isDark(heatColor(1))).toBe(false);
  });

  test('leave a cell without a value empty', async () => {
    const svg = await svgOf(sweepOf([[caps], [rates]]), ([cap, rate]) =>
      cap === 40 && rate === 500 ? null : 1,
    );
    expect(rects(svg)).toHaveLength(11);
    expect(svg.match(/<rect class="grid" fill="none"/g)).toHaveLength(1);
  });
});

test.each([
  ['the least that a number can be', 5e-324],
  ['the greatest', Number.MAX_VALUE],
])('a heat map of values from 0 to %s has colours', async (_, most) => {
  const svg = await svgOf(sweepOf([[caps], [rates]]), ([cap]) => (cap === 30 ? 0 : most));
  expect(rects(svg)).toHaveLength(12);
});

test('bars end at their values', async () => {
  const debit = parameter('debit', ['exact', 'sampled']);
  const svg = await svgOf(sweepOf([[debit]]), ([one]) => (one === 'exact' ? 200 : 50));
  const ends = [...svg.matchAll(/bars" d="M([\d.]+),[\d.]+H([\d.]+)"/g)].map(
    ([, from, to]) => Number(to) - Number(from),
  );
  expect(ends).toHaveLength(2);
  expect(ends[0]).toBeCloseTo(4 * (ends[1] ?? 0), 1);
});

test('is the same every time, for light and dark, with title and description', async () => {
  const sweep = sweepOf([[caps]], ['a<b'], 2);
  const svg = await svgOf(sweep, ([cap]) => Number(cap));
  expect(await svgOf(sweep, ([cap]) => Number(cap))).toBe(svg);
  expectWellFormed(svg);
  expect(svg).toContain('prefers-color-scheme:dark');
  expect(svg).toContain('<title id="title">Replies by cages.cage.cap</title>');
  expect(svg).toContain('a&lt;b: 30.00 to 50.00 replies/s');
});

describe('colours of a terminal', () => {
  /** Of the cube of 6 x 6 x 6 colours in the table that xterm defines. */
  const hexOf = (code: number) => {
    const levels = ['00', '5f', '87', 'af', 'd7', 'ff'];
    const at = code - 16;
    const digits = [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6];
    return `#${digits.map((digit) => levels[digit]).join('')}`;
  };
  const luminance = (hex: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
      const part = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  test('grow lighter, and their text has a contrast of 4.5 to 1 at least', () => {
    let last = -1;
    for (const { code, isDark: hasWhite } of TERMINAL_HEAT) {
      const light = luminance(hexOf(code));
      expect(light).toBeGreaterThan(last);
      expect(hasWhite ? 1.05 / (light + 0.05) : (light + 0.05) / 0.05).toBeGreaterThan(4.5);
      last = light;
    }
  });
});
