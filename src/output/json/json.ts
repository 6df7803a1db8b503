import { nearestMargin } from '../../claims/margins.js';
import type { SeedsTaken } from '../../measure/enough-seeds.js';
import type {
  ClaimResult,
  ConditionResult,
  ExperimentResult,
  Summary,
  VariantResult,
} from '../../measure/experiment-result.js';

/**
 * The object that `--json` prints. What has no value is null.
 * @param set what is not as the definition says, `path=value` each
 */
export function toJson(
  result: ExperimentResult,
  files: readonly string[],
  set: readonly string[] = [],
) {
  return {
    experiment: result.id,
    version: result.version,
    definition_hash: result.definitionHash,
    set,
    seeds: result.seeds,
    precision: precisionJson(result),
    duration_s: result.durationS,
    warmup_s: result.warmupS,
    sample_s: result.sampleS,
    variants: Object.fromEntries(
      result.variants.map((variant) => [variant.id, variantJson(variant)]),
    ),
    claims: result.claims.map(claimJson),
    unjudged: result.unjudged,
    files,
  };
}

/** How many seeds intervals took, and why; null if there was no such wish. */
export function precisionJson({ seedsTaken }: { readonly seedsTaken?: SeedsTaken }) {
  if (seedsTaken === undefined) return null;
  const { precision, seeds, isReached, decidedBy, notAsked } = seedsTaken;
  return {
    points: precision.points,
    relative_pct: precision.relativePct,
    seeds,
    reached: isReached,
    decided_by: decidedBy && {
      name: decidedBy.name,
      half_width: finite(decidedBy.halfWidth),
      allowed: finite(decidedBy.allowed),
      unit: decidedBy.unit,
    },
    not_asked: notAsked,
  };
}

/**
 * The object that `--json` prints for all experiments: by id what each alone prints, then all
 * claims.
 * @param files by result, in the same order, and those that no single result has
 */
export function collectionToJson(
  results: readonly ExperimentResult[],
  { claims, unjudged }: Pick<ExperimentResult, 'claims' | 'unjudged'>,
  files: { readonly byResult: readonly (readonly string[])[]; readonly own: readonly string[] },
) {
  return {
    experiments: Object.fromEntries(
      results.map((result, r) => [result.id, toJson(result, files.byResult[r] ?? [])]),
    ),
    claims: claims.map(claimJson),
    unjudged,
    files: files.own,
  };
}

function variantJson({ title, summary, breakdown, counters }: VariantResult) {
  return {
    title,
    summary: Object.fromEntries(
      Object.entries(summary).map(([metric, one]) => [metric, summaryJson(one)]),
    ),
    breakdown,
    counters,
  };
}

function summaryJson({ mean, sd, ci95, n, unit }: Summary) {
  return { mean: finite(mean), sd, ci95, n, unit };
}

/** `measured` and `ci95` are those of the first condition, the claim's headline. */
export function claimJson({ id, figure, statement, paper, rule, ...claim }: ClaimResult) {
  const conditions = claim.conditions.map(conditionJson);
  const [headline] = conditions;
  const { margin, marginUnit } = nearestMargin(claim.conditions);
  return {
    id,
    figure,
    statement,
    paper,
    rule,
    reason: claim.reason,
    measured: headline?.measured ?? null,
    ci95: headline?.ci95 ?? null,
    unit: headline?.unit ?? null,
    verdict: claim.verdict,
    finding: claim.finding,
    basis: claim.basis,
    evidence: claim.evidence,
    conditions,
    alternatives: claim.alternatives.map(conditionJson),
    alternatives_not_run: claim.alternativesNotRun,
    causes: claim.causes.map(({ label, ...cause }) => ({ label, ...causeJson(cause) })),
    margin: finite(margin),
    margin_unit: marginUnit,
  };
}

/** A condition of a claim, as `--json` prints it. */
export function conditionJson(condition: ConditionResult) {
  const { label, rule, verdict, finding, margin, marginUnit, ...summary } = condition;
  return {
    label,
    ...causeJson(summary),
    rule,
    verdict,
    finding,
    margin: finite(margin),
    margin_unit: marginUnit,
  };
}

function causeJson({ mean, sd, ci95, n, unit }: Summary) {
  return { measured: finite(mean), sd, ci95, n, unit };
}

/** A number as JSON has it: null if there is no value. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
