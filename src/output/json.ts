import type {
  ClaimResult,
  ConditionResult,
  ExperimentResult,
  Summary,
  VariantResult,
} from '../experiments/result.js';

/** The object that `--json` prints. What has no value is null. */
export function toJson(result: ExperimentResult, files: readonly string[]) {
  return {
    experiment: result.id,
    version: result.version,
    definition_hash: result.definitionHash,
    seeds: result.seeds,
    duration_s: result.durationS,
    warmup_s: result.warmupS,
    sample_s: result.sampleS,
    variants: Object.fromEntries(
      result.variants.map((variant) => [variant.id, variantJson(variant)]),
    ),
    claims: result.claims.map(claimJson),
    files,
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
function claimJson({ id, figure, statement, paper, rule, ...claim }: ClaimResult) {
  const conditions = claim.conditions.map(conditionJson);
  const [headline] = conditions;
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
    basis: claim.basis,
    conditions,
  };
}

function conditionJson({ label, mean, sd, ci95, n, unit, verdict }: ConditionResult) {
  return { label, measured: finite(mean), sd, ci95, n, unit, verdict };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
