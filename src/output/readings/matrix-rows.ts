import type { Cell, Matrix } from '../../claims/readings/matrix.js';
import { ruleText } from '../../claims/rule.js';
import type { ConditionResult, Verdict } from '../../measure/experiment-result.js';
import type { Ink } from '../terminal/ink.js';
import { formatNumber } from '../words/numbers.js';

/** One condition of a claim, under each reading. */
export interface MatrixRow {
  /** Of the claim. */
  readonly id: string;
  readonly label: string;
  readonly rule: string;
  /** By reading; null where there is no verdict. */
  readonly cells: readonly (ConditionResult | null)[];
}

/** The matrix by conditions: a claim with two has two rows. */
export function matrixRows({ claims, columns }: Matrix): MatrixRow[] {
  return claims.flatMap(({ id, conditions }, c) =>
    conditions.map(({ label, rule }, i): MatrixRow => {
      const cells = columns.map(({ cells: own }) => conditionIn(own[c], i));
      const known = cells.find((cell) => cell !== null);
      return { id, label, rule: known?.rule ?? ruleText(rule, ''), cells };
    }),
  );
}

/** What cannot be asked or judged, and why: each reason once, with the claims and readings. */
export function gapTexts({ claims, columns }: Matrix): string[] {
  const places = new Map<string, Map<string, string[]>>();
  columns.forEach(({ reading, cells }) => {
    cells.forEach((cell, c) => {
      if (cell.kind === 'judged') return;
      const text = `${cell.kind}: ${cell.reason}`;
      const byReading = places.get(text) ?? new Map<string, string[]>();
      byReading.set(reading.id, [...(byReading.get(reading.id) ?? []), claims[c]?.id ?? '']);
      places.set(text, byReading);
    });
  });
  return [...places].flatMap(([text, byReading]) => {
    const alike = new Map<string, string[]>();
    for (const [reading, ids] of byReading) {
      const key = ids.join(', ');
      alike.set(key, [...(alike.get(key) ?? []), reading]);
    }
    return [...alike].map(([ids, readings]) => `${ids} under ${readings.join(', ')} ${text}`);
  });
}

/** Mark and mean: "✔ 49.4"; "-" without a verdict. */
export function cellText(condition: ConditionResult | null, ink: Ink): string {
  if (condition === null) return '-';
  return `${markOf(condition.verdict, ink)}${shortNumber(condition.mean)}`;
}

/** The sign of a verdict with a space after it; there is none for what holds in plain ASCII. */
export function markOf(verdict: Verdict, ink: Ink): string {
  const mark = { holds: ink.holds, fails: ink.fails, undecided: '?\u00a0' }[verdict];
  return mark.replaceAll('\u00a0', ' ');
}

/** Few digits: a matrix is for comparing, the exact values are in the files. */
function shortNumber(value: number): string {
  return formatNumber(value, Math.abs(value) < 1000 ? 1 : 0);
}

function conditionIn(cell: Cell | undefined, index: number): ConditionResult | null {
  return cell?.kind === 'judged' ? (cell.claim.conditions[index] ?? null) : null;
}
