import type { Finding } from '../../claims/sensitivity/findings.js';
import type { Ink } from '../terminal/ink.js';
import { formatNumber } from '../words/numbers.js';
import { padEnd, padStart, widthOf } from '../words/text.js';

const HEAD = ['Claim', 'Margin', 'Borne out', 'Decided by'];
const GAP = '  ';
const INDENT = 4;

/**
 * How often each claim is borne out with all costs varied, and which cost decides it, with the rank
 * correlation of the two. What decides it goes to a line of its own where there is no room.
 */
export function survivalTable(findings: readonly Finding[], ink: Ink, columns: number): string[] {
  const rows = findings.map(cellsOf);
  const widths = HEAD.map((_, i) =>
    Math.max(...[HEAD, ...rows].map((row) => widthOf(row[i] ?? ''))),
  );
  const width = widths.reduce((sum, one) => sum + GAP.length + one, -GAP.length);
  const fits = width <= columns;
  const line = (cells: readonly string[]) => {
    const [claim = '', margin = '', part = '', cost = ''] = cells;
    const start = [
      padEnd(claim, widths[0] ?? 0),
      padStart(margin, widths[1] ?? 0),
      padStart(part, widths[2] ?? 0),
    ].join(GAP);
    return fits ? [start + GAP + cost] : [start, ' '.repeat(INDENT) + cost];
  };
  return [
    ...line(HEAD).map(ink.bold),
    ink.rule.repeat(Math.min(width, columns)),
    ...rows.flatMap(line),
  ];
}

function cellsOf({ claim, margin, unit, survivesPct, decidedBy }: Finding): string[] {
  return [
    claim,
    `${formatNumber(margin)} ${unit}`.trimEnd(),
    Number.isFinite(survivesPct) ? `${formatNumber(survivesPct, 0)} %` : '-',
    decidedBy === null
      ? 'none by itself'
      : `${decidedBy.cost} (${formatNumber(decidedBy.correlation, 2)})`,
  ];
}
