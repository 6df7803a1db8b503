import type { ClaimResult } from '../experiments/result.js';
import { conditionText, ruleText, verdictPaint, verdictText } from './claims-list.js';
import type { Ink } from './ink.js';
import { padEnd, widthOf, wrap } from './text.js';

const GAP = 2;

/** Columns whose width is shared out of what the narrow ones leave, by these parts. */
const SHARES = { statement: 0.38, paper: 0.17, rule: 0.17, ours: 0.28 };

interface Layout {
  readonly head: string;
  readonly width: number;
}

/** Terminals at least this wide have room for the claims as a table. */
export const CLAIMS_TABLE_COLUMNS = 140;

/** The claims as a table, a row each; cells wrap. For at least `CLAIMS_TABLE_COLUMNS`. */
export function claimsTable(claims: readonly ClaimResult[], ink: Ink, columns: number): string[] {
  const layout = layoutOf(claims, ink, columns);
  const heads = rowLines(
    layout.map(({ head }) => [head]),
    layout,
  );
  const rule = ink.rule.repeat(layout.reduce((sum, { width }) => sum + GAP + width, -GAP));
  const rows = claims.flatMap((claim, i) => [
    ...(i === 0 ? [] : ['']),
    ...claimRow(claim, ink, layout),
  ]);
  return [...heads.map(ink.bold), rule, ...rows];
}

function layoutOf(claims: readonly ClaimResult[], ink: Ink, columns: number): Layout[] {
  const fitting = (head: string, texts: readonly string[], most: number): Layout => ({
    head,
    width: Math.min(most, Math.max(widthOf(head), ...texts.map(widthOf))),
  });
  const id = fitting(
    'Claim',
    claims.map((claim) => claim.id),
    10,
  );
  const figure = fitting(
    'Fig.',
    claims.map((claim) => claim.figure),
    10,
  );
  const verdict = fitting(
    'Verdict',
    claims.map((claim) => verdictText(claim.verdict, ink)),
    12,
  );
  const basis = fitting(
    'Basis',
    claims.map((claim) => claim.basis),
    10,
  );
  const narrow = [id, figure, verdict, basis].reduce((sum, { width }) => sum + width, 0);
  const left = columns - narrow - 7 * GAP;
  const shared = (head: string, share: number): Layout => ({
    head,
    width: Math.floor(left * share),
  });
  return [
    id,
    figure,
    shared('Statement', SHARES.statement),
    shared('Paper', SHARES.paper),
    shared('Rule', SHARES.rule),
    shared('Ours', SHARES.ours),
    verdict,
    basis,
  ];
}

function claimRow(claim: ClaimResult, ink: Ink, layout: readonly Layout[]): string[] {
  const ours = claim.conditions.map((condition) => conditionText(condition, claim, ink));
  const cells = [
    [claim.id],
    [claim.figure],
    [claim.statement],
    [claim.paper],
    [ruleText(claim)],
    ours,
    [verdictText(claim.verdict, ink)],
    [claim.basis],
  ];
  const lines = rowLines(cells, layout);
  const paint = verdictPaint(claim.verdict, ink);
  return claim.verdict === 'holds' ? lines : lines.map(paint);
}

function rowLines(cells: readonly (readonly string[])[], layout: readonly Layout[]): string[] {
  const wrapped = layout.map(({ width }, i) =>
    (cells[i] ?? []).flatMap((text) => wrap(text, width)),
  );
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y) =>
    layout
      .map(({ width }, i) => padEnd(wrapped[i]?.[y] ?? '', width))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}
