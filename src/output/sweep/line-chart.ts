import type { AxisRange } from '../figure/scale.js';
import type { Canvas } from '../terminal/canvas.js';
import type { ChartLines } from '../terminal/chart-rows.js';
import type { Ink } from '../terminal/ink.js';
import { type ColumnTick, labelLine, labelWidthOf, penOf, rowOf } from '../terminal/line-plot.js';
import { type TextLine, textPlot } from '../terminal/text-plot.js';
import { meanOfKnown } from '../words/mean.js';
import { widthOf } from '../words/text.js';
import { axisLabel, type ChartAxis, numberTicks, positionOf } from './chart-axis.js';
import type { Estimate, SweepChart } from './chart-data.js';
import { metricAxis, variantLabel } from './chart-text.js';

/** Columns between the first and last points and the edges of the plot. */
const PADDING = 2;
/** Columns from point to point, on average, from which on each has a mark. */
const MARKED_SPACE = 3;

/** The same for whiskers. */
const WHISKER_SPACE = 2;

interface PlacedPoint extends Estimate {
  readonly column: number;
}

/** A metric over one numeric parameter: one line per variant, with marks and whiskers. */
export function lineChart(
  chart: SweepChart,
  ink: Ink,
  width: number,
): Omit<ChartLines, 'head'> & { readonly yAxis: AxisRange } {
  const [axis] = chart.axes;
  const numbers = axis?.numbers ?? [];
  // Many points fill the columns: the line alone is legible.
  const hasWhiskers = numbers.length * WHISKER_SPACE <= width;
  const yAxis = metricAxis(chart, hasWhiskers, 'data');
  if (axis === undefined) return { plot: [], foot: [], yAxis };
  const isMarked = numbers.length * MARKED_SPACE <= width - labelWidthOf(yAxis) - 2;
  const plot = {
    lines: chart.variants.map((variant) => lineOf(variant, numbers, isMarked, hasWhiskers, ink)),
    yAxis,
    limit: null,
    xTicks: (columns: number) => ticksOf(axis, columnsFor(numbers, columns), columns),
    xLabel: (columns: number) => {
      const perColumn = pointsPerColumn(numbers.map(columnsFor(numbers, columns)));
      const merged = perColumn > 1 ? `; a column is the mean of up to ${perColumn} points` : '';
      return `${axisLabel(axis)}${merged}`;
    },
    whiskers: { mark: ink.whisker.repeat(2), text: '95% interval of the mean' },
  };
  return { ...textPlot(plot, ink, width), yAxis };
}

function lineOf(
  variant: SweepChart['variants'][number],
  numbers: readonly number[],
  isMarked: boolean,
  hasWhiskers: boolean,
  ink: Ink,
): TextLine {
  const { look, estimates } = variant;
  const { signs, paint } = penOf(look, ink);
  const line = signs[4] ?? '';
  const placed = (columns: number) => {
    const columnOf = columnsFor(numbers, columns);
    return estimates.map((one, i) => ({ ...one, column: columnOf(numbers[i] ?? 0) }));
  };
  return {
    label: variantLabel(variant),
    look,
    mark: paint(line + (isMarked ? markOf(look, ink) : line)),
    valuesIn: (columns) => valuesByColumn(placed(columns), columns),
    adorn: (canvas, axis) => {
      const points = placed(canvas.width);
      if (isMarked) drawMarks(canvas, points, axis, look, ink);
      return hasWhiskers && drawWhiskers(canvas, points, axis, look, ink);
    },
  };
}

function columnsFor(numbers: readonly number[], columns: number): (value: number) => number {
  const position = positionOf(numbers);
  return (value) => PADDING + Math.round(position(value) * (columns - 1 - 2 * PADDING));
}

function pointsPerColumn(columns: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const column of columns) counts.set(column, (counts.get(column) ?? 0) + 1);
  return Math.max(...counts.values());
}

/**
 * A value a column: the mean of the points in it, and straight lines between neighbours. A point
 * without a value parts the line.
 */
function valuesByColumn(points: readonly PlacedPoint[], columns: number): number[] {
  const byColumn = new Map<number, number[]>();
  for (const { column, mean } of points) {
    byColumn.set(column, [...(byColumn.get(column) ?? []), mean]);
  }
  const knots = [...byColumn]
    .map(([column, all]) => ({ column, value: meanOfKnown(all) }))
    .sort((a, b) => a.column - b.column);
  const values = Array<number>(columns).fill(Number.NaN);
  knots.forEach(({ column, value }, i) => {
    const next = knots[i + 1];
    values[column] = value;
    if (next === undefined || !Number.isFinite(value) || !Number.isFinite(next.value)) return;
    for (let at = column + 1; at < next.column; at++) {
      const part = (at - column) / (next.column - column);
      values[at] = value * (1 - part) + next.value * part;
    }
  });
  return values;
}

function drawMarks(
  canvas: Canvas,
  points: readonly PlacedPoint[],
  axis: AxisRange,
  look: number,
  ink: Ink,
): void {
  for (const { column, mean } of points) {
    if (!Number.isFinite(mean)) continue;
    const row = rowOf(mean, axis, canvas.height);
    canvas.mark(column, row, markOf(look, ink), penOf(look, ink).paint);
  }
}

/** @returns whether any was drawn: those within the row of their point are not. */
function drawWhiskers(
  canvas: Canvas,
  points: readonly PlacedPoint[],
  axis: AxisRange,
  look: number,
  ink: Ink,
): boolean {
  const { paint } = penOf(look, ink);
  const inside = (value: number) => Math.max(axis.low, Math.min(value, axis.high));
  let isDrawn = false;
  for (const { column, low, high } of points) {
    if (!Number.isFinite(high - low)) continue;
    const top = rowOf(inside(high), axis, canvas.height);
    const bottom = rowOf(inside(low), axis, canvas.height);
    if (top === bottom) continue;
    for (let row = top; row <= bottom; row++) canvas.fill(column, row, ink.whisker, paint);
    isDrawn = true;
  }
  return isDrawn;
}

function markOf(look: number, { points }: Ink): string {
  return points[look % points.length] ?? '';
}

function ticksOf(
  axis: ChartAxis,
  columnOf: (value: number) => number,
  plotWidth: number,
): ColumnTick[] {
  const placed = (ticks: readonly { value: number; text: string }[]) =>
    ticks.map(({ value, text }) => ({ column: columnOf(value), text }));
  const fits = (ticks: readonly { value: number; text: string }[]) => {
    // What has no room, the line of labels leaves out.
    const shown = labelLine(placed(ticks), plotWidth).split(/ +/).filter(Boolean);
    return shown.length === ticks.length && ticks.every(({ text }) => shown.includes(text));
  };
  return placed(numberTicks(axis, fits)).filter(({ text }) => widthOf(text) <= plotWidth);
}
