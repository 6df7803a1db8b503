import { Canvas } from './canvas.js';
import type { ChartLines } from './chart-rows.js';
import { type FigureData, figureTitle } from './figure-data.js';
import type { Ink } from './ink.js';
import {
  drawLine,
  framed,
  labelWidthOf,
  legendLines,
  penOf,
  rowOf,
  rowsBetweenTicks,
  xAxisLines,
} from './line-plot.js';
import { resample } from './resample.js';
import { timeAxis, valueAxis } from './scale.js';
import { wrap } from './text.js';

const LIMIT_MARK = ' limit';

/**
 * A figure as lines of text, none wider than `width` (at least 40): title, y axis with unit, the
 * first seed's lines, the limit, time axis, legend. asciichart draws the lines, one at a time, so
 * that each has signs of its own; axes, limit, gaps and legend are ours.
 */
export function renderChart(data: FigureData, ink: Ink, width: number): ChartLines {
  const { figure, series, timesS, seeds } = data;
  const firstSeed = series.map(({ runs }) => runs[0] ?? new Float64Array());
  const limits = figure.limit === null ? [] : [figure.limit.value];
  const axis = valueAxis([...firstSeed.flatMap((values) => [...values]), ...limits], figure.yUnit);
  const rowsPerTick = rowsBetweenTicks(axis, width);
  const labelWidth = labelWidthOf(axis);
  const margin = figure.limit === null ? 0 : LIMIT_MARK.length;
  const canvas = new Canvas(
    width - labelWidth - 2 - margin,
    (axis.ticks.length - 1) * rowsPerTick + 1,
  );
  const limitRow = figure.limit === null ? null : rowOf(figure.limit.value, axis, canvas.height);
  if (limitRow !== null) drawLimit(canvas, limitRow, ink);
  const fitted = firstSeed.map((values) => resample(values, timesS.length, canvas.width));
  fitted.forEach(({ columns }, i) => {
    drawLine(canvas, columns, axis, penOf(i, ink));
  });
  const mark = limitRow === null ? null : { row: limitRow, text: ink.limit(LIMIT_MARK) };
  const title = `${figureTitle(figure)} (seed ${seeds[0] ?? '-'})`;
  return {
    head: [
      ...wrap(title, width).map(ink.bold),
      ...wrap(`${figure.yLabel} (${figure.yUnit})`, width),
    ],
    plot: framed(canvas, axis, rowsPerTick, ink, mark),
    foot: [
      ...timeLines(data, canvas.width, labelWidth, fitted[0]?.samplesPerStep ?? 1, ink),
      ...legendLines(legendEntries(data, ink), width),
    ],
  };
}

function drawLimit(canvas: Canvas, row: number, ink: Ink): void {
  for (let column = 0; column < canvas.width; column++) {
    canvas.fill(column, row, ink.limitSign[column % ink.limitSign.length] ?? ' ', ink.limit);
  }
}

/** The time axis, its tick labels, and what a step of the lines stands for. */
function timeLines(
  { timesS, sampleS }: FigureData,
  plotWidth: number,
  labelWidth: number,
  samplesPerStep: number,
  ink: Ink,
): string[] {
  const { ticks, high } = timeAxis(timesS, Math.min(10, Math.floor(plotWidth / 8)));
  const placed = ticks.map((tick) => ({
    column: Math.round((tick / high) * plotWidth) - 1,
    text: String(tick),
  }));
  const stepS = Number((samplesPerStep * sampleS).toPrecision(6));
  const caption =
    samplesPerStep === 1
      ? 'Time after the warm-up (s)'
      : `Time after the warm-up (s); a step is the mean of ${samplesPerStep} samples (${stepS} s)`;
  return xAxisLines(placed, caption, plotWidth, labelWidth, ink);
}

function legendEntries({ figure, series }: FigureData, ink: Ink) {
  const entries = series.map(({ label, runs }, i) => {
    const { signs, paint } = penOf(i, ink);
    const known = runs[0]?.some((value) => Number.isFinite(value)) ?? false;
    return {
      mark: paint((signs[4] ?? '').repeat(2)),
      text: known ? label : `${label} (no values)`,
    };
  });
  if (figure.limit !== null) {
    const { label, value } = figure.limit;
    const mark = ink.limit(ink.limitSign.repeat(2).slice(0, 2));
    entries.push({ mark, text: `${label} (${value} ${figure.yUnit})` });
  }
  return entries;
}
