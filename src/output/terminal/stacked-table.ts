import { padEnd, wrap } from '../words/text.js';
import {
  COLUMN_GAP,
  columnHeads,
  type TableColumn,
  widthOfColumns,
} from '../words/value-column.js';
import type { Ink } from './ink.js';

/**
 * A table of labelled rows; columns that do not fit beside one another are stacked.
 * @param labelWidth longer labels are wrapped
 */
export function stackedTable(
  labels: readonly string[],
  labelWidth: number,
  body: readonly TableColumn[],
  ink: Ink,
  columns: number,
): string[] {
  return groupsThatFit(body, columns - labelWidth)
    .map((group) => tableOf(labels, labelWidth, group, ink))
    .flatMap((table, i) => (i === 0 ? table : ['', ...table]));
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
