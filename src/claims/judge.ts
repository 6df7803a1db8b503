import type { ClaimResult, ConditionResult, Interval, Verdict } from '../experiments/result.js';
import type { MeasuredExperiment, MeasuredVariant } from '../experiments/runner.js';
import { summarize } from '../experiments/statistics.js';
import { claimsAbout } from './catalog.js';
import type { Claim, Condition, Rule } from './claim.js';
import { valuesOf } from './measures.js';

/** Judges the claims about an experiment whose variants were all run; the others are left out. */
export function judge(result: MeasuredExperiment): ClaimResult[] {
  return claimsAbout(result.id).flatMap((claim) => judgeClaim(claim, result.variants) ?? []);
}

/** A claim's verdict; null if a variant or metric that it needs was not run. */
export function judgeClaim(claim: Claim, variants: readonly MeasuredVariant[]): ClaimResult | null {
  const conditions: ConditionResult[] = [];
  for (const condition of claim.conditions) {
    const judged = judgeCondition(condition, variants);
    if (judged === null) return null;
    conditions.push(judged);
  }
  const { id, figure, statement, paper, reason, basis } = claim;
  return {
    id,
    figure,
    statement,
    paper,
    rule: ruleText(claim, conditions),
    reason,
    conditions,
    verdict: together(conditions.map((condition) => condition.verdict)),
    basis,
  };
}

function judgeCondition(
  { label, measure, rule }: Condition,
  variants: readonly MeasuredVariant[],
): ConditionResult | null {
  const measured = valuesOf(measure, variants);
  if (measured === null) return null;
  const interval = summarize(measured.values);
  return { label, ...interval, unit: measured.unit, verdict: verdictOf(rule, interval) };
}

/**
 * A rule holds if the whole confidence interval obeys it, fails if none of it does, and is
 * undecided in between. Without an interval, that is with one seed, nothing is decided: one run
 * says nothing about how much the next would differ.
 */
export function verdictOf(rule: Rule, { ci95 }: Interval): Verdict {
  if (ci95 === null) return 'undecided';
  const [from, to] = ci95;
  const [low, high] = boundsOf(rule);
  const open = rule.kind === 'moreThan';
  if (high < from || to < low || (open && to === low)) return 'fails';
  if (low <= from && to <= high && !(open && from === low)) return 'holds';
  return 'undecided';
}

function boundsOf(rule: Rule): readonly [number, number] {
  switch (rule.kind) {
    case 'between':
      return [rule.low, rule.high];
    case 'atMost':
      return [Number.NEGATIVE_INFINITY, rule.high];
    default:
      return [rule.low, Number.POSITIVE_INFINITY];
  }
}

/** All conditions must be met: one that is not is enough to fail. */
function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fails')) return 'fails';
  return verdicts.includes('undecided') ? 'undecided' : 'holds';
}

/** A claim's rule in words, e.g. "47.5 to 52.5 %". */
function ruleText({ conditions }: Claim, results: readonly ConditionResult[]): string {
  return conditions
    .map(({ rule }, i) => `${boundsText(rule)} ${results[i]?.unit ?? ''}`.trimEnd())
    .join('; ');
}

function boundsText(rule: Rule): string {
  switch (rule.kind) {
    case 'between':
      return `${rule.low} to ${rule.high}`;
    case 'atLeast':
      return `at least ${rule.low}`;
    case 'atMost':
      return `at most ${rule.high}`;
    case 'moreThan':
      return `more than ${rule.low}`;
  }
}
