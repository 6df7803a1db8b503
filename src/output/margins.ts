import type { ClaimResult, ConditionResult } from '../experiments/result.js';

/** The condition of a claim that is nearest to its threshold, or farthest beyond it. */
export function nearestMargin({ conditions }: Pick<ClaimResult, 'conditions'>): ConditionResult {
  return conditions.reduce((nearest, one) => (one.margin < nearest.margin ? one : nearest));
}
