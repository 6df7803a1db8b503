import type { Matrix } from '../../claims/readings/matrix.js';
import { tallyOf } from '../../claims/readings/tally.js';
import { verdictPaint } from '../terminal/claims-list.js';
import type { Ink } from '../terminal/ink.js';
import { padEnd, padStart, widthOf, wrap } from '../words/text.js';
import { cellText, type MatrixRow, matrixRows } from './matrix-rows.js';
import { heldText } from './sentence.js';

const GAP = 2;
const LAST = 'Measured ones that hold';
/** Names of conditions wrap, but not to less than the last row's needs. */
const MIN_LABEL = LAST.length;
const MAX_LABEL = 32;
const MIN_RULE = 12;

/** Widths of the columns: claim, what, rule, and the readings, which are all alike. */
interface Layout {
  readonly id: number;
  readonly label: number;
  readonly rule: number;
  readonly cell: number;
}

/** A row per condition, a column per reading; null if there is no room for all of them. */
export function matrixTable(matrix: Matrix, ink: Ink, columns: number): string[] | null {
  const rows = matrixRows(matrix);
  const heads = matrix.columns.map(({ reading }) => reading.id);
  const held = tallyOf(matrix).held.map(heldText);
  const layout = layoutOf(matrix, rows, [...heads, ...held], ink, columns);
  if (layout === null) return null;
  const line = (start: readonly string[], cells: readonly string[]) => {
    const [id = '', label = '', rule = ''] = start;
    const texts = [padEnd(id, layout.id), padEnd(label, layout.label), padEnd(rule, layout.rule)];
    return [...texts, ...cells.map((cell) => padStart(cell, layout.cell))].join(' '.repeat(GAP));
  };
  const head = line(['', 'What', 'Rule'], heads);
  return [
    ink.bold(head),
    ink.rule.repeat(widthOf(head)),
    ...rows.flatMap((row, r) => rowLines(row, rows[r - 1]?.id !== row.id, layout, ink)),
    ink.rule.repeat(widthOf(head)),
    ink.bold(line(['', LAST, ''], held)),
  ];
}

function rowLines(row: MatrixRow, isFirst: boolean, layout: Layout, ink: Ink): string[] {
  const labels = wrap(row.label, layout.label);
  const rules = wrap(row.rule, layout.rule);
  const gap = ' '.repeat(GAP);
  return Array.from({ length: Math.max(labels.length, rules.length) }, (_, y) => {
    const start = [
      padEnd(isFirst && y === 0 ? row.id : '', layout.id),
      padEnd(labels[y] ?? '', layout.label),
      padEnd(rules[y] ?? '', layout.rule),
    ].join(gap);
    if (y > 0) return start.trimEnd();
    const cells = row.cells.map((cell) => {
      const text = padStart(cellText(cell, ink), layout.cell);
      const isPlain = cell === null || cell.verdict === 'holds';
      return isPlain ? text : verdictPaint(cell.verdict, ink)(text);
    });
    return [start, ...cells].join(gap);
  });
}

function layoutOf(
  { claims, columns: readings }: Matrix,
  rows: readonly MatrixRow[],
  others: readonly string[],
  ink: Ink,
  columns: number,
): Layout | null {
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(widthOf));
  const id = widest(claims.map((claim) => claim.id));
  const cell = widest([
    ...others,
    ...rows.flatMap(({ cells }) => cells.map((c) => cellText(c, ink))),
  ]);
  const left = columns - id - readings.length * (GAP + cell) - 2 * GAP;
  const rule = Math.min(widest(rows.map((row) => row.rule)), Math.max(MIN_RULE, left - MAX_LABEL));
  const label = Math.min(MAX_LABEL, widest([LAST, ...rows.map((row) => row.label)]), left - rule);
  return label < MIN_LABEL ? null : { id, label, rule, cell };
}
