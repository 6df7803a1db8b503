import type { ConditionResult, Verdict } from '../measure/experiment-result.js';

/** All must be met: one that is not is enough to fail. */
export function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fails')) return 'fails';
  return verdicts.includes('undecided') ? 'undecided' : 'holds';
}

/**
 * How far conditions are met, in their words: up to the first that is not, as in "right sign, too
 * small to see". Empty if all are, or none has words.
 */
export function findingOf(
  conditions: readonly Pick<ConditionResult, 'verdict' | 'finding'>[],
): string {
  const unmet = conditions.findIndex(({ verdict }) => verdict !== 'holds');
  return conditions
    .slice(0, unmet + 1)
    .map(({ finding }) => finding)
    .filter((words) => words !== '')
    .join(', ');
}
