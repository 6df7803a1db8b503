import type { Cause, Condition, Criterion } from './claim.js';

/** A line in the paper's plots can be read to so many points. */
export const PLOT_PCT = 2.5;

/** About a value in percent: by default as far as a plot can show it. */
export function around(valuePct: number, byPct = PLOT_PCT): Criterion {
  return { rule: { kind: 'between', low: valuePct - byPct, high: valuePct + byPct } };
}

/** A difference in points that a plot can show. */
export const SEEN_MORE: Criterion = { rule: { kind: 'moreThan', low: PLOT_PCT } };

/** Less than the 50% that somebody was to get, by what a plot can show. */
export const SHORT_OF_50: Criterion = {
  rule: { kind: 'atMost', high: 50 - PLOT_PCT },
  words: { holds: 'less than 50', fails: '50 or more', undecided: 'perhaps less than 50' },
};

/** One of several criteria that the same number must meet. */
export interface NamedCriterion extends Criterion {
  readonly name: string;
}

/** A limit in percent is kept under load if it is neither exceeded nor left unused. */
export function keepsLimit(limitPct: number): readonly NamedCriterion[] {
  return [
    {
      name: 'not exceeded',
      rule: { kind: 'atMost', high: limitPct + PLOT_PCT },
      words: { holds: 'not exceeded', fails: 'exceeded', undecided: 'perhaps exceeded' },
    },
    {
      name: 'used up',
      rule: { kind: 'atLeast', low: limitPct - PLOT_PCT },
      words: { holds: 'used up', fails: 'not used up', undecided: 'perhaps not used up' },
    },
  ];
}

/** A difference in points is one of "higher" if it is above 0, and if a plot can show it. */
export const HIGHER: readonly NamedCriterion[] = [
  {
    name: 'above 0',
    rule: { kind: 'moreThan', low: 0 },
    words: { holds: 'right sign', fails: 'wrong sign', undecided: 'sign not certain' },
  },
  {
    name: 'can be seen',
    rule: { kind: 'moreThan', low: PLOT_PCT },
    words: {
      holds: 'can be seen',
      fails: 'too small to see',
      undecided: 'perhaps too small to see',
    },
  },
];

/** A condition for each criterion, all on the same number. */
export function eachOf(criteria: readonly NamedCriterion[], what: Cause): Condition[] {
  return criteria.map(({ name, rule, words }) => ({
    ...what,
    label: `${what.label}, ${name}`,
    rule,
    ...(words === undefined ? {} : { words }),
  }));
}
