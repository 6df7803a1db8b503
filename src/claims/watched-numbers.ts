import { differenceUnit } from '../measure/difference.js';
import type { ExperimentResult, Summary } from '../measure/experiment-result.js';
import type { WatchedNumber } from '../measure/precision.js';
import type { MeasuredExperiment } from '../run/runner.js';
import type { Claim } from './claim.js';
import { judge } from './judge.js';

/**
 * By result, the numbers that verdicts on the claims hang on. A claim may look at several results;
 * what cannot be judged, and what has no part in the verdict, is left out.
 */
export function judgedNumbers(
  claims: readonly Claim[],
  results: readonly MeasuredExperiment[],
): WatchedNumber[][] {
  const judged = judge(claims, results).claims.flatMap(({ id, conditions }) => {
    const claim = claims.find((one) => one.id === id);
    return conditions.map((condition, i) => ({
      experiment: claim?.conditions[i]?.experiment ?? claim?.experiment,
      number: watched(`${id}, ${condition.label}`, condition),
    }));
  });
  return results.map((result) =>
    judged.flatMap(({ experiment, number }) => (experiment === result.id ? number : [])),
  );
}

/** The means of what a result's figures draw; without figures, of what its table shows. */
export function shownNumbers({
  figures,
  variants,
}: Pick<ExperimentResult, 'figures' | 'variants'>): WatchedNumber[] {
  const lines = figures.flatMap((figure) => figure.lines);
  return variants.flatMap(({ id, headlines, summary }) => {
    const drawn = lines.flatMap(({ variant, metric }) => (variant === id ? metric : []));
    return [...new Set(lines.length === 0 ? headlines : drawn)].flatMap((metric) => {
      const mean = summary[metric];
      return mean === undefined ? [] : watched(`${id}, ${metric}`, mean);
    });
  });
}

/** Nothing if no seed has a value: more seeds would not change that. */
function watched(name: string, summary: Summary): WatchedNumber[] {
  const { n, unit } = summary;
  return n === 0 ? [] : [{ name, unit: differenceUnit(unit), interval: summary }];
}
