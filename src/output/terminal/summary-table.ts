import type { ExperimentResult } from '../../measure/experiment-result.js';
import { summaryNotes } from '../words/summary-notes.js';
import { rowTexts, summaryRows } from '../words/summary-rows.js';
import { widthOf, wrap } from '../words/text.js';
import { COLUMN_GAP, valueColumn } from '../words/value-column.js';
import type { Ink } from './ink.js';
import { stackedTable } from './stacked-table.js';

/** The means by metric and variant; variants that do not fit beside one another are stacked. */
export function summaryTable(result: ExperimentResult, ink: Ink, columns: number): string[] {
  const rows = summaryRows(result);
  const notes = summaryNotes(rows, result).flatMap((note) => wrap(note, columns).map(ink.dim));
  if (rows.shown.length === 0) return notes;
  const texts = rows.shown.map(rowTexts);
  const body = result.variants.map(({ title }, v) =>
    valueColumn(
      title,
      texts.flatMap((row) => row[v] ?? []),
      ink,
    ),
  );
  const widest = Math.max(...body.map(({ width }) => width));
  const labels = rows.shown.map(({ label, unit }) => `${label} (${unit})`);
  const labelWidth = Math.min(
    Math.max(...labels.map(widthOf)),
    Math.max(columns - COLUMN_GAP - widest, Math.floor(columns / 4)),
  );
  return [...stackedTable(labels, labelWidth, body, ink, columns), ...notes];
}
