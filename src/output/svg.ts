import { area, line } from 'd3-shape';
import { type FigureData, type FigureSeries, figureTitle } from './figure-data.js';
import { timeAxis, valueAxis } from './scale.js';
import {
  fixed,
  linearScale,
  pathLines,
  type Scale,
  type SvgPlace,
  svgDocument,
  svgLegend,
  titleLines,
  xAxisLines,
  yAxisLines,
} from './svg-frame.js';
import { fitText, legendRows, lineStyle, styleClass } from './svg-parts.js';

/** Of the files; a page may want another. */
const WIDTH = 760;
const PLOT_HEIGHT = 300;
const MARGIN = { left: 64, right: 24, top: 62, bottom: 62 };
const LEGEND_ROW = 22;
/** Of the title, at the top. */
const TITLE_HEIGHT = 50;

interface Point {
  readonly x: number;
  /** The first seed's sample. */
  readonly first: number;
  /** Of all seeds. */
  readonly low: number;
  readonly high: number;
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
  const frame = {
    left: MARGIN.left,
    right: width - MARGIN.right,
    top: MARGIN.top,
    bottom: MARGIN.top + PLOT_HEIGHT,
  };
  const plotWidth = frame.right - frame.left;
  const samples = series.flatMap(({ runs }) => runs.flatMap((run) => [...run]));
  const limits = figure.limit === null ? [] : [figure.limit.value];
  const yAxis = valueAxis([...samples, ...limits], figure.yUnit);
  const xAxis = timeAxis(timesS, Math.min(12, Math.floor(plotWidth / 50)));
  const x = linearScale(xAxis, frame.left, frame.right);
  const y = linearScale(yAxis, frame.bottom, frame.top);
  const legend = legendRows(legendEntries(data), plotWidth);
  const height = frame.bottom + MARGIN.bottom + legend.length * LEGEND_ROW;
  const title = figureTitle(figure);
  const yLabel = `${fitText(figure.yLabel, PLOT_HEIGHT - MARGIN.top)} (${figure.yUnit})`;
  const drawn = series.map((one) => seriesPoints(one, data, x, y));
  const ticks = xAxis.ticks.map((tick) => ({ at: x(tick), text: String(tick) }));
  const cut = titled ? 0 : TITLE_HEIGHT;
  return svgDocument({ id, title, description: describe(data), width, height, cut }, [
    ...(titled ? titleLines(title, seedNote(seeds), frame.left, width) : []),
    ...yAxisLines(yAxis, y, frame, yLabel),
    ...xAxisLines(ticks, frame, 'Time after the warm-up (s)'),
    ...drawn.flatMap(({ band }, i) => pathLines(`class="band ${styleClass(i)}"`, band)),
    ...limits.map((limit) => {
      return `<path class="limit" d="M${frame.left},${fixed(y(limit))}H${frame.right}"/>`;
    }),
    // The first line is on top of the others.
    ...drawn.flatMap(({ path }, i) => pathLines(lineStyle(i), path)).reverse(),
    ...legend.flatMap((row, r) =>
      svgLegend(row, frame.left, height - (legend.length - r) * LEGEND_ROW + 4),
    ),
  ]);
}

function legendEntries({ figure: { limit, yUnit }, series }: FigureData) {
  const lines = series.map(({ label }, i) => ({ style: lineStyle(i), text: label }));
  if (limit === null) return lines;
  return [...lines, { style: 'class="limit"', text: `${limit.label} (${limit.value} ${yUnit})` }];
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

/** Which runs a figure shows. */
export function seedNote(seeds: readonly number[]): string {
  const first = `Seed ${seeds[0] ?? '-'}`;
  return seeds.length < 2
    ? first
    : `${first}; bands: from the smallest to the largest sample of ${seeds.length} seeds`;
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
