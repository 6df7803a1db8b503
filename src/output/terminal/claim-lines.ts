import type { ClaimResult, ConditionResult } from '../../measure/experiment-result.js';
import {
  type ClaimsPart,
  claimParts,
  type JudgedClaims,
  noEvidenceTexts,
  PAPERS,
  verdictCounts,
} from '../words/claim-words.js';
import { padEnd, widthOf, wrap } from '../words/text.js';
import { measuredText, unjudgedLines, verdictPaint, verdictText } from './claims-list.js';
import type { Ink } from './ink.js';

const GAP = 2;
/** Below this the names of conditions would be broken too often: the values go below them. */
const MIN_LABEL = 18;

/** What is said of one condition; id and verdict with a claim's first only, its finding last. */
interface Line {
  readonly id: string;
  readonly verdict: string;
  readonly label: string;
  readonly ours: string;
  readonly rule: string;
  readonly finding: string;
  readonly paint: (text: string) => string;
}

const HEAD = { id: '', verdict: 'Verdict', label: 'What', ours: 'Ours', rule: 'Rule', finding: '' };

/** The claims in short: how many hold, a line each, and at last what was not judged, and why. */
export function claimLines(judged: JudgedClaims, ink: Ink, columns: number): string[] {
  return claimParts(PAPERS, judged).flatMap((part, i) => [
    ...(i === 0 ? [] : ['']),
    ...partLines(part, ink, columns),
  ]);
}

function partLines({ title, judged }: ClaimsPart, ink: Ink, columns: number): string[] {
  const heading = `${title}: ${verdictCounts(judged)}`;
  const rows = claimRows(judged.claims, ink, columns);
  const missing = unjudgedLines(judged.unjudged, columns);
  return [
    ...wrap(heading, columns).map(ink.bold),
    ...(rows.length === 0 ? [] : ['', ...rows]),
    ...(missing.length === 0 ? [] : ['', ...missing]),
  ];
}

/**
 * A line per claim: id, verdict, ours against the rule. Further conditions go below its first, and
 * below them how far they are met; the last lines say which claims are no evidence.
 */
export function claimRows(claims: readonly ClaimResult[], ink: Ink, columns: number): string[] {
  const lines = claims.flatMap((claim) => linesOf(claim, ink));
  if (lines.length === 0) return [];
  const notes = noEvidenceTexts(claims).flatMap((note) => wrap(note, columns));
  return [...layout(lines, ink, columns), ...notes];
}

function linesOf(claim: ClaimResult, ink: Ink): Line[] {
  const paint =
    claim.verdict === 'holds' ? (text: string) => text : verdictPaint(claim.verdict, ink);
  return claim.conditions.map((condition, i) => ({
    id: i === 0 ? claim.id : '',
    verdict: i === 0 ? plainSpaces(verdictText(claim.verdict, ink)) : '',
    label: condition.label,
    ours: plainSpaces(measuredText(condition, ink)),
    rule: boundsOf(condition),
    finding: i === claim.conditions.length - 1 ? claim.finding : '',
    paint,
  }));
}

/** With plain spaces: these columns are as wide as their texts, so that none is broken. */
function plainSpaces(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

/** The rule without its unit, which stands beside it. */
function boundsOf({ rule, unit }: ConditionResult): string {
  return rule.endsWith(` ${unit}`) ? rule.slice(0, -unit.length - 1) : rule;
}

function layout(lines: readonly Line[], ink: Ink, columns: number): string[] {
  const head: Line = { ...HEAD, paint: ink.bold };
  const width = (texts: (line: Line) => string) =>
    Math.max(...[head, ...lines].map((line) => widthOf(texts(line))));
  const id = width((line) => line.id);
  const verdict = width((line) => line.verdict);
  const ours = width((line) => line.ours);
  const rule = width((line) => line.rule);
  const indent = id + verdict + 2 * GAP;
  const label = Math.min(
    width((line) => line.label),
    columns - indent - ours - rule - 2 * GAP,
  );
  const isNarrow = label < MIN_LABEL;
  const gap = ' '.repeat(GAP);
  const below = (text: string) => ' '.repeat(indent) + text;
  return [head, ...lines].flatMap((line) => {
    const start = padEnd(line.id, id) + gap + padEnd(line.verdict, verdict) + gap;
    const [first = '', ...more] = wrap(line.label, isNarrow ? columns - indent : label);
    const values = `${line.ours} (${line.rule})`;
    const finding = line.finding === '' ? [] : wrap(line.finding, columns - indent).map(below);
    const texts = isNarrow
      ? [start + first, ...[...more, ...wrap(values, columns - indent)].map(below)]
      : [
          [start + padEnd(first, label), padEnd(line.ours, ours), line.rule].join(gap),
          ...more.map(below),
        ];
    return [...texts, ...finding].map(line.paint);
  });
}
