import type { ExperimentResult } from '../../measure/experiment-result.js';
import { summaryNotes } from '../words/summary-notes.js';
import { rowTexts, summaryRows } from '../words/summary-rows.js';
import { padEnd, widthOf, wrap } from '../words/text.js';
import {
  COLUMN_GAP,
  columnHeads,
  type TableColumn,
  valueColumn,
  widthOfColumns,
} from '../words/value-column.js';
import type { Ink } from './ink.js';

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
  const tables: string[][] = [];
  for (const group of groupsThatFit(body, columns - labelWidth)) {
    tables.push(tableOf(labels, labelWidth, group, ink));
  }
  return [...tables.flatMap((table, i) => (i === 0 ? table : ['', ...table])), ...notes];
}

function groupsThatFit(body: readonly TableColumn[], columns: number): TableColumn[][] {
  const groups: TableColumn[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const column of body) {
    if (used + COLUMN_GAP + column.width > columns) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push(column);
    used += COLUMN_GAP + column.width;
  }
  return groups;
}

function tableOf(
  labels: readonly string[],
  labelWidth: number,
  group: readonly TableColumn[],
  ink: Ink,
): string[] {
  const gap = ' '.repeat(COLUMN_GAP);
  const heads = columnHeads(group).map((line) => ink.bold(padEnd('', labelWidth) + gap + line));
  const width = labelWidth + COLUMN_GAP + widthOfColumns(group);
  const rows = labels.flatMap((label, r) => {
    const parts = wrap(label, labelWidth);
    return parts.map((part, i) => {
      const isLast = i === parts.length - 1;
      const cells = group.map((column) => column.cells[r] ?? '');
      return isLast ? [padEnd(part, labelWidth), ...cells].join(gap) : part;
    });
  });
  return [...heads, ink.rule.repeat(width), ...rows];
}
