import { describe, expect, test } from 'vitest';
import type { Claim, Rule } from '../../src/claims/claim.js';
import { eachOf, HIGHER, keepsLimit } from '../../src/claims/criteria.js';
import { judge, judgeClaim } from '../../src/claims/judge.js';
import { marginOf, ruleText, verdictOf } from '../../src/claims/rule.js';
import type { Difference } from '../../src/definition/differences.js';
import type { ClaimResult } from '../../src/measure/experiment-result.js';
import type { MeasuredVariant } from '../../src/measure/variant-result.js';
import { measuredExperiment, measuredVariant } from './measured.js';

/** A variant whose only metric `x` has these values by seed. */
const variant = (id: string, values: readonly number[]) =>
  measuredVariant(
    id,
    ['x'],
    values.map((value) => [value]),
  );

/** The verdict by experiment `x` with these variants; fails if there is none. */
function judged(one: Claim, variants: readonly MeasuredVariant[]): ClaimResult {
  const result = judgeClaim(one, [measuredExperiment('x', variants)]);
  if ('missing' in result) throw new Error(result.missing);
  return result;
}

function claim(...conditions: Claim['conditions']): Claim {
  return {
    id: 'X1',
    experiment: 'x',
    figure: '1',
    statement: '',
    paper: '',
    conditions,
    causes: [],
    reason: '',
    basis: 'predicted',
    evidence: 'measured',
  };
}

const between: Rule = { kind: 'between', low: 10, high: 20 };

describe('verdictOf', () => {
  const verdict = (rule: Rule, from: number, to: number) => verdictOf(rule, [from, to]);

  test.each<[Rule, number, number, string]>([
    [between, 11, 19, 'holds'],
    [between, 10, 20, 'holds'],
    [between, 9, 19, 'undecided'],
    [between, 15, 21, 'undecided'],
    [between, 5, 25, 'undecided'],
    [between, 1, 9, 'fails'],
    [between, 21, 30, 'fails'],
    [{ kind: 'atLeast', low: 5 }, 5, 6, 'holds'],
    [{ kind: 'atLeast', low: 5 }, 4, 6, 'undecided'],
    [{ kind: 'atLeast', low: 5 }, 1, 4, 'fails'],
    [{ kind: 'atMost', high: 5 }, 1, 5, 'holds'],
    [{ kind: 'atMost', high: 5 }, 6, 7, 'fails'],
    [{ kind: 'moreThan', low: 0 }, 0.1, 1, 'holds'],
    [{ kind: 'moreThan', low: 0 }, 0, 1, 'undecided'],
    [{ kind: 'moreThan', low: 0 }, 0, 0, 'fails'],
    [{ kind: 'moreThan', low: 0 }, -2, 0, 'fails'],
    [{ ...between, kind: 'outside' }, 1, 9, 'holds'],
    [{ ...between, kind: 'outside' }, 21, 30, 'holds'],
    [{ ...between, kind: 'outside' }, 10, 20, 'fails'],
    [{ ...between, kind: 'outside' }, 9, 10, 'undecided'],
  ])('%j, %f to %f: %s', (rule, from, to, expected) => {
    expect(verdict(rule, from, to)).toBe(expected);
  });
});

describe('judgeClaim', () => {
  test('differences between variants are taken seed by seed', () => {
    // Between the variants 1 +- 0, though each one varies widely.
    const result = judged(
      claim({
        label: 'a - b',
        measure: { kind: 'variant-difference', metric: 'x', variant: 'a', minus: 'b' },
        rule: { kind: 'moreThan', low: 0 },
      }),
      [variant('a', [11, 51, 31]), variant('b', [10, 50, 30])],
    );
    expect(result.conditions[0]).toMatchObject({ mean: 1, sd: 0, ci95: [1, 1], n: 3 });
    expect(result.verdict).toBe('holds');
    expect(result.rule).toBe('more than 0 points');
  });

  test('differences between metrics are taken run by run', () => {
    const result = judged(
      claim({
        label: 'x - y',
        measure: { kind: 'metric-difference', variant: 'a', metrics: ['x'], minus: ['y'] },
        rule: between,
      }),
      [
        measuredVariant(
          'a',
          ['x', 'y'],
          [
            [20, 5],
            [90, 75],
          ],
        ),
      ],
    );
    expect(result.conditions[0]).toMatchObject({ mean: 15, sd: 0, ci95: [15, 15], n: 2 });
  });

  test('shares of the breakdown, and the network work inside', () => {
    const result = judged(
      claim(
        {
          label: 'share',
          measure: { kind: 'breakdown-share', variant: 'a', parts: ['network', 'switches'] },
          rule: { kind: 'atLeast', low: 80 },
        },
        {
          label: 'inside',
          measure: { kind: 'network-inside', variant: 'a' },
          rule: { kind: 'atLeast', low: 96 },
        },
      ),
      [variant('a', [0, 0])],
    );
    expect(result.conditions.map((one) => one.mean)).toEqual([80, 95]);
    expect(result.conditions.map((one) => one.verdict)).toEqual(['holds', 'fails']);
    expect(result.verdict).toBe('fails');
  });

  test('a difference of percentages is in points, and so is every margin of one', () => {
    const { conditions, rule } = judged(
      claim(
        {
          label: 'a',
          measure: { kind: 'metrics', variant: 'a', metrics: ['x'] },
          rule: { kind: 'atMost', high: 90 },
        },
        {
          label: 'a - b',
          measure: { kind: 'variant-difference', metric: 'x', variant: 'a', minus: 'b' },
          rule: { kind: 'moreThan', low: 2.5 },
        },
      ),
      [variant('a', [80, 80]), variant('b', [76, 76])],
    );
    expect(conditions).toMatchObject([
      { unit: '%', rule: 'at most 90 %', margin: 10, marginUnit: 'points' },
      { unit: 'points', rule: 'more than 2.5 points', margin: 1.5, marginUnit: 'points' },
    ]);
    // Each condition of a rule by its name.
    expect(rule).toBe('a: at most 90 %; a - b: more than 2.5 points');
  });

  test('one run decides nothing', () => {
    const one = claim({
      label: '',
      measure: { kind: 'metrics', variant: 'a', metrics: ['x'] },
      rule: between,
    });
    const missing = (values: readonly number[]) =>
      judgeClaim(one, [measuredExperiment('x', [variant('a', values)])]);
    expect(missing([15])).toEqual({ missing: 'one seed has no interval' });
    expect(missing([Number.NaN, Number.NaN])).toEqual({ missing: 'no run has a value' });
  });

  const of = (id: string) =>
    ({ label: id, measure: { kind: 'metrics', variant: id, metrics: ['x'] } }) as const;

  test('alternatives are reported and do not count', () => {
    const asked = (id: string) => ({ ...of(id), criteria: [{ rule: between }] });
    const one = {
      ...claim({ ...of('a'), rule: between }),
      alternatives: [asked('b'), asked('c')],
    };
    const result = judged(one, [variant('a', [15, 15]), variant('b', [30, 30])]);
    expect(result.verdict).toBe('holds');
    expect(result.alternatives).toMatchObject([{ label: 'b', mean: 30, verdict: 'fails' }]);
    // Variant c was not run: no more than that is said about it.
    expect(result.alternativesNotRun).toEqual(['c']);
  });

  test('an alternative is one number, of which all criteria are asked', () => {
    const outcome = (...values: readonly number[]) => {
      const one = {
        ...claim({ ...of('a'), rule: between }),
        alternatives: [{ ...of('b'), criteria: HIGHER }],
      };
      const { alternatives } = judged(one, [variant('a', [15, 15]), variant('b', values)]);
      const [{ verdict, finding, margin, rule } = { verdict: '' }, ...more] = alternatives;
      expect(more).toEqual([]);
      return { verdict, finding, margin, rule };
    };
    const rule = 'more than 0 % and more than 2.5 %';
    expect(outcome(4, 4)).toEqual({ verdict: 'holds', finding: '', margin: 1.5, rule });
    const small = 'right sign, too small to see';
    expect(outcome(2, 2)).toEqual({ verdict: 'fails', finding: small, margin: -0.5, rule });
    // That it cannot be seen is not said of what is not even there.
    expect(outcome(-9, -9)).toMatchObject({ verdict: 'fails', finding: 'wrong sign' });
    expect(outcome(-0.1, 0.1)).toMatchObject({
      verdict: 'fails',
      finding: 'sign not certain, too small to see',
    });
    expect(outcome(-1, 20)).toMatchObject({
      verdict: 'undecided',
      finding: 'sign not certain, perhaps too small to see',
    });
    expect(outcome(2.4, 2.7)).toMatchObject({
      verdict: 'undecided',
      finding: 'right sign, perhaps too small to see',
    });
  });

  test('the margin of an alternative is to the nearest of all bounds', () => {
    const margin = (value: number) => {
      const alternatives = [{ ...of('b'), criteria: keepsLimit(50) }];
      const one = { ...claim({ ...of('a'), rule: between }), alternatives };
      const b = variant('b', [value, value]);
      return judged(one, [variant('a', [15, 15]), b]).alternatives[0]?.margin;
    };
    // From 47.5 to 52.5.
    expect([46, 48, 50, 52, 54].map(margin)).toEqual([-1.5, 0.5, 2.5, 0.5, -1.5]);
  });

  test('a claim says how far it is met, in the words of its conditions', () => {
    const conditions = eachOf(keepsLimit(50), of('a'));
    const finding = (value: number) => {
      const result = judged(claim(...conditions), [variant('a', [value, value])]);
      expect(result.conditions.map(({ label }) => label)).toEqual([
        'a, not exceeded',
        'a, used up',
      ]);
      return [result.verdict, result.finding];
    };
    expect(finding(50)).toEqual(['holds', '']);
    expect(finding(53)).toEqual(['fails', 'exceeded']);
    expect(finding(44)).toEqual(['fails', 'not exceeded, not used up']);
    const unsure = judged(claim(...conditions), [variant('a', [52.4, 52.6])]);
    expect([unsure.verdict, unsure.finding]).toEqual(['undecided', 'perhaps exceeded']);
    // Conditions without words say nothing.
    const wordless = judged(claim({ ...of('a'), rule: between }), [variant('a', [44, 44])]);
    expect([wordless.verdict, wordless.finding]).toEqual(['fails', '']);
  });

  test.each([
    ['variant b was not run', { kind: 'metrics', variant: 'b', metrics: ['x'] }],
    ['variant a has no metric y', { kind: 'metrics', variant: 'a', metrics: ['x', 'y'] }],
    [
      'variant b was not run',
      { kind: 'variant-difference', metric: 'x', variant: 'a', minus: 'b' },
    ],
    [
      'variant a has no metric y',
      { kind: 'metric-difference', variant: 'a', metrics: ['x'], minus: ['y'] },
    ],
  ] as const)('says what is missing: %s', (missing, measure) => {
    const one = claim({ label: '', measure, rule: between });
    const results = [measuredExperiment('x', [variant('a', [15, 15])])];
    expect(judgeClaim(one, results)).toEqual({ missing });
  });
});

describe('a window', () => {
  /** Runs of 10 s whose sample that ends at t has the value t times the seed's factor. */
  const ramp = (sampleS: number, factors: readonly number[]): MeasuredVariant => {
    const timesS = Array.from({ length: 10 / sampleS }, (_, i) => (i + 1) * sampleS);
    const base = variant('a', factors);
    return {
      ...base,
      timesS,
      runs: base.runs.map((run, r) => ({
        ...run,
        values: [Float64Array.from(timesS, (time) => time * (factors[r] ?? 0))],
      })),
    };
  };
  const windowed = (fromS: number, toS: number) =>
    claim({
      label: '',
      measure: { kind: 'metrics', variant: 'a', metrics: ['x'], window: { fromS, toS } },
      rule: between,
    });
  const means = (fromS: number, toS: number, sampleS = 1) =>
    judged(windowed(fromS, toS), [ramp(sampleS, [1, 1])]).conditions[0]?.mean;

  test('takes the mean of the samples in it, by seed', () => {
    const { conditions } = judged(windowed(2, 5), [ramp(1, [1, 10])]);
    // Samples that end at 3, 4 and 5 s: 4 and 40.
    expect(conditions[0]).toMatchObject({ mean: 22, n: 2 });
  });

  test('reaches to both ends of the measured time', () => {
    expect(means(0, 10)).toBe(5.5);
    expect(means(0, 1)).toBe(1);
    expect(means(9, 10)).toBe(10);
  });

  test('leaves out samples that are partly outside', () => {
    // Samples of 2 s end at 2, 4, 6, 8 and 10 s: only those of 6 and 8 lie within 3 to 9 s.
    expect(means(3, 9, 2)).toBe(7);
  });

  test('that the run does not cover leaves the claim unjudged', () => {
    expect(judgeClaim(windowed(5, 11), [measuredExperiment('x', [ramp(1, [1, 1])])])).toEqual({
      missing: 'needs the time up to 11 s, and 10 s were measured',
    });
  });
});

describe('judge', () => {
  const one = (experiment?: string): Claim['conditions'][number] => ({
    label: '',
    ...(experiment === undefined ? {} : { experiment }),
    measure: { kind: 'metrics', variant: 'a', metrics: ['x'] },
    rule: between,
  });
  const claims = [claim(one()), { ...claim(one(), one('y')), id: 'X2' }];
  const x = measuredExperiment('x', [variant('a', [15, 15])]);
  const y = measuredExperiment('y', [variant('a', [30, 30])]);

  test('judges nothing by a set-up that is not the shipped one, and says in what', () => {
    const rate = { setting: 'clients.httperf.rate', first: 4000, here: 100 };
    const cage = { setting: 'cages.cage', first: { cap: 50 }, here: null };
    const caps = ['a', 'b', 'c'].map((id) => ({ setting: `cages.${id}.cap`, first: 5, here: 6 }));
    const reasons = (...unlikeShipped: readonly Difference[]) => {
      const results = [{ ...x, variants: x.variants.map((v) => ({ ...v, unlikeShipped })) }, y];
      return judge(claims, results).unjudged.map(({ reason }) => reason);
    };
    expect(reasons(rate, cage)).toEqual(
      Array(2).fill(
        'not the shipped x: clients.httperf.rate is 100 instead of 4000 and ' +
          'cages.cage is missing',
      ),
    );
    expect(reasons(rate, ...caps)[0]).toMatch(/cages\.b\.cap is 6 instead of 5 and 1 more$/);
    // Another variant may be changed as one likes.
    const other = { ...variant('z', [1, 2]), unlikeShipped: [rate] };
    const results = [measuredExperiment('x', [...x.variants, other]), y];
    expect(judge(claims, results).unjudged).toEqual([]);
  });

  test('puts every claim into one of the lists', () => {
    const { claims: judgedOnes, unjudged } = judge(claims, [x]);
    expect(judgedOnes.map(({ id }) => id)).toEqual(['X1']);
    expect(unjudged).toEqual([
      { id: 'X2', figure: '1', statement: '', reason: 'needs experiment y, too: reproduce all' },
    ]);
  });

  test('judges a claim about two experiments by both', () => {
    const { claims: judgedOnes, unjudged } = judge(claims, [y, x]);
    expect(unjudged).toEqual([]);
    expect(judgedOnes[1]?.conditions.map(({ mean }) => mean)).toEqual([15, 30]);
    expect(judgedOnes.map(({ verdict }) => verdict)).toEqual(['holds', 'fails']);
  });
});

describe('marginOf', () => {
  test.each<[Rule, number, number]>([
    [between, 13, 3],
    [between, 18, 2],
    [between, 9, -1],
    [between, 24, -4],
    [{ ...between, kind: 'outside' }, 9, 1],
    [{ ...between, kind: 'outside' }, 13, -3],
    [{ kind: 'atLeast', low: 5 }, 7, 2],
    [{ kind: 'atMost', high: 5 }, 7, -2],
    [{ kind: 'moreThan', low: 0 }, 0, 0],
  ])('%j, %d is %d from its bound', (rule, value, margin) => {
    expect(marginOf(rule, value)).toBe(margin);
  });

  test('its sign is the verdict of a value that is sure', () => {
    for (const rule of [
      between,
      { kind: 'atLeast', low: 5 },
      { kind: 'atMost', high: 5 },
    ] as Rule[]) {
      for (const value of [1, 7, 15, 30]) {
        const verdict = verdictOf(rule, [value, value]);
        expect(marginOf(rule, value) > 0).toBe(verdict === 'holds');
      }
    }
  });
});

test('a rule reads as a line, with a unit or without', () => {
  expect(ruleText(between, 'ms')).toBe('10 to 20 ms');
  expect(ruleText(between, '')).toBe('10 to 20');
});

test('causes are measured where they say, and left out where that was not run', () => {
  const cause = (label: string, variantId: string) => ({
    label,
    measure: { kind: 'metrics', variant: variantId, metrics: ['x'] } as const,
  });
  const condition = { ...cause('ours', 'a'), rule: between };
  const one = { ...claim(condition), causes: [cause('why', 'b'), cause('gone', 'c')] };
  const result = judged(one, [variant('a', [15, 15]), variant('b', [3, 5])]);
  expect(result.causes).toMatchObject([{ label: 'why', mean: 4, unit: '%', n: 2 }]);
});
