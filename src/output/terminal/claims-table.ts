import type { ClaimResult } from '../../measure/experiment-result.js';
import { paperText } from '../words/claim-words.js';
import { padEnd, widthOf, wrap } from '../words/text.js';
import { claimRows } from './claim-lines.js';
import {
  causeText,
  claimVerdictText,
  conditionText,
  marginText,
  othersTexts,
  ruleTexts,
  verdictPaint,
} from './claims-list.js';
import type { Ink } from './ink.js';

const GAP = 2;

interface Column {
  readonly head: string;
  /** Texts of a cell, each on lines of its own. */
  readonly texts: (claim: ClaimResult, ink: Ink) => readonly string[];
  /** Part of the width that columns without this leave; those fit their texts. */
  readonly share?: number;
}

interface Layout extends Column {
  readonly width: number;
}

const ID: Column = { head: 'Claim', texts: ({ id }) => [id] };
const FIGURE: Column = { head: 'Fig.', texts: ({ figure }) => [figure] };
const VERDICT: Column = {
  head: 'Verdict',
  texts: (claim, ink) => [claimVerdictText(claim, ink)],
};
const BASIS: Column = { head: 'Basis', texts: ({ basis }) => [basis] };
const STATEMENT: Column = { head: 'Statement', texts: ({ statement }) => [statement], share: 0.38 };
const PAPER: Column = { head: 'Paper', texts: (claim) => [paperText(claim)], share: 0.17 };
const RULE: Column = { head: 'Rule', texts: ruleTexts, share: 0.17 };

function ours(claim: ClaimResult, ink: Ink): string[] {
  return claim.conditions.map((condition) => conditionText(condition, claim, ink));
}

const OURS: Column = { head: 'Ours', texts: ours, share: 0.28 };

/** With alternatives, margin and causes, told from the conditions by a line between. */
const OURS_IN_FULL: Column = {
  ...OURS,
  texts: (claim, ink) => [
    ...ours(claim, ink),
    ...headed('others:', othersTexts(claim, ink)),
    `margin: ${marginText(claim, ink)}`,
    ...headed(
      'cause:',
      claim.causes.map((cause) => causeText(cause, ink)),
    ),
  ],
};

function headed(head: string, texts: readonly string[]): readonly string[] {
  return texts.length === 0 ? [] : [head, ...texts];
}

const WIDE = [ID, FIGURE, STATEMENT, PAPER, RULE, OURS, VERDICT, BASIS];
/** Columns without a share take no more than this; what claims of ours say is shorter. */
const MAX_FITTING = 12;

/** Terminals at least this wide have room for all of a claim in a table. */
export const CLAIMS_TABLE_COLUMNS = 140;

/** The claims as a table, a row each; cells wrap. For at least `CLAIMS_TABLE_COLUMNS`. */
export function claimsTable(claims: readonly ClaimResult[], ink: Ink, columns: number): string[] {
  const chosen = WIDE.map((column) => (column === OURS ? OURS_IN_FULL : column));
  return tableLines(claims, ink, layoutOf(chosen, claims, ink, columns));
}

/** The same without alternatives and causes; where there is no room for a table, a line each. */
export function claimsOverview(
  claims: readonly ClaimResult[],
  ink: Ink,
  columns: number,
): string[] {
  return columns < CLAIMS_TABLE_COLUMNS
    ? claimRows(claims, ink, columns)
    : tableLines(claims, ink, layoutOf(WIDE, claims, ink, columns));
}

function layoutOf(
  chosen: readonly Column[],
  claims: readonly ClaimResult[],
  ink: Ink,
  columns: number,
): Layout[] {
  const fitting = ({ head, texts }: Column) => {
    const widths = claims.flatMap((claim) => texts(claim, ink).map(widthOf));
    return Math.min(MAX_FITTING, Math.max(widthOf(head), ...widths));
  };
  const narrow = chosen.filter(({ share }) => share === undefined).map(fitting);
  const left = columns - sum(narrow) - (chosen.length - 1) * GAP;
  return chosen.map((column) => ({
    ...column,
    width: column.share === undefined ? fitting(column) : Math.floor(left * column.share),
  }));
}

function tableLines(claims: readonly ClaimResult[], ink: Ink, layout: readonly Layout[]): string[] {
  const heads = rowLines(
    layout.map(({ head }) => [head]),
    layout,
  );
  const rule = ink.rule.repeat(sum(layout.map(({ width }) => GAP + width)) - GAP);
  const rows = claims.flatMap((claim, i) => [
    ...(i === 0 ? [] : ['']),
    ...claimRow(claim, ink, layout),
  ]);
  return [...heads.map(ink.bold), rule, ...rows];
}

function claimRow(claim: ClaimResult, ink: Ink, layout: readonly Layout[]): string[] {
  const lines = rowLines(
    layout.map(({ texts }) => texts(claim, ink)),
    layout,
  );
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
