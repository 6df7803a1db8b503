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
import type { Cause, Claim, Condition } from './claim.js';
import { differenceUnit, type Unmeasured, valuesOf } from './measures.js';
import { marginOf, ruleText, verdictOf } from './rule.js';

/** What becomes of claims: each is in one of the lists. */
export interface Judgement {
  readonly claims: readonly ClaimResult[];
  /** What was run does not tell: a variant, an experiment or a part of the time is missing. */
  readonly unjudged: readonly UnjudgedClaim[];
}

/** A condition's value and how it stands to the rule, before anything is concluded from it. */
export type MeasuredCondition = Omit<ConditionResult, 'verdict'>;

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
    rule: rulesText(conditions),
    reason,
    conditions,
    alternatives,
    alternativesNotRun,
    causes,
    verdict: together(conditions.map((condition) => condition.verdict)),
    basis,
  };
}

/** What a condition measures, or what it lacks. */
export function measureCondition(
  { rule, ...what }: Condition,
  claim: Claim,
  results: readonly MeasuredExperiment[],
): MeasuredCondition | Unmeasured {
  const measured = measureCause(what, claim, results);
  if ('missing' in measured) return measured;
  return {
    ...measured,
    rule: ruleText(rule, measured.unit),
    margin: marginOf(rule, measured.mean),
    marginUnit: differenceUnit(measured.unit),
  };
}

function judgeCondition(
  condition: Condition,
  claim: Claim,
  results: readonly MeasuredExperiment[],
): ConditionResult | Unmeasured {
  const measured = measureCondition(condition, claim, results);
  if ('missing' in measured) return measured;
  if (measured.ci95 === null) return withoutInterval(measured);
  return { ...measured, verdict: verdictOf(condition.rule, measured.ci95) };
}

/** One run says nothing about how much the next would differ. */
function withoutInterval({ n }: Interval): Unmeasured {
  return { missing: n === 0 ? 'no run has a value' : 'one seed has no interval' };
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

/** All conditions must be met: one that is not is enough to fail. */
function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fails')) return 'fails';
  return verdicts.includes('undecided') ? 'undecided' : 'holds';
}

/** "47.5 to 52.5 %", or each condition's rule after its name. */
function rulesText(conditions: readonly ConditionResult[]): string {
  return conditions.length === 1
    ? conditions.map(({ rule }) => rule).join()
    : conditions.map(({ label, rule }) => `${label}: ${rule}`).join('; ');
}
