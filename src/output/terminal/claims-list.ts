import { nearestMargin } from '../../claims/margins.js';
import type {
  CauseResult,
  ClaimResult,
  ConditionResult,
  Summary,
  UnjudgedClaim,
  Verdict,
} from '../../measure/experiment-result.js';
import { paperText } from '../words/claim-words.js';
import { formatNumber, meanText } from '../words/numbers.js';
import { padEnd, padStart, widthOf, wrap } from '../words/text.js';
import type { Ink } from './ink.js';

const FIELD_INDENT = 4;
const FIELD_WIDTH = 7;
/** Longer lines of prose are hard to read. */
const MAX_WIDTH = 110;

/** The claims one below another: statement, the paper's value, rule, ours, and the verdict. */
export function claimsList(claims: readonly ClaimResult[], ink: Ink, columns: number): string[] {
  const width = Math.min(columns, MAX_WIDTH);
  return claims.flatMap((claim, i) => [...(i === 0 ? [] : ['']), ...claimLines(claim, ink, width)]);
}

/** "Not judged: S2, S3 (variant offload was not run); ...", wrapped; empty if all were judged. */
export function unjudgedLines(unjudged: readonly UnjudgedClaim[], columns: number): string[] {
  if (unjudged.length === 0) return [];
  const reasons = [...new Set(unjudged.map(({ reason }) => reason))];
  const groups = reasons.map((reason) => {
    const ids = unjudged.filter((one) => one.reason === reason).map(({ id }) => id);
    return `${ids.join(', ')} (${reason})`;
  });
  return wrap(`Not judged: ${groups.join('; ')}.`, Math.min(columns, MAX_WIDTH));
}

/** A verdict for people, whatever they read: the mark tells a failure without colour. */
export function verdictText(verdict: Verdict, ink: Ink): string {
  if (verdict === 'fails') return `${ink.fails}fails`;
  return verdict === 'holds' ? `${ink.holds}holds` : 'undecided';
}

/** A claim's verdict, and how far it is met: "fails (right sign, too small to see)". */
export function claimVerdictText(
  { verdict, finding }: Pick<ClaimResult, 'verdict' | 'finding'>,
  ink: Ink,
): string {
  return `${verdictText(verdict, ink)}${inBrackets(finding)}`;
}

function inBrackets(finding: string): string {
  return finding === '' ? '' : ` (${finding})`;
}

/** The colour of a verdict, as a function that paints a text; the text itself in plain ink. */
export function verdictPaint(verdict: Verdict, ink: Ink): (text: string) => string {
  if (verdict === 'fails') return ink.bad;
  return verdict === 'holds' ? ink.good : ink.unsure;
}

/** "49.93 ± 0.05 %", held together by no-break spaces. */
export function measuredText(condition: Summary, ink: Ink): string {
  const mean = meanText(condition, `\u00a0${ink.plusMinus}\u00a0`);
  return `${mean}\u00a0${condition.unit}`.trimEnd();
}

/** A rule in words, each number held together with its unit. */
export function ruleText({ rule }: Pick<ClaimResult, 'rule'>): string {
  return rule.replace(/(\d) (?=[^\d\s;]+(;|$))/g, '$1\u00a0');
}

/** The rules of a claim's conditions, each after the condition's name if there are several. */
export function ruleTexts({ conditions }: ClaimResult): string[] {
  return conditions.map((condition) =>
    conditions.length < 2 ? ruleText(condition) : `${condition.label}: ${ruleText(condition)}`,
  );
}

/** Where the paper makes a claim: "figure 4", "figures 5 and 6" by its own words, or "text". */
export function figureText(figure: string): string {
  return /^\d/.test(figure) ? `figure ${figure}` : figure;
}

/** A number that shows why a claim comes out as it does: "VM: 18.6 ± 0.1 %". */
export function causeText(cause: CauseResult, ink: Ink): string {
  return `${cause.label}: ${measuredText(cause, ink)}`;
}

function claimLines(claim: ClaimResult, ink: Ink, width: number): string[] {
  const field = (name: string, text: string) => fieldLines(name, text, width);
  return [
    ...headLines(claim, ink, width),
    ...wrap(claim.statement, width - FIELD_INDENT).map((line) => ' '.repeat(FIELD_INDENT) + line),
    ...field('paper', paperText(claim)),
    ...ruleTexts(claim).flatMap((text, i) => field(i === 0 ? 'rule' : '', text)),
    ...claim.conditions.flatMap((condition, i) => {
      const lines = field(i === 0 ? 'ours' : '', conditionText(condition, claim, ink));
      return condition.verdict === 'fails' ? lines.map(ink.bad) : lines;
    }),
    ...othersTexts(claim, ink).flatMap((text, i) => field(i === 0 ? 'others' : '', text)),
    ...field('margin', marginText(claim, ink)),
    ...claim.causes.flatMap((cause, i) => field(i === 0 ? 'cause' : '', causeText(cause, ink))),
  ];
}

/** Id, figure and basis at the left, the verdict at the right or, if they do not fit, below. */
function headLines(claim: ClaimResult, ink: Ink, width: number): string[] {
  const { id, figure, basis, verdict } = claim;
  const left = wrap([id, figureText(figure), basis].join(ink.separator), width);
  const right = wrap(claimVerdictText(claim, ink), width);
  const paint = verdictPaint(verdict, ink);
  const paintLeft = verdict === 'fails' ? ink.bad : ink.bold;
  const [[only = ''], [text = '']] = [left, right];
  const fits = widthOf(only) + 2 + widthOf(text) <= width;
  if (left.length === 1 && right.length === 1 && fits) {
    return [paintLeft(only) + paint(padStart(text, width - widthOf(only)))];
  }
  return [...left.map(paintLeft), ...right.map(paint)];
}

/** A claim's own verdict is said above: the conditions' only if there are several. */
export function conditionText(condition: ConditionResult, claim: ClaimResult, ink: Ink): string {
  const text = `${condition.label}: ${measuredText(condition, ink)}`;
  return claim.conditions.length < 2 ? text : `${text}, ${verdictText(condition.verdict, ink)}`;
}

const ALTERNATIVE_VERDICTS: Readonly<Record<Verdict, string>> = {
  holds: 'reproduces it',
  fails: 'does not reproduce it',
  undecided: 'undecided',
};

/** A claim's alternatives, and how to get to those of which what was run does not tell. */
export function othersTexts(claim: ClaimResult, ink: Ink): string[] {
  const { id, alternatives, alternativesNotRun } = claim;
  const left = `${alternativesNotRun.length}${alternatives.length === 0 ? '' : ' more'}`;
  return [
    ...alternatives.map((one) => alternativeText(one, ink)),
    ...(alternativesNotRun.length === 0
      ? []
      : [`${left} not judged here: offloadcage verify ${id}`]),
  ];
}

/** An alternative with its verdict: "CFS: 50.01 ± 0.02 %, does not reproduce it". */
function alternativeText(alternative: ConditionResult, ink: Ink): string {
  const { label, verdict, finding } = alternative;
  const outcome = `${ALTERNATIVE_VERDICTS[verdict]}${inBrackets(finding)}`;
  return `${label}: ${measuredText(alternative, ink)}, ${outcome}`;
}

/** How far a mean is from what would change the verdict: "1.7 points inside the bound". */
export function marginText(claim: ClaimResult, ink: Ink): string {
  const { margin, marginUnit, label } = nearestMargin(claim.conditions);
  const which = claim.conditions.length < 2 ? '' : `${ink.separator}${label}`;
  if (margin === 0) return `on the bound${which}`;
  const size = Math.abs(margin);
  const number = formatNumber(size, size < 1 ? 2 : size < 100 ? 1 : 0);
  const distance = `${number}\u00a0${marginUnit}`.trimEnd();
  const side = margin < 0 ? 'outside the bound' : 'inside the bound';
  return Number.isFinite(margin) ? `${distance} ${side}${which}` : '-';
}

function fieldLines(name: string, text: string, width: number): string[] {
  const indent = ' '.repeat(FIELD_INDENT);
  return wrap(text, width - FIELD_INDENT - FIELD_WIDTH).map(
    (line, i) => indent + padEnd(i === 0 ? name : '', FIELD_WIDTH) + line,
  );
}
