import { isCrowded } from '../figure/crowding.js';
import type { AxisRange } from '../figure/scale.js';
import { beside } from '../words/text.js';
import { Canvas } from './canvas.js';
import type { ChartLines } from './chart-rows.js';
import type { Ink } from './ink.js';
import {
  type ColumnTick,
  drawLine,
  framed,
  type LegendEntry,
  labelWidthOf,
  legendLines,
  penOf,
  rowOf,
  rowsBetweenTicks,
  xAxisLines,
} from './line-plot.js';

const LIMIT_MARK = ' limit';
/** Terminals this wide have two panels beside one another. */
const TWO_PANELS_COLUMNS = 76;
const PANEL_GAP = 2;
/** Rows of a panel from the axis to its middle, and from there to the top. */
const PANEL_ROWS_PER_TICK = 3;

/** A line that can be drawn at any width. */
export interface TextLine {
  readonly label: string;
  readonly look: number;
  /** Its sign in the legend, painted, two columns wide. */
  readonly mark: string;
  /** One value per column; NaN where there is none. */
  readonly valuesIn: (columns: number) => readonly number[];
  /** The smallest and largest value at each column, of all seeds; not drawn. */
  readonly bandIn?: (columns: number) => { readonly low: number[]; readonly high: number[] };
  /** Draws what comes besides the line; says whether that has whiskers. */
  readonly adorn?: (canvas: Canvas, axis: AxisRange) => boolean;
}

/** Lines over an axis, with all that is needed to draw them at any width. */
export interface TextPlot {
  readonly lines: readonly TextLine[];
  readonly yAxis: AxisRange;
  readonly limit: { readonly value: number; readonly text: string } | null;
  readonly xTicks: (columns: number) => readonly ColumnTick[];
  /** What the x axis is, drawn so many columns wide. */
  readonly xLabel: (columns: number) => string;
  /** What whiskers are. */
  readonly whiskers?: LegendEntry;
}

/**
 * Draws lines in one plot; if one of them could not be seen for the others, each in a panel of its
 * own, all with the same axes.
 */
export function textPlot(plot: TextPlot, ink: Ink, width: number): Omit<ChartLines, 'head'> {
  const margin = plot.limit === null ? 0 : LIMIT_MARK.length;
  const rowsPerTick = rowsBetweenTicks(plot.yAxis, width);
  const columns = width - labelWidthOf(plot.yAxis) - 2 - margin;
  const height = (plot.yAxis.ticks.length - 1) * rowsPerTick + 1;
  const fromBottom = (value: number) => height - 1 - rowOf(value, plot.yAxis, height);
  const rows = plot.lines.map(({ valuesIn, bandIn }) => {
    const { low = [], high = [] } = bandIn?.(columns) ?? {};
    return {
      values: valuesIn(columns).map(fromBottom),
      low: low.map(fromBottom),
      high: high.map(fromBottom),
    };
  });
  if (isCrowded(rows, 1)) return { plot: [], foot: panels(plot, ink, width) };
  const canvas = new Canvas(columns, height);
  const { mark, hasWhiskers } = draw(plot, plot.lines, plot.yAxis, canvas, ink);
  const entries = plot.lines.map(({ mark: sign, label }) => ({ mark: sign, text: label }));
  return {
    plot: framed(canvas, plot.yAxis, rowsPerTick, ink, mark),
    foot: [
      ...xAxis(plot, columns, ink),
      ...legendLines([...entries, ...furtherEntries(plot, hasWhiskers, ink)], width),
    ],
  };
}

function panels(plot: TextPlot, ink: Ink, width: number): string[] {
  const perRow = width >= TWO_PANELS_COLUMNS && plot.lines.length > 3 ? 2 : 1;
  const panelWidth = Math.floor((width - (perRow - 1) * PANEL_GAP) / perRow);
  const { low, high } = plot.yAxis;
  const axis = { low, high, ticks: [low, Number(((low + high) / 2).toPrecision(12)), high] };
  const inner = { ...plot, yAxis: axis };
  const columns = panelWidth - labelWidthOf(axis) - 2;
  const lines: string[] = [];
  let whiskered = false;
  for (let first = 0; first < plot.lines.length; first += perRow) {
    const row = plot.lines.slice(first, first + perRow);
    const heads = row.map(({ mark, label }) => legendLines([{ mark, text: label }], panelWidth));
    const headRows = Math.max(...heads.map(({ length }) => length));
    const blocks = row.map((line, c) => {
      const canvas = new Canvas(columns, 2 * PANEL_ROWS_PER_TICK + 1);
      const { hasWhiskers } = draw(inner, [line], axis, canvas, ink);
      whiskered ||= hasWhiskers;
      const head = heads[c] ?? [];
      // The last panel of a column has the x axis.
      const isLast = first + c + perRow >= plot.lines.length;
      return [
        ...head,
        ...Array<string>(headRows - head.length).fill(''),
        ...framed(canvas, axis, PANEL_ROWS_PER_TICK, ink),
        ...(isLast ? xAxis(inner, columns, ink) : []),
      ];
    });
    lines.push(...beside(blocks, panelWidth + PANEL_GAP));
  }
  return [...lines, ...legendLines(furtherEntries(plot, whiskered, ink), width)];
}

function draw(
  { limit }: TextPlot,
  lines: readonly TextLine[],
  axis: AxisRange,
  canvas: Canvas,
  ink: Ink,
) {
  const row = limit === null ? null : rowOf(limit.value, axis, canvas.height);
  if (row !== null) {
    for (let column = 0; column < canvas.width; column++) {
      canvas.fill(column, row, ink.limitSign[column % ink.limitSign.length] ?? ' ', ink.limit);
    }
  }
  const hasWhiskers = lines.map(({ look, valuesIn, adorn }) => {
    drawLine(canvas, valuesIn(canvas.width), axis, penOf(look, ink));
    return adorn?.(canvas, axis) ?? false;
  });
  const mark = row === null ? null : { row, text: ink.limit(LIMIT_MARK) };
  return { mark, hasWhiskers: hasWhiskers.includes(true) };
}

function xAxis({ xTicks, xLabel, yAxis }: TextPlot, columns: number, ink: Ink): string[] {
  return xAxisLines(xTicks(columns), xLabel(columns), columns, labelWidthOf(yAxis), ink);
}

/** What the legend says besides the lines. */
function furtherEntries({ limit, whiskers }: TextPlot, hasWhiskers: boolean, ink: Ink) {
  const entries: LegendEntry[] = [];
  if (hasWhiskers && whiskers !== undefined) entries.push(whiskers);
  if (limit !== null) {
    entries.push({ mark: ink.limit(ink.limitSign.repeat(2).slice(0, 2)), text: limit.text });
  }
  return entries;
}
