import type { ClaimResult, ConditionResult, Verdict } from '../experiments/result.js';
import type { Ink } from './ink.js';
import { decimalsFor, formatNumber, halfWidth } from './numbers.js';
import { padEnd, padStart, widthOf, wrap } from './text.js';

const FIELD_INDENT = 4;
const FIELD_WIDTH = 7;
/** Longer lines of prose are hard to read. */
const MAX_WIDTH = 110;

/** The claims one below another: statement, the paper's value, rule, ours, and the verdict. */
export function claimsList(claims: readonly ClaimResult[], ink: Ink, columns: number): string[] {
  const width = Math.min(columns, MAX_WIDTH);
  return claims.flatMap((claim, i) => [...(i === 0 ? [] : ['']), ...claimLines(claim, ink, width)]);
}

/** "5 hold, 1 undecided, 0 fail". */
export function verdictCounts(claims: readonly ClaimResult[]): string {
  const count = (verdict: Verdict) => claims.filter((claim) => claim.verdict === verdict).length;
  return `${count('holds')} hold, ${count('undecided')} undecided, ${count('fails')} fail`;
}

/** A verdict that can be told without colour: a failure is in capitals and has a mark. */
export function verdictText(verdict: Verdict, ink: Ink): string {
  if (verdict === 'fails') return `${ink.fails}FAILS`;
  return verdict === 'holds' ? `${ink.holds}holds` : 'undecided';
}

export function verdictPaint(verdict: Verdict, ink: Ink): (text: string) => string {
  if (verdict === 'fails') return ink.bad;
  return verdict === 'holds' ? ink.good : ink.unsure;
}

/** "49.93 ± 0.05 %", held together by no-break spaces. */
export function measuredText(condition: ConditionResult, ink: Ink): string {
  const decimals = decimalsFor(condition.mean);
  const half = halfWidth(condition);
  const spread = half === null ? '' : `\u00a0${ink.plusMinus}\u00a0${formatNumber(half, decimals)}`;
  return `${formatNumber(condition.mean, decimals)}${spread}\u00a0${condition.unit}`.trimEnd();
}

/** The rule, its numbers held together with their percent signs. */
export function ruleText({ rule }: ClaimResult): string {
  return rule.replaceAll(' %', '\u00a0%');
}

function claimLines(claim: ClaimResult, ink: Ink, width: number): string[] {
  const field = (name: string, text: string) => fieldLines(name, text, width);
  return [
    ...headLines(claim, ink, width),
    ...wrap(claim.statement, width - FIELD_INDENT).map((line) => ' '.repeat(FIELD_INDENT) + line),
    ...field('paper', claim.paper),
    ...field('rule', ruleText(claim)),
    ...claim.conditions.flatMap((condition, i) => {
      const lines = field(i === 0 ? 'ours' : '', conditionText(condition, claim, ink));
      return condition.verdict === 'fails' ? lines.map(ink.bad) : lines;
    }),
  ];
}

/** Id, figure and basis at the left, the verdict at the right or, if they do not fit, below. */
function headLines({ id, figure, basis, verdict }: ClaimResult, ink: Ink, width: number): string[] {
  const where = /^\d/.test(figure) ? `figure ${figure}` : figure;
  const left = wrap([id, where, basis].join(ink.separator), width);
  const [right = ''] = wrap(verdictText(verdict, ink), width);
  const paint = verdictPaint(verdict, ink);
  const paintLeft = verdict === 'fails' ? ink.bad : ink.bold;
  const [only = ''] = left;
  if (left.length === 1 && widthOf(only) + 2 + widthOf(right) <= width) {
    return [paintLeft(only) + paint(padStart(right, width - widthOf(only)))];
  }
  return [...left.map(paintLeft), paint(right)];
}

/** A claim's own verdict is said above: the conditions' only if there are several. */
export function conditionText(condition: ConditionResult, claim: ClaimResult, ink: Ink): string {
  const text = `${condition.label}: ${measuredText(condition, ink)}`;
  return claim.conditions.length < 2 ? text : `${text}, ${verdictText(condition.verdict, ink)}`;
}

function fieldLines(name: string, text: string, width: number): string[] {
  const indent = ' '.repeat(FIELD_INDENT);
  return wrap(text, width - FIELD_INDENT - FIELD_WIDTH).map(
    (line, i) => indent + padEnd(i === 0 ? name : '', FIELD_WIDTH) + line,
  );
}
