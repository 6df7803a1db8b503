import { plot } from 'asciichart';
import { type AxisRange, tickLabels } from '../figure/scale.js';
import { padEnd, padStart, widthOf, wrap } from '../words/text.js';
import type { Canvas } from './canvas.js';
import type { Ink, LineSigns } from './ink.js';

/** What every chart of lines is made of: lines, the y axis, the x axis and the legend. */

const NARROW = 60;

/** Signs and colour of one of several lines. */
export interface Pen {
  readonly signs: LineSigns;
  readonly paint: (text: string) => string;
}

/** A tick of the x axis, by the column of the plot. */
export interface ColumnTick {
  /** -1 is the y axis. */
  readonly column: number;
  readonly text: string;
}

export interface LegendEntry {
  /** Painted; two columns wide. */
  readonly mark: string;
  readonly text: string;
}

/** Rows from tick to tick, so that each tick has a row of its own. */
export function rowsBetweenTicks({ ticks }: AxisRange, width: number): number {
  const rows = width < NARROW ? 12 : 16;
  return Math.max(1, Math.round(rows / Math.max(1, ticks.length - 1)));
}

/** Columns that the labels of the y axis take. */
export function labelWidthOf(axis: AxisRange): number {
  return Math.max(...tickLabels(axis).map(widthOf));
}

/** The row nearest to a value; the first is at the top. */
export function rowOf(value: number, { low, high }: AxisRange, height: number): number {
  return height - 1 - Math.round(((value - low) / (high - low)) * (height - 1));
}

/** How the line with this index, from 0, is drawn; signs and colours repeat after the last. */
export function penOf(index: number, ink: Ink): Pen {
  const signs = ink.lineSigns[index % ink.lineSigns.length] as LineSigns;
  const paint = ink.lines[index % ink.lines.length] as (text: string) => string;
  return { signs, paint };
}

/**
 * Draws one value per column. Stretches between gaps are drawn apart: asciichart cannot take NaN.
 */
export function drawLine(
  canvas: Canvas,
  values: readonly number[],
  axis: AxisRange,
  { signs, paint }: Pen,
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

/** asciichart's drawing of a series without gaps: one text per row, with one column per value. */
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

/** The plot beside its y axis, with a mark behind one row. */
export function framed(
  canvas: Canvas,
  axis: AxisRange,
  rowsPerTick: number,
  ink: Ink,
  mark: { readonly row: number; readonly text: string } | null = null,
): string[] {
  const labels = tickLabels(axis);
  const labelWidth = labelWidthOf(axis);
  return canvas.rows().map((row, y) => {
    const fromBottom = canvas.height - 1 - y;
    const isTick = fromBottom % rowsPerTick === 0;
    const label = isTick ? (labels[fromBottom / rowsPerTick] ?? '') : '';
    const edge = isTick ? ink.axis.tickLeft : ink.axis.vertical;
    const behind = y === mark?.row ? mark.text : '';
    return `${padStart(label, labelWidth)} ${edge}${row}${behind}`;
  });
}

/** The x axis: its line, the labels of the ticks, and what it is. */
export function xAxisLines(
  ticks: readonly ColumnTick[],
  caption: string,
  plotWidth: number,
  labelWidth: number,
  ink: Ink,
): string[] {
  const line = [ink.axis.corner, ...Array<string>(plotWidth).fill(ink.axis.horizontal)];
  for (const { column } of ticks) if (column >= 0) line[column + 1] = ink.axis.tickBelow;
  const indent = ' '.repeat(labelWidth + 1);
  const captions = wrap(caption, plotWidth + 1);
  return [line.join(''), labelLine(ticks, plotWidth), ...captions].map((text) => indent + text);
}

/** Labels centred below their ticks; one that would touch the one before is left out. */
export function labelLine(ticks: readonly ColumnTick[], plotWidth: number): string {
  let labels = '';
  for (const { column, text } of ticks) {
    const centred = column + 1 - Math.floor(widthOf(text) / 2);
    const start = Math.max(0, Math.min(centred, plotWidth + 1 - widthOf(text)));
    if (labels === '' || start > widthOf(labels)) labels = padEnd(labels, start) + text;
  }
  return labels;
}

/** Entries beside one another as far as they fit. */
export function legendLines(entries: readonly LegendEntry[], width: number): string[] {
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
