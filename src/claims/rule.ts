import type { ConditionResult, Interval, Verdict } from '../measure/experiment-result.js';
import type { Rule } from './claim.js';

/**
 * A rule holds if the whole confidence interval obeys it, fails if none of it does, and is
 * undecided in between.
 */
export function verdictOf(rule: Rule, [from, to]: NonNullable<Interval['ci95']>): Verdict {
  if (rule.kind === 'outside') {
    return opposite(verdictOf({ ...rule, kind: 'between' }, [from, to]));
  }
  const [low, high] = boundsOf(rule);
  const open = rule.kind === 'moreThan';
  if (high < from || to < low || (open && to === low)) return 'fails';
  if (low <= from && to <= high && !(open && from === low)) return 'holds';
  return 'undecided';
}

/** How far a value is inside what a rule allows, in its unit; negative outside. */
export function marginOf(rule: Rule, value: number): number {
  if (rule.kind === 'outside') return -marginOf({ ...rule, kind: 'between' }, value);
  const [low, high] = boundsOf(rule);
  return Math.min(value - low, high - value);
}

/** A rule in words, e.g. "47.5 to 52.5 %". */
export function ruleText(rule: Rule, unit: string): string {
  return `${boundsText(rule)} ${unit}`.trimEnd();
}

/** A claim's rule: that of its condition, or each condition's after its name. */
export function allRulesText(
  conditions: readonly Pick<ConditionResult, 'label' | 'rule'>[],
): string {
  return conditions
    .map(({ label, rule }) => (conditions.length === 1 ? rule : `${label}: ${rule}`))
    .join('; ');
}

function opposite(verdict: Verdict): Verdict {
  if (verdict === 'undecided') return verdict;
  return verdict === 'holds' ? 'fails' : 'holds';
}

function boundsOf(rule: Exclude<Rule, { kind: 'outside' }>): readonly [number, number] {
  switch (rule.kind) {
    case 'between':
      return [rule.low, rule.high];
    case 'atMost':
      return [Number.NEGATIVE_INFINITY, rule.high];
    default:
      return [rule.low, Number.POSITIVE_INFINITY];
  }
}

function boundsText(rule: Rule): string {
  switch (rule.kind) {
    case 'between':
      return `${rule.low} to ${rule.high}`;
    case 'outside':
      return `not ${rule.low} to ${rule.high}`;
    case 'atLeast':
      return `at least ${rule.low}`;
    case 'atMost':
      return `at most ${rule.high}`;
    case 'moreThan':
      return `more than ${rule.low}`;
  }
}
