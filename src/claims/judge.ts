import { type Difference, valueText } from '../definition/differences.js';
import { differenceUnit } from '../measure/difference.js';
import type {
  CauseResult,
  ClaimResult,
  ConditionResult,
  ExperimentResult,
  Interval,
  UnjudgedClaim,
} from '../measure/experiment-result.js';
import { summarize } from '../measure/statistics.js';
import type { MeasuredExperiment } from '../run/runner.js';
import { claimsAbout } from './catalog.js';
import { type Alternative, type Cause, type Claim, type Condition, variantsOf } from './claim.js';
import { findingOf, together } from './finding.js';
import { nearestMargin } from './margins.js';
import { type Unmeasured, valuesOf } from './measures.js';
import { allRulesText, marginOf, ruleText, verdictOf } from './rule.js';

/** What becomes of claims: each is in one of the lists. */
export interface Judgement {
  readonly claims: readonly ClaimResult[];
  /** What was run does not tell: something is missing, or set up otherwise than shipped. */
  readonly unjudged: readonly UnjudgedClaim[];
}

/** A condition's value and how it stands to the rule, before anything is concluded from it. */
export type MeasuredCondition = Omit<ConditionResult, 'verdict' | 'finding'>;

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
    const judged = judgeAlternative(alternative, claim, results);
    if ('missing' in judged) alternativesNotRun.push(alternative.label);
    else alternatives.push(judged);
  }
  const causes = claim.causes.flatMap((cause) => {
    const measured = unlikeShipped(cause, claim, results) ?? measureCause(cause, claim, results);
    return 'missing' in measured ? [] : [measured];
  });
  const { id, figure, statement, paper, reason, basis, evidence } = claim;
  return {
    id,
    figure,
    statement,
    paper,
    rule: allRulesText(conditions),
    reason,
    conditions,
    alternatives,
    alternativesNotRun,
    causes,
    verdict: together(conditions.map((condition) => condition.verdict)),
    finding: findingOf(conditions),
    basis,
    evidence,
  };
}

/** What a condition measures, or what it lacks. */
export function measureCondition(
  { rule, words: _, ...what }: Condition,
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
  const measured =
    unlikeShipped(condition, claim, results) ?? measureCondition(condition, claim, results);
  if ('missing' in measured) return measured;
  if (measured.ci95 === null) return withoutInterval(measured);
  const verdict = verdictOf(condition.rule, measured.ci95);
  return { ...measured, verdict, finding: condition.words?.[verdict] ?? '' };
}

/** All criteria of an alternative at once: it is one number, of which one thing is said. */
function judgeAlternative(
  { criteria, ...what }: Alternative,
  claim: Claim,
  results: readonly MeasuredExperiment[],
): ConditionResult | Unmeasured {
  const judged: ConditionResult[] = [];
  for (const criterion of criteria) {
    const one = judgeCondition({ ...what, ...criterion }, claim, results);
    if ('missing' in one) return one;
    judged.push(one);
  }
  return {
    ...nearestMargin(judged),
    rule: judged.map(({ rule }) => rule).join(' and '),
    verdict: together(judged.map(({ verdict }) => verdict)),
    finding: findingOf(judged),
  };
}

/**
 * Why a measure tells nothing about a claim although it can be taken: the claim is about the
 * shipped set-up, and what was run is another one of the same names.
 */
function unlikeShipped(
  { experiment, measure }: Cause,
  claim: Claim,
  results: readonly MeasuredExperiment[],
): Unmeasured | null {
  const id = experiment ?? claim.experiment;
  const result = results.find((one) => one.id === id);
  const read = result?.variants.filter((variant) => variantsOf(measure).includes(variant.id)) ?? [];
  const texts = read.flatMap((variant) => variant.unlikeShipped.map(differenceText));
  const [first, second, third, ...more] = new Set(texts);
  if (first === undefined) return null;
  const some = [first, second, third].filter((text) => text !== undefined);
  const rest = more.length === 0 ? [] : [`${more.length} more`];
  return { missing: `not the shipped ${id}: ${listed([...some, ...rest])}` };
}

function differenceText({ setting, first, here }: Difference): string {
  if (here === null) return `${setting} is missing`;
  if (first === null) return `${setting} is new`;
  return `${setting} is ${valueText(here)} instead of ${valueText(first)}`;
}

/** "a, b and c". */
function listed(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} and ${last}`;
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
