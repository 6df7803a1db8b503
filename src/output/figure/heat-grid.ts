import type { Ink } from '../terminal/ink.js';
import { padEnd, widthOf } from '../words/text.js';

/** A table of cells that are all of one width. */
export interface HeatGrid {
  readonly cellWidth: number;
  /** The lines above the cells from one column to before another. */
  readonly head: (from: number, to: number) => readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly string[] }[];
}

/** The table as lines; columns that do not fit go into further tables below. */
export function heatGrid({ cellWidth, head, rows }: HeatGrid, ink: Ink, width: number): string[] {
  const labelWidth = Math.max(...rows.map(({ label }) => widthOf(label)), 0);
  const columns = Math.max(...rows.map(({ cells }) => cells.length), 0);
  const perTable = Math.max(1, Math.floor((width - labelWidth - 1) / cellWidth));
  const lines: string[] = [];
  for (let from = 0; from < columns; from += perTable) {
    const to = Math.min(columns, from + perTable);
    if (from > 0) lines.push('');
    lines.push(
      ...head(from, to).map((line) => ink.bold(' '.repeat(labelWidth) + line)),
      ink.rule.repeat(labelWidth + (to - from) * cellWidth),
      ...rows.map(({ label, cells }) => padEnd(label, labelWidth) + cells.slice(from, to).join('')),
    );
  }
  return lines;
}
