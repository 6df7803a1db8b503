import type { ExperimentResult } from '../experiments/result.js';
import type { Ink } from './ink.js';
import { summaryNotes } from './summary-notes.js';
import { type CellText, rowTexts, summaryRows } from './summary-rows.js';
import { padEnd, padStart, widthOf, wrap } from './text.js';

const GAP = 2;
const MIN_HEAD_WIDTH = 12;

interface Column {
  readonly head: readonly string[];
  readonly cells: readonly string[];
  readonly width: number;
}

/** The means by metric and variant; variants that do not fit beside one another are stacked. */
export function summaryTable(result: ExperimentResult, ink: Ink, columns: number): string[] {
  const rows = summaryRows(result);
  const notes = summaryNotes(rows, result).flatMap((note) => wrap(note, columns).map(ink.dim));
  if (rows.shown.length === 0) return notes;
  const texts = rows.shown.map(rowTexts);
  const body = result.variants.map(({ title }, v) =>
    columnOf(
      title,
      texts.flatMap((row) => row[v] ?? []),
      ink,
    ),
  );
  const widest = Math.max(...body.map(({ width }) => width));
  const labels = rows.shown.map(({ label, unit }) => `${label} (${unit})`);
  const labelWidth = Math.min(
    Math.max(...labels.map(widthOf)),
    Math.max(columns - GAP - widest, Math.floor(columns / 4)),
  );
  const tables: string[][] = [];
  for (const group of groupsThatFit(body, columns - labelWidth)) {
    tables.push(tableOf(labels, labelWidth, group, ink));
  }
  return [...tables.flatMap((table, i) => (i === 0 ? table : ['', ...table])), ...notes];
}

function columnOf(title: string, texts: readonly CellText[], ink: Ink): Column {
  const meanWidth = Math.max(...texts.map(({ mean }) => mean.length));
  const halfWidth = Math.max(...texts.map(({ half }) => half.length));
  const sign = halfWidth === 0 ? '' : ` ${ink.plusMinus} `;
  const valueWidth = meanWidth + sign.length + halfWidth;
  const head = wrap(title, Math.max(valueWidth, MIN_HEAD_WIDTH));
  return {
    head,
    cells: texts.map(({ mean, half }) =>
      half === ''
        ? padEnd(padStart(mean, meanWidth), valueWidth)
        : padStart(mean, meanWidth) + sign + padStart(half, halfWidth),
    ),
    width: Math.max(valueWidth, ...head.map(widthOf)),
  };
}

function groupsThatFit(body: readonly Column[], columns: number): Column[][] {
  const groups: Column[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const column of body) {
    if (used + GAP + column.width > columns) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push(column);
    used += GAP + column.width;
  }
  return groups;
}

function tableOf(
  labels: readonly string[],
  labelWidth: number,
  group: readonly Column[],
  ink: Ink,
): string[] {
  const gap = ' '.repeat(GAP);
  const headRows = Math.max(...group.map(({ head }) => head.length));
  const heads = Array.from({ length: headRows }, (_, i) => {
    // Short heads stand on the last row, next to their numbers.
    const cells = group.map(({ head, width }) =>
      padStart(head[i - headRows + head.length] ?? '', width),
    );
    return ink.bold([padEnd('', labelWidth), ...cells].join(gap));
  });
  const width = group.reduce((sum, column) => sum + GAP + column.width, labelWidth);
  const rows = labels.flatMap((label, r) => {
    const parts = wrap(label, labelWidth);
    return parts.map((part, i) => {
      const isLast = i === parts.length - 1;
      const cells = group.map((column) => padStart(column.cells[r] ?? '', column.width));
      return isLast ? [padEnd(part, labelWidth), ...cells].join(gap) : part;
    });
  });
  return [...heads, ink.rule.repeat(width), ...rows];
}
