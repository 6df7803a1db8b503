import type { Ink } from '../terminal/ink.js';
import type { CellText } from './summary-rows.js';
import { padEnd, padStart, widthOf, wrap } from './text.js';

const MIN_HEAD_WIDTH = 12;

/** A column of a table, its cells padded to one width. */
export interface TableColumn {
  readonly head: readonly string[];
  readonly cells: readonly string[];
  readonly width: number;
}

/** Spaces between columns. */
export const COLUMN_GAP = 2;

/** Means with their intervals one below another, under a head that is wrapped. */
export function valueColumn(head: string, texts: readonly CellText[], ink: Ink): TableColumn {
  const meanWidth = Math.max(...texts.map(({ mean }) => mean.length));
  const halfWidth = Math.max(...texts.map(({ half }) => half.length));
  const sign = halfWidth === 0 ? '' : ` ${ink.plusMinus} `;
  const valueWidth = meanWidth + sign.length + halfWidth;
  const lines = wrap(head, Math.max(valueWidth, MIN_HEAD_WIDTH));
  const width = Math.max(valueWidth, ...lines.map(widthOf));
  const cells = texts.map(({ mean, half }) => {
    const value = padStart(mean, meanWidth);
    return half === '' ? padEnd(value, valueWidth) : value + sign + padStart(half, halfWidth);
  });
  return { head: lines, cells: cells.map((cell) => padStart(cell, width)), width };
}

/** Texts one below another; numbers stand at the right. */
export function textColumn(
  head: string,
  texts: readonly string[],
  areNumbers: boolean,
): TableColumn {
  const lines = wrap(head, Math.max(MIN_HEAD_WIDTH, ...texts.map(widthOf)));
  const width = Math.max(...[...lines, ...texts].map(widthOf));
  const pad = areNumbers ? padStart : padEnd;
  return {
    head: lines.map((line) => pad(line, width)),
    cells: texts.map((text) => pad(text, width)),
    width,
  };
}

/** The lines of the heads; short ones stand on the last, next to their numbers. */
export function columnHeads(columns: readonly TableColumn[]): string[] {
  const count = Math.max(...columns.map(({ head }) => head.length));
  return Array.from({ length: count }, (_, i) =>
    columns
      .map(({ head, width }) => padStart(head[i - count + head.length] ?? '', width))
      .join(' '.repeat(COLUMN_GAP))
      .trimEnd(),
  );
}

/** Width of columns beside one another. */
export function widthOfColumns(columns: readonly TableColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width + COLUMN_GAP, -COLUMN_GAP);
}
