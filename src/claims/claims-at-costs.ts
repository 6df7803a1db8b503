import type { Definition } from '../definition/definition.js';
import { withMachines, withValues } from '../definition/machines/machine-changes.js';
import type { ConditionResult, Interval, Verdict } from '../measure/experiment-result.js';
import type { Costs } from '../run/calibration/calibration.js';
import { type Conduct, type MeasuredExperiment, runExperiments } from '../run/runner.js';
import { type Claim, runsFor, withoutAsides } from './claim.js';
import { together } from './finding.js';
import { measureCondition } from './judge.js';
import { verdictOf } from './rule.js';

/** A claim on a machine with other costs. */
export interface ClaimAtCosts {
  readonly id: string;
  readonly verdict: Verdict;
  readonly conditions: readonly ConditionResult[];
}

/** How a variant with Snort fares. */
export interface ServedAtCosts {
  readonly variant: string;
  readonly title: string;
  readonly replies_rps: Interval;
  readonly missed_pct: Interval;
  readonly idle_pct: Interval;
}

export interface ClaimsAtCosts {
  readonly claims: readonly ClaimAtCosts[];
  readonly served: readonly ServedAtCosts[];
}

/**
 * Runs what claims need on machines with these costs, with the definitions' own seeds, so that
 * the shipped costs give the shipped values.
 * @param definitions those that the claims are about
 */
export async function claimsAtCosts(
  claims: readonly Claim[],
  definitions: readonly Definition[],
  costs: Costs,
  conduct: Conduct,
): Promise<ClaimsAtCosts> {
  const bare = withoutAsides(claims);
  const runs = runsFor(bare);
  const wanted = definitions.map((definition) => ({
    definition: withMachines(definition, (machine) => withValues(machine, costs)),
    variants: [...(runs.get(definition.id) ?? [])],
  }));
  const results = await runExperiments(wanted, conduct);
  return {
    claims: bare.map((claim) => claimOf(claim, results)),
    served: results.flatMap(({ id, variants }) => (id === 'snort' ? variants.map(servedOf) : [])),
  };
}

function claimOf(claim: Claim, results: readonly MeasuredExperiment[]): ClaimAtCosts {
  const conditions = claim.conditions.map((condition): ConditionResult => {
    const measured = measureCondition(condition, claim, results);
    if ('missing' in measured) throw new Error(`${claim.id}: ${measured.missing}`);
    const { mean, ci95 } = measured;
    const verdict = verdictOf(condition.rule, ci95 ?? [mean, mean]);
    return { ...measured, verdict, finding: condition.words?.[verdict] ?? '' };
  });
  const verdict = together(conditions.map((condition) => condition.verdict));
  return { id: claim.id, verdict, conditions };
}

function servedOf({ id, title, summary }: MeasuredExperiment['variants'][number]): ServedAtCosts {
  const of = (metric: string): Interval =>
    summary[metric] ?? { mean: Number.NaN, sd: null, ci95: null, n: 0 };
  return {
    variant: id,
    title,
    replies_rps: of('throughput_rps'),
    missed_pct: of('ids_missed_packets_pct'),
    idle_pct: of('idle_pct'),
  };
}
