import { Canvas } from '../canvas.js';
import type { ChartLines } from '../chart-rows.js';
import type { Ink } from '../ink.js';
import {
  type ColumnTick,
  drawLine,
  framed,
  labelLine,
  labelWidthOf,
  legendLines,
  penOf,
  rowOf,
  rowsBetweenTicks,
  xAxisLines,
} from '../line-plot.js';
import { meanOfKnown } from '../mean.js';
import type { AxisRange } from '../scale.js';
import { widthOf } from '../text.js';
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

type Drawing = Omit<ChartLines, 'head'>;

/** A metric over one numeric parameter: a line a variant, with marks and whiskers. */
export function lineChart(chart: SweepChart, ink: Ink, width: number): Drawing {
  const [axis] = chart.axes;
  const numbers = axis?.numbers ?? [];
  if (axis === undefined) return { plot: [], foot: [] };
  // Many points fill the columns: the line alone is legible.
  const hasWhiskers = numbers.length * WHISKER_SPACE <= width;
  const yAxis = metricAxis(chart, hasWhiskers);
  const rowsPerTick = rowsBetweenTicks(yAxis, width);
  const labelWidth = labelWidthOf(yAxis);
  const canvas = new Canvas(width - labelWidth - 2, (yAxis.ticks.length - 1) * rowsPerTick + 1);
  const columnOf = columnsFor(numbers, canvas.width);
  const lines = chart.variants.map(({ estimates }) =>
    estimates.map((one, i) => ({ ...one, column: columnOf(numbers[i] ?? 0) })),
  );
  const isMarked = numbers.length * MARKED_SPACE <= canvas.width;
  const perColumn = pointsPerColumn(numbers.map(columnOf));
  const whiskers = lines.map((points, i) =>
    hasWhiskers ? drawWhiskers(canvas, points, yAxis, i, ink) : 0,
  );
  lines.forEach((points, i) => {
    const pen = penOf(i, ink);
    drawLine(canvas, valuesByColumn(points, canvas.width), yAxis, pen);
    if (isMarked) drawMarks(canvas, points, yAxis, i, ink);
  });
  const shown = perColumn > 1 ? `; a column is the mean of up to ${perColumn} points` : '';
  return {
    plot: framed(canvas, yAxis, rowsPerTick, ink),
    foot: [
      ...xAxisLines(
        ticksOf(axis, columnOf, canvas.width),
        `${axisLabel(axis)}${shown}`,
        canvas.width,
        labelWidth,
        ink,
      ),
      ...legendLines(legend(chart, isMarked, whiskers.some(Boolean), ink), width),
    ],
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
  index: number,
  ink: Ink,
): void {
  for (const { column, mean } of points) {
    if (!Number.isFinite(mean)) continue;
    const row = rowOf(mean, axis, canvas.height);
    canvas.mark(column, row, markOf(index, ink), penOf(index, ink).paint);
  }
}

/** @returns how many were drawn: those within the row of their point are not. */
function drawWhiskers(
  canvas: Canvas,
  points: readonly PlacedPoint[],
  axis: AxisRange,
  index: number,
  ink: Ink,
): number {
  const { paint } = penOf(index, ink);
  const inside = (value: number) => Math.max(axis.low, Math.min(value, axis.high));
  let drawn = 0;
  for (const { column, low, high } of points) {
    if (!Number.isFinite(high - low)) continue;
    const top = rowOf(inside(high), axis, canvas.height);
    const bottom = rowOf(inside(low), axis, canvas.height);
    if (top === bottom) continue;
    for (let row = top; row <= bottom; row++) canvas.fill(column, row, ink.whisker, paint);
    drawn++;
  }
  return drawn;
}

function markOf(index: number, { points }: Ink): string {
  return points[index % points.length] ?? '';
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

function legend({ variants }: SweepChart, isMarked: boolean, hasWhiskers: boolean, ink: Ink) {
  const entries = variants.map((variant, i) => {
    const { signs, paint } = penOf(i, ink);
    const line = signs[4] ?? '';
    return {
      mark: paint(line + (isMarked ? markOf(i, ink) : line)),
      text: variantLabel(variant),
    };
  });
  return hasWhiskers
    ? [...entries, { mark: ink.whisker.repeat(2), text: '95% interval of the mean' }]
    : entries;
}
