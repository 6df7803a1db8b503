import type { ConditionResult, Verdict } from '../measure/experiment-result.js';

/** All must be met: one that is not is enough to fail. */
export function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fails')) return 'fails';
  return verdicts.includes('undecided') ? 'undecided' : 'holds';
}

/**
 * How far conditions are met, in their words, as in "right sign, too small to see". They end with
 * the first that fails, else with the last that is undecided. Empty if all are met, or none has
 * words.
 */
export function findingOf(
  conditions: readonly Pick<ConditionResult, 'verdict' | 'finding'>[],
): string {
  const verdicts = conditions.map(({ verdict }) => verdict);
  const failing = verdicts.indexOf('fails');
  const last = failing < 0 ? verdicts.lastIndexOf('undecided') : failing;
  return conditions
    .slice(0, last + 1)
    .map(({ finding }) => finding)
    .filter((words) => words !== '')
    .join(', ');
}
