import { area, line } from 'd3-shape';
import {
  fixed,
  linearScale,
  pathLines,
  svgLegend,
  xAxisLines,
  yAxisLines,
} from '../../svg-frame.js';
import { fitText, legendRows, lineStyle, styleClass, textWidth } from '../../svg-parts.js';
import { axisLabel, type NumberTick, numberTicks, positionOf } from '../chart-axis.js';
import type { Estimate, SweepChart } from '../chart-data.js';
import { metricAxis, variantLabel } from '../chart-text.js';
import { type BlockPlace, LEGEND_ROW, MARGIN, type SvgBlock } from './block.js';

const PLOT_HEIGHT = 300;
/** Pixels between the first and last points and the edges of the plot. */
const PADDING = 12;
/** Pixels from point to point, on average, from which on each has a dot. */
const DOT_SPACE = 12;
const LABEL_GAP = 10;

interface PlacedPoint extends Estimate {
  readonly x: number;
}

/** A metric over one numeric parameter: a line a variant, with its 95% interval as a band. */
export function lineBlock(chart: SweepChart, { top, width }: BlockPlace): SvgBlock {
  const [axis] = chart.axes;
  if (axis === undefined) return { lines: [], bottom: top };
  const frame = {
    left: MARGIN.left,
    right: width - MARGIN.right,
    top: top + MARGIN.top,
    bottom: top + MARGIN.top + PLOT_HEIGHT,
  };
  const numbers = axis.numbers ?? [];
  const position = positionOf(numbers);
  const room = frame.right - frame.left - 2 * PADDING;
  const x = (value: number) => frame.left + PADDING + position(value) * room;
  const yAxis = metricAxis(chart, true);
  const y = linearScale(yAxis, frame.bottom, frame.top);
  const inside = (value: number) => y(Math.max(yAxis.low, Math.min(value, yAxis.high)));
  const hasDots = numbers.length * DOT_SPACE <= room;
  const drawn = chart.variants.map(({ estimates }) =>
    pathsOf(pointsInOrder(estimates, numbers, x), y, inside, hasDots),
  );
  const entries = chart.variants.map((variant, i) => ({
    style: lineStyle(i),
    text: variantLabel(variant),
  }));
  const legend = legendRows(entries, frame.right - frame.left);
  const bottom = frame.bottom + MARGIN.bottom + legend.length * LEGEND_ROW;
  const ticks = numberTicks(axis, (some) => fit(some, x)).map(({ value, text }) => ({
    at: x(value),
    text,
  }));
  const { name, unit } = chart.metric;
  const lines = [
    ...yAxisLines(yAxis, y, frame, `${fitText(name, PLOT_HEIGHT - MARGIN.top)} (${unit})`),
    ...xAxisLines(ticks, frame, fitText(axisLabel(axis), frame.right - frame.left)),
    ...drawn.flatMap(({ band }, i) => pathLines(`class="band ${styleClass(i)}"`, band)),
    ...drawn.flatMap(({ whiskers }) => pathLines('class="base whisker"', whiskers)),
    // The first line is on top of the others.
    ...drawn
      .flatMap(({ path, dots }, i) => [
        ...pathLines(`class="line ${styleClass(i)} dots"`, dots),
        ...pathLines(lineStyle(i), path),
      ])
      .reverse(),
    ...legend.flatMap((row, r) =>
      svgLegend(row, frame.left, bottom - (legend.length - r) * LEGEND_ROW + 4),
    ),
  ];
  return { lines, bottom };
}

/** By the parameter, whatever the order in the grid. */
function pointsInOrder(
  estimates: readonly Estimate[],
  numbers: readonly number[],
  x: (value: number) => number,
): PlacedPoint[] {
  return estimates
    .map((estimate, i) => ({ ...estimate, x: x(numbers[i] ?? 0) }))
    .sort((a, b) => a.x - b.x);
}

function pathsOf(
  points: readonly PlacedPoint[],
  y: (value: number) => number,
  inside: (value: number) => number,
  hasDots: boolean,
) {
  const band = area<PlacedPoint>()
    .digits(2)
    .defined(hasInterval)
    .x((point) => point.x)
    .y0(({ low }) => inside(low))
    .y1(({ high }) => inside(high));
  const path = line<PlacedPoint>()
    .digits(2)
    .defined(({ mean }) => Number.isFinite(mean))
    .x((point) => point.x)
    .y(({ mean }) => y(mean));
  const known = points.filter(({ mean }) => Number.isFinite(mean));
  // A dot is a stroke without length and with round ends.
  const dots = known.map((point) => `M${fixed(point.x)},${fixed(y(point.mean))}h0`).join('');
  // A band has no width at a point between gaps.
  const whiskers = points
    .filter((_, i) => hasInterval(points[i]) && !hasInterval(points[i - 1]))
    .filter((point) => !hasInterval(points[points.indexOf(point) + 1]))
    .map(({ x, low, high }) => `M${fixed(x)},${fixed(inside(low))}V${fixed(inside(high))}`)
    .join('');
  return {
    band: band(points) ?? '',
    whiskers,
    path: path(points) ?? '',
    dots: hasDots ? dots : '',
  };
}

function hasInterval(point: PlacedPoint | undefined): boolean {
  return point !== undefined && Number.isFinite(point.high - point.low);
}

function fit(ticks: readonly NumberTick[], x: (value: number) => number): boolean {
  return ticks.every(({ value, text }, i) => {
    const next = ticks[i + 1];
    if (next === undefined) return true;
    const needed = (textWidth(text) + textWidth(next.text)) / 2 + LABEL_GAP;
    return x(next.value) - x(value) >= needed;
  });
}
