import type { Matrix } from '../../claims/readings/matrix.js';
import { tallyOf } from '../../claims/readings/tally.js';
import { VERDICTS } from '../../measure/experiment-result.js';
import { verdictPaint } from '../terminal/claims-list.js';
import type { Ink } from '../terminal/ink.js';
import { padEnd, widthOf, wrap } from '../words/text.js';
import { cellText, type MatrixRow, markOf, matrixRows } from './matrix-rows.js';
import { heldText } from './sentence.js';

const GAP = 2;

/** The matrix where it has no room as a table: below each condition the readings by verdict. */
export function matrixList(matrix: Matrix, ink: Ink, columns: number): string[] {
  const readings = matrix.columns.map(({ reading }) => reading.id);
  const held = tallyOf(matrix).held.map((one, r) => `${readings[r]} ${heldText(one)}`);
  const indent = Math.max(...matrix.claims.map(({ id }) => widthOf(id))) + GAP;
  const rows = matrixRows(matrix);
  const below = (text: string, more = 0) =>
    wrap(text, columns - indent - more).map((line, i) => ' '.repeat(indent + (i && more)) + line);
  return [
    ...rows.flatMap((row, r) => {
      const [first = '', ...others] = below(`${row.label} (${row.rule})`);
      const head = rows[r - 1]?.id === row.id ? '' : row.id;
      return [
        ink.bold(padEnd(head, indent) + first.slice(indent)),
        ...others.map(ink.bold),
        ...groups(row, readings, ink).flatMap(({ text, paint }) => below(text, GAP).map(paint)),
      ];
    }),
    '',
    ...wrap(`Measured ones that hold: ${held.join(', ')}`, columns).map(ink.bold),
  ];
}

interface Group {
  readonly text: string;
  readonly paint: (line: string) => string;
}

/** "✔ source 49.4, cfs 49.8", "✘ words 56.2", "- load". */
function groups({ cells }: MatrixRow, readings: readonly string[], ink: Ink): Group[] {
  const judged = VERDICTS.flatMap((verdict): Group[] => {
    const mark = markOf(verdict, ink);
    const own = cells.flatMap((cell, r) =>
      cell?.verdict === verdict
        ? `${readings[r]}\u00a0${cellText(cell, ink).slice(mark.length)}`
        : [],
    );
    const paint = verdict === 'holds' ? (line: string) => line : verdictPaint(verdict, ink);
    return own.length === 0 ? [] : [{ text: mark + own.join(', '), paint }];
  });
  const none = readings.filter((_, r) => cells[r] === null);
  const gap = { text: `- ${none.join(', ')}`, paint: (line: string) => line };
  return none.length === 0 ? judged : [...judged, gap];
}
