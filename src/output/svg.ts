import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { FigureData, FigureSeries } from './figure-data.js';
import { type AxisRange, timeAxis, valueAxis } from './scale.js';
import { fitText, legendRows, lineStyle, SVG_STYLE, styleClass } from './svg-parts.js';
import { escapeXml } from './xml.js';

/** Of the files; a page may want another. */
const WIDTH = 760;
const PLOT_HEIGHT = 300;
const MARGIN = { left: 64, right: 24, top: 62, bottom: 62 };
const LEGEND_ROW = 22;
/** Of the title, at the top. */
const TITLE_HEIGHT = 50;
/** Mean width of a sign of the title. */
const TITLE_SIGN_WIDTH = 9;

interface Point {
  readonly x: number;
  /** The first seed's sample. */
  readonly first: number;
  /** Of all seeds. */
  readonly low: number;
  readonly high: number;
}

/** Maps values of an axis to coordinates. */
type Scale = (value: number) => number;

/** Where a drawing goes, if not into a file of its own. */
export interface SvgPlace {
  /** In pixels; at least 300. */
  readonly width?: number;
  /** Of the page's ids, to tell this drawing's from others'. */
  readonly id?: string;
  /** Whether the title is drawn; a page may have it as text. */
  readonly titled?: boolean;
}

/**
 * A figure as an SVG document for light and dark pages: the first seed's lines and, with several
 * seeds, a band from the smallest to the largest sample of all of them.
 */
export function figureSvg(
  data: FigureData,
  { width = WIDTH, id = '', titled = true }: SvgPlace = {},
): string {
  const { figure, series, timesS, seeds } = data;
  const right = width - MARGIN.right;
  const samples = series.flatMap(({ runs }) => runs.flatMap((run) => [...run]));
  const limits = figure.limit === null ? [] : [figure.limit.value];
  const yAxis = valueAxis([...samples, ...limits], figure.yUnit);
  const xAxis = timeAxis(timesS, Math.min(12, Math.floor((right - MARGIN.left) / 50)));
  const x = scale(xAxis, MARGIN.left, right);
  const y = scale(yAxis, MARGIN.top + PLOT_HEIGHT, MARGIN.top);
  const legend = legendRows(data, right - MARGIN.left);
  const height = MARGIN.top + PLOT_HEIGHT + MARGIN.bottom + legend.length * LEGEND_ROW;
  const title = figureTitle(figure);
  const cut = titled ? 0 : TITLE_HEIGHT;
  const yLabel = `${fitText(figure.yLabel, PLOT_HEIGHT - MARGIN.top)} (${figure.yUnit})`;
  const drawn = series.map((one) => seriesPoints(one, data, x, y));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 ${cut} ${width} ${height - cut}" ` +
      `width="${width}" height="${height - cut}" role="img" ` +
      `aria-labelledby="${id}title ${id}desc">`,
    `<title id="${id}title">${escapeXml(title)}</title>`,
    `<desc id="${id}desc">${escapeXml(describe(data))}</desc>`,
    `<style>${SVG_STYLE}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...(titled ? titleLines(title, seedNote(seeds), width) : []),
    ...yAxisLines(yAxis, y, right, escapeXml(yLabel)),
    ...xAxisLines(xAxis, x, right),
    ...drawn.flatMap(({ band }, i) => pathLines(`class="band ${styleClass(i)}"`, band)),
    ...limitLines(data, y, right),
    // The first line is on top of the others.
    ...drawn.flatMap(({ path }, i) => pathLines(lineStyle(i), path)).reverse(),
    ...legend.flatMap((row, r) => legendLines(row, height - (legend.length - r) * LEGEND_ROW + 4)),
    '</svg>\n',
  ].join('\n');
}

function scale({ low, high }: AxisRange, from: number, to: number): Scale {
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

function seriesPoints({ runs }: FigureSeries, { timesS, sampleS }: FigureData, x: Scale, y: Scale) {
  const valuesAt = (sample: number) =>
    runs.map((run) => run[sample] ?? Number.NaN).filter(Number.isFinite);
  const points = timesS.flatMap((timeS, sample): Point[] => {
    const values = valuesAt(sample);
    const first = runs[0]?.[sample] ?? Number.NaN;
    const alone = [sample - 1, sample + 1].every((next) => valuesAt(next).length === 0);
    // A sample is a mean over its time: it stands in the middle of it. One without a neighbour
    // that a line could lead to is drawn as long as it lasts.
    const offsets = alone ? [1, 0] : [0.5];
    return offsets.map((offset) => ({
      x: x(timeS - offset * sampleS),
      first,
      low: Math.min(...values),
      high: Math.max(...values),
    }));
  });
  const band = area<Point>()
    .digits(2)
    .defined(({ low }) => Number.isFinite(low))
    .x((point) => point.x)
    .y0(({ low }) => y(low))
    .y1(({ high }) => y(high));
  const path = line<Point>()
    .digits(2)
    .defined(({ first }) => Number.isFinite(first))
    .x((point) => point.x)
    .y(({ first }) => y(first));
  return { band: runs.length > 1 ? (band(points) ?? '') : '', path: path(points) ?? '' };
}

function pathLines(style: string, path: string): string[] {
  return path === '' ? [] : [`<path ${style} d="${path}"/>`];
}

function yAxisLines(
  { ticks, low, high }: AxisRange,
  y: Scale,
  right: number,
  label: string,
): string[] {
  const middle = MARGIN.top + PLOT_HEIGHT / 2;
  // More digits would run into the label: 100k.
  const short = scaleLinear().domain([low, high]).tickFormat(ticks.length, '~s');
  const tickText = high < 100_000 ? String : short;
  return [
    ...ticks.flatMap((tick) => {
      const at = fixed(y(tick));
      return [
        `<path class="grid" d="M${MARGIN.left},${at}H${right}"/>`,
        `<text class="tick" x="${MARGIN.left - 8}" y="${at}" dy=".32em" ` +
          `text-anchor="end">${tickText(tick)}</text>`,
      ];
    }),
    `<text class="axis" transform="translate(18,${middle}) rotate(-90)" ` +
      `text-anchor="middle">${label}</text>`,
  ];
}

function xAxisLines({ ticks }: AxisRange, x: Scale, right: number): string[] {
  const bottom = MARGIN.top + PLOT_HEIGHT;
  return [
    `<path class="base" d="M${MARGIN.left},${bottom}H${right}"/>`,
    ...ticks.flatMap((tick) => [
      `<path class="base" d="M${fixed(x(tick))},${bottom}v5"/>`,
      `<text class="tick" x="${fixed(x(tick))}" y="${bottom + 19}" ` +
        `text-anchor="middle">${tick}</text>`,
    ]),
    `<text class="axis" x="${(MARGIN.left + right) / 2}" y="${bottom + 40}" ` +
      'text-anchor="middle">Time after the warm-up (s)</text>',
  ];
}

function limitLines({ figure: { limit } }: FigureData, y: Scale, right: number): string[] {
  if (limit === null) return [];
  const at = fixed(y(limit.value));
  return [`<path class="limit" d="M${MARGIN.left},${at}H${right}"/>`];
}

function legendLines(row: ReturnType<typeof legendRows>[number], y: number): string[] {
  return row.flatMap(({ style, text, x }) => [
    `<path ${style} d="M${MARGIN.left + x},${y}h32"/>`,
    `<text x="${MARGIN.left + x + 40}" y="${y}" dy=".32em">${escapeXml(text)}</text>`,
  ]);
}

/** Which runs a figure shows. */
export function seedNote(seeds: readonly number[]): string {
  const first = `Seed ${seeds[0] ?? '-'}`;
  return seeds.length < 2
    ? first
    : `${first}; bands: from the smallest to the largest sample of ${seeds.length} seeds`;
}

function titleLines(title: string, note: string, width: number): string[] {
  const room = width - MARGIN.left;
  return [
    `<text class="title" x="${MARGIN.left}" y="26">` +
      `${escapeXml(fitText(title, room, TITLE_SIGN_WIDTH))}</text>`,
    `<text class="note" x="${MARGIN.left}" y="46">${fitText(note, room)}</text>`,
  ];
}

/** A figure's number and title in words. */
export function figureTitle({ number, title }: FigureData['figure']): string {
  return `Figure ${number}: ${title}`;
}

/** The figure in words, for those who cannot see it. */
function describe({ figure, series, timesS }: FigureData): string {
  const lines = series.map(({ label, runs }) => {
    const known = [...(runs[0] ?? [])].filter(Number.isFinite);
    if (known.length === 0) return `${label}: no values`;
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    return `${label}: ${mean.toFixed(1)} ${figure.yUnit} on average`;
  });
  const { limit } = figure;
  const limits = limit === null ? [] : [`${limit.label}: ${limit.value} ${figure.yUnit}`];
  const what = `${figure.yLabel} over ${timesS.at(-1) ?? 0} seconds`;
  return `${what}. ${[...lines, ...limits].join('; ')}.`;
}

/** Coordinates have fixed decimals: the same figure is the same bytes everywhere. */
function fixed(value: number): string {
  return String(Number(value.toFixed(2)));
}
