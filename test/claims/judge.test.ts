import { describe, expect, test } from 'vitest';
import { claimsAbout } from '../../src/claims/catalog.js';
import type { Claim, Rule } from '../../src/claims/claim.js';
import { judge, judgeClaim, verdictOf } from '../../src/claims/judge.js';
import { findExperiment } from '../../src/experiments/catalog.js';
import { metricsOf } from '../../src/experiments/metrics.js';
import type { MeasuredVariant } from '../../src/experiments/runner.js';

/** A variant whose only metric `x` has these values by seed. */
function variant(id: string, values: readonly number[]): MeasuredVariant {
  return {
    id,
    title: id,
    metrics: [{ name: 'x', unit: '%', label: 'X', description: '' }],
    timesS: [],
    runs: values.map((value, seed) => ({
      seed,
      values: [],
      means: [value],
      breakdownPct: [10, 30, 0, 0, 10],
      networkInsidePct: 95,
      counters: [],
    })),
    summary: {},
    breakdown: [],
    counters: [],
  };
}

function claim(...conditions: Claim['conditions']): Claim {
  return {
    id: 'X1',
    experiment: 'x',
    figure: '1',
    statement: '',
    paper: '',
    conditions,
    reason: '',
    basis: 'predicted',
  };
}

const between: Rule = { kind: 'between', low: 10, high: 20 };

describe('verdictOf', () => {
  const verdict = (rule: Rule, from: number, to: number) =>
    verdictOf(rule, { mean: 0, sd: 1, ci95: [from, to], n: 2 });

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
  ])('%j, %f to %f: %s', (rule, from, to, expected) => {
    expect(verdict(rule, from, to)).toBe(expected);
  });

  test('one run decides nothing', () => {
    expect(verdictOf(between, { mean: 15, sd: null, ci95: null, n: 1 })).toBe('undecided');
  });
});

describe('judgeClaim', () => {
  test('differences are taken seed by seed', () => {
    // Between the variants 1 +- 0, though each one varies widely.
    const variants = [variant('a', [11, 51, 31]), variant('b', [10, 50, 30])];
    const result = judgeClaim(
      claim({
        label: 'a - b',
        measure: { kind: 'difference', metric: 'x', variant: 'a', minus: 'b' },
        rule: { kind: 'moreThan', low: 0 },
      }),
      variants,
    );
    expect(result?.conditions[0]).toMatchObject({ mean: 1, sd: 0, ci95: [1, 1], n: 3 });
    expect(result?.verdict).toBe('holds');
    expect(result?.rule).toBe('more than 0 %');
  });

  test('shares of the breakdown, and the network work inside', () => {
    const result = judgeClaim(
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
    expect(result?.conditions.map((one) => one.mean)).toEqual([80, 95]);
    expect(result?.conditions.map((one) => one.verdict)).toEqual(['holds', 'fails']);
    expect(result?.verdict).toBe('fails');
  });

  test.each([
    ['variant', { kind: 'metrics', variant: 'b', metrics: ['x'] }],
    ['metric', { kind: 'metrics', variant: 'a', metrics: ['x', 'y'] }],
    ['other variant', { kind: 'difference', metric: 'x', variant: 'a', minus: 'b' }],
  ] as const)('left out without the %s', (_, measure) => {
    const one = claim({ label: '', measure, rule: between });
    expect(judgeClaim(one, [variant('a', [15, 15])])).toBeNull();
  });
});

describe('the claims about the Snort experiment', () => {
  const claims = claimsAbout('snort');
  const { variants } = findExperiment('snort');

  /** Results of all variants in which every metric has the same value. */
  const flat = (value: number): MeasuredVariant[] =>
    variants.map(({ id, title, input, subject }) => {
      const metrics = metricsOf(input, subject);
      const base = variant(id, [0, 0]);
      const means = metrics.map(() => value);
      return { ...base, title, metrics, runs: base.runs.map((run) => ({ ...run, means })) };
    });

  test('are S1 to S6, and name variants and metrics that there are', () => {
    expect(claims.map((one) => one.id)).toEqual(['S1', 'S2', 'S3', 'S4', 'S5', 'S6']);
    for (const one of claims) expect(judgeClaim(one, flat(50))?.id).toBe(one.id);
  });

  test('every one of them can fail, and every condition too', () => {
    for (const one of claims) {
      for (const condition of one.conditions) {
        const failing = { ...one, conditions: [condition] };
        const verdicts = [0, 1000].map((value) => judgeClaim(failing, flatOf(value))?.verdict);
        expect(verdicts).toContain('fails');
      }
    }
    function flatOf(value: number): MeasuredVariant[] {
      return flat(value).map((one) => ({
        ...one,
        runs: one.runs.map((run) => ({
          ...run,
          breakdownPct: [1, 0, 0, 0, 0],
          networkInsidePct: 0,
        })),
      }));
    }
  });

  test('only the costs that the machine says are fitted to S3 and S5', () => {
    const fitted = claims.filter((one) => one.basis === 'fitted').map((one) => one.id);
    const costs = Object.values(variants[0]?.machine.costs ?? {});
    const named = costs.flatMap((cost) => cost.fits?.split(/,\s*/) ?? []);
    expect([...new Set(named)].sort()).toEqual(fitted);
  });

  test('are left out for variants that were not run, and other experiments', () => {
    const result = {
      id: 'snort',
      title: '',
      version: '',
      definitionHash: '',
      seeds: [0, 1],
      durationS: 1,
      warmupS: 1,
      sampleS: 1,
      variants: flat(50).filter((one) => one.id === 'offload'),
      figures: [],
      claims: [],
    };
    expect(judge(result).map((one) => one.id)).toEqual(['S2', 'S3']);
    expect(judge({ ...result, id: 'mine' })).toEqual([]);
  });
});
