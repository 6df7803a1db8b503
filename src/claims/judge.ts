import type {
  CauseResult,
  ClaimResult,
  ConditionResult,
  ExperimentResult,
  Interval,
  UnjudgedClaim,
  Verdict,
} from '../experiments/result.js';
import type { MeasuredExperiment } from '../experiments/runner.js';
import { summarize } from '../experiments/statistics.js';
import { claimsAbout } from './catalog.js';
import type { Cause, Claim, Condition, Rule } from './claim.js';
import { type Unmeasured, valuesOf } from './measures.js';

/** What becomes of claims: each is in one of the lists. */
export interface Judgement {
  readonly claims: readonly ClaimResult[];
  /** What was run does not tell: a variant, an experiment or a part of the time is missing. */
  readonly unjudged: readonly UnjudgedClaim[];
}

/** Judges the claims by the experiments that were run. */
export function judge(claims: readonly Claim[], results: readonly MeasuredExperiment[]): Judgement {
  const judged: ClaimResult[] = [];
  const unjudged: UnjudgedClaim[] = [];
  for (const claim of claims) {
    const outcome = judgeClaim(claim, results);
    if ('missing' in outcome) {
      const { id, figure, statement } = claim;
      unjudged.push({ id, figure, statement, reason: outcome.missing });
    } else {
      judged.push(outcome);
    }
  }
  return { claims: judged, unjudged };
}

/** A result with the claims for which its experiment is needed, judged by it alone. */
export function withOwnClaims(result: MeasuredExperiment): ExperimentResult {
  return { ...result, ...judge(claimsAbout(result.id), [result]) };
}

/** A claim's verdict, or what it lacks. */
export function judgeClaim(
  claim: Claim,
  results: readonly MeasuredExperiment[],
): ClaimResult | Unmeasured {
  const conditions: ConditionResult[] = [];
  for (const condition of claim.conditions) {
    const judged = judgeCondition(condition, claim, results);
    if ('missing' in judged) return judged;
    conditions.push(judged);
  }
  const alternatives: ConditionResult[] = [];
  const alternativesNotRun: string[] = [];
  for (const alternative of claim.alternatives ?? []) {
    const judged = judgeCondition(alternative, claim, results);
    if ('missing' in judged) alternativesNotRun.push(alternative.label);
    else alternatives.push(judged);
  }
  const causes = claim.causes.flatMap((cause) => {
    const measured = measureCause(cause, claim, results);
    return 'missing' in measured ? [] : [measured];
  });
  const { id, figure, statement, paper, reason, basis } = claim;
  return {
    id,
    figure,
    statement,
    paper,
    rule: ruleText(claim, conditions),
    reason,
    conditions,
    alternatives,
    alternativesNotRun,
    causes,
    verdict: together(conditions.map((condition) => condition.verdict)),
    basis,
  };
}

function judgeCondition(
  { rule, ...what }: Condition,
  claim: Claim,
  results: readonly MeasuredExperiment[],
): ConditionResult | Unmeasured {
  const measured = measureCause(what, claim, results);
  if ('missing' in measured) return measured;
  return { ...measured, verdict: verdictOf(rule, measured), margin: marginOf(rule, measured.mean) };
}

function measureCause(
  { label, experiment, measure }: Cause,
  claim: Claim,
  results: readonly MeasuredExperiment[],
): CauseResult | Unmeasured {
  const id = experiment ?? claim.experiment;
  const result = results.find((one) => one.id === id);
  if (result === undefined) {
    return { missing: `needs experiment ${id}, too: reproduce all` };
  }
  const measured = valuesOf(measure, result.variants);
  if ('missing' in measured) return measured;
  return { label, ...summarize(measured.values), unit: measured.unit };
}

/**
 * A rule holds if the whole confidence interval obeys it, fails if none of it does, and is
 * undecided in between. Without an interval, that is with one seed, nothing is decided: one run
 * says nothing about how much the next would differ.
 */
export function verdictOf(rule: Rule, interval: Interval): Verdict {
  if (interval.ci95 === null) return 'undecided';
  if (rule.kind === 'outside') return opposite(verdictOf({ ...rule, kind: 'between' }, interval));
  const [from, to] = interval.ci95;
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
