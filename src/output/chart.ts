import { plot } from 'asciichart';
import { Canvas } from './canvas.js';
import type { FigureData } from './figure-data.js';
import type { Ink, LineSigns } from './ink.js';
import { resample } from './resample.js';
import { type AxisRange, timeAxis, valueAxis } from './scale.js';
import { padEnd, padStart, widthOf, wrap } from './text.js';

const LIMIT_MARK = ' limit';
const NARROW = 60;

/**
 * A figure as lines of text, none wider than `width` (at least 40): title, y axis with unit, the
 * first seed's lines, the limit, time axis, legend. asciichart draws the lines, one at a time, so
 * that each has signs of its own; axes, limit, gaps and legend are ours.
 */
export function renderChart(data: FigureData, ink: Ink, width: number): string[] {
  const { figure, series, timesS, seeds } = data;
  const firstSeed = series.map(({ runs }) => runs[0] ?? new Float64Array());
  const limits = figure.limit === null ? [] : [figure.limit.value];
  const axis = valueAxis([...firstSeed.flatMap((values) => [...values]), ...limits], figure.yUnit);
  const rowsPerTick = rowsBetweenTicks(axis, width);
  const labelWidth = Math.max(...axis.ticks.map((tick) => String(tick).length));
  const margin = figure.limit === null ? 0 : LIMIT_MARK.length;
  const canvas = new Canvas(
    width - labelWidth - 2 - margin,
    (axis.ticks.length - 1) * rowsPerTick + 1,
  );
  const limitRow = figure.limit === null ? null : rowOf(figure.limit.value, axis, canvas.height);
  if (limitRow !== null) drawLimit(canvas, limitRow, ink);
  const fitted = firstSeed.map((values) => resample(values, timesS.length, canvas.width));
  fitted.forEach(({ columns }, i) => {
    const { signs, paint } = penOf(i, ink);
    drawLine(canvas, columns, axis, signs, paint);
  });
  const title = `Figure ${figure.number}: ${figure.title} (seed ${seeds[0] ?? '-'})`;
  return [
    ...wrap(title, width).map(ink.bold),
    ...wrap(`${figure.yLabel} (${figure.yUnit})`, width),
    ...framed(canvas, axis, rowsPerTick, limitRow, ink),
    ...timeLines(data, canvas.width, labelWidth, fitted[0]?.samplesPerStep ?? 1, ink, width),
    ...legendLines(data, ink, width),
  ];
}

/** Rows from tick to tick, so that each tick has a row of its own. */
function rowsBetweenTicks({ ticks }: AxisRange, width: number): number {
  const rows = width < NARROW ? 12 : 16;
  return Math.max(1, Math.round(rows / Math.max(1, ticks.length - 1)));
}

function rowOf(value: number, { low, high }: AxisRange, height: number): number {
  return height - 1 - Math.round(((value - low) / (high - low)) * (height - 1));
}

function penOf(index: number, ink: Ink) {
  const signs = ink.lineSigns[index % ink.lineSigns.length] as LineSigns;
  const paint = ink.lines[index % ink.lines.length] as (text: string) => string;
  return { signs, paint };
}

function drawLimit(canvas: Canvas, row: number, ink: Ink): void {
  for (let column = 0; column < canvas.width; column++) {
    canvas.fill(column, row, ink.limitSign[column % ink.limitSign.length] ?? ' ', ink.limit);
  }
}

/** Draws each stretch between gaps by itself: asciichart cannot take NaN. */
function drawLine(
  canvas: Canvas,
  values: readonly number[],
  axis: AxisRange,
  signs: LineSigns,
  paint: (text: string) => string,
): void {
  let from = 0;
  while (from < values.length) {
    let to = from;
    while (to < values.length && Number.isFinite(values[to])) to++;
    if (to > from) {
      const rows = plotRows(values.slice(from, to), axis, canvas.height, signs);
      rows.forEach((row, y) => {
        [...row].forEach((sign, x) => {
          canvas.draw(from + x, y, sign, paint);
        });
      });
    }
    from = Math.max(to, from + 1);
  }
}

/** asciichart's drawing of a series without gaps: a text of a column a value for each row. */
function plotRows(
  values: readonly number[],
  { low, high }: AxisRange,
  height: number,
  signs: LineSigns,
): string[] {
  // It draws steps from value to value: a column fewer than values. Scaled to rows, nothing in it
  // is rounded twice.
  const scaled = values.map((value) => ((value - low) / (high - low)) * (height - 1));
  const text = plot([...scaled, scaled.at(-1) ?? 0], {
    min: 0,
    max: height - 1,
    height: height - 1,
    offset: 1,
    format: () => ' ',
    symbols: signs,
  });
  return text.split('\n').map((row) => row.slice(1));
}

function framed(
  canvas: Canvas,
  axis: AxisRange,
  rowsPerTick: number,
  limitRow: number | null,
  ink: Ink,
): string[] {
  const labelWidth = Math.max(...axis.ticks.map((tick) => String(tick).length));
  return canvas.rows().map((row, y) => {
    const fromBottom = canvas.height - 1 - y;
    const isTick = fromBottom % rowsPerTick === 0;
    const label = isTick ? String(axis.ticks[fromBottom / rowsPerTick] ?? '') : '';
    const edge = isTick ? ink.axis.tickLeft : ink.axis.vertical;
    const mark = y === limitRow ? ink.limit(LIMIT_MARK) : '';
    return `${padStart(label, labelWidth)} ${edge}${row}${mark}`;
  });
}

/** The time axis, its tick labels, and what a step of the lines stands for. */
function timeLines(
  { timesS, sampleS }: FigureData,
  plotWidth: number,
  labelWidth: number,
  samplesPerStep: number,
  ink: Ink,
  width: number,
): string[] {
  const { ticks, high } = timeAxis(timesS, Math.min(10, Math.floor(plotWidth / 8)));
  const line = [ink.axis.corner, ...Array<string>(plotWidth).fill(ink.axis.horizontal)];
  let labels = '';
  for (const tick of ticks) {
    const column = Math.round((tick / high) * plotWidth);
    if (column > 0) line[column] = ink.axis.tickBelow;
    const text = String(tick);
    const centred = column - Math.floor(text.length / 2);
    const start = Math.max(0, Math.min(centred, plotWidth + 1 - text.length));
    // A label that would touch the one before is left out.
    if (labels === '' || start > labels.length) labels = padEnd(labels, start) + text;
  }
  const indent = ' '.repeat(labelWidth + 1);
  const stepS = Number((samplesPerStep * sampleS).toPrecision(6));
  const caption =
    samplesPerStep === 1
      ? 'Time after the warm-up (s)'
      : `Time after the warm-up (s); a step is the mean of ${samplesPerStep} samples (${stepS} s)`;
  return [
    indent + line.join(''),
    indent + labels,
    ...wrap(caption, width - indent.length).map((text) => indent + text),
  ];
}

function legendLines({ figure, series }: FigureData, ink: Ink, width: number): string[] {
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
  const lines: string[] = [];
  for (const { mark, text } of entries) {
    const last = lines.at(-1);
    const entry = wrap(text, width - 3).map((part, i) => `${i === 0 ? mark : '  '} ${part}`);
    const [only = ''] = entry;
    if (last !== undefined && entry.length === 1 && widthOf(last) + 3 + widthOf(only) <= width) {
      lines[lines.length - 1] = `${last}   ${only}`;
    } else {
      lines.push(...entry);
    }
  }
  return lines;
}
