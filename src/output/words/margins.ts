import type { ClaimResult, ConditionResult } from '../../measure/experiment-result.js';

/** The condition of a claim that is nearest to a bound of its rule, or farthest outside. */
export function nearestMargin({ conditions }: Pick<ClaimResult, 'conditions'>): ConditionResult {
  return conditions.reduce((nearest, one) => (one.margin < nearest.margin ? one : nearest));
}
