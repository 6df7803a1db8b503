/** Differences of means with their intervals, against R's `t.test` and by their properties. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf, type Sample } from '../../src/measure/difference.js';
import { summarize } from '../../src/measure/statistics.js';

const sample = (values: readonly number[], firstSeed = 1): Sample => ({
  seeds: values.map((_, i) => firstSeed + i),
  values,
  summary: summarize(values),
});

/** R's data set `sleep` (Student 1908): extra hours of sleep of ten patients with two drugs. */
const FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

test('the same seeds: t.test(extra ~ group, data = sleep, paired = TRUE)', () => {
  const { mean, ci95, paired } = differenceOf(sample(FIRST), sample(SECOND));
  expect(paired).toBe(true);
  expect(mean).toBeCloseTo(-1.58, 12);
  expect(ci95?.[0]).toBeCloseTo(-2.4598858, 7);
  expect(ci95?.[1]).toBeCloseTo(-0.7001142, 7);
});

test('other seeds: t.test(extra ~ group, data = sleep), by Welch', () => {
  const { mean, ci95, paired } = differenceOf(sample(FIRST), sample(SECOND, 11));
  expect(paired).toBe(false);
  expect(mean).toBeCloseTo(-1.58, 12);
  expect(ci95?.[0]).toBeCloseTo(-3.3654832, 7);
  expect(ci95?.[1]).toBeCloseTo(0.2054832, 7);
});

test('a sample of which only the summary is known is not paired', () => {
  const unknown = { ...sample(SECOND), values: null };
  expect(differenceOf(sample(FIRST), unknown)).toEqual(
    differenceOf(sample(FIRST), sample(SECOND, 11)),
  );
});

describe('whatever the values', () => {
  const values = fc.array(fc.integer({ min: -100, max: 100 }), {
    minLength: 2,
    maxLength: 12,
  });
  const twoOfASize = values.chain((first) =>
    fc.tuple(fc.constant(first), fc.shuffledSubarray(first, { minLength: first.length })),
  );

  test('what chance does to both alike falls out of a pair', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: -100, max: 100 }), (ones, shift) => {
        const { mean, ci95 } = differenceOf(sample(ones.map((one) => one + shift)), sample(ones));
        expect(mean).toBeCloseTo(shift, 6);
        expect((ci95?.[1] ?? Number.NaN) - (ci95?.[0] ?? Number.NaN)).toBeCloseTo(0, 6);
      }),
    );
  });

  test('the order of seeds does not matter', () => {
    fc.assert(
      fc.property(twoOfASize, ([ones, others]) => {
        const backwards = {
          ...sample(others),
          seeds: sample(others).seeds.toReversed(),
          values: others.toReversed(),
        };
        const [a, b] = [sample(others), backwards].map((one) => differenceOf(sample(ones), one));
        expect(a?.mean).toBeCloseTo(b?.mean ?? Number.NaN, 6);
        expect(a?.ci95?.[0]).toBeCloseTo(b?.ci95?.[0] ?? Number.NaN, 4);
      }),
    );
  });

  test('one sided with the other is the negative', () => {
    fc.assert(
      fc.property(values, values, (ones, others) => {
        const [a, b] = [sample(ones), sample(others, 100)];
        const there = differenceOf(a, b);
        const back = differenceOf(b, a);
        expect(back.mean).toBeCloseTo(-there.mean, 6);
        expect(back.ci95?.[0]).toBeCloseTo(-(there.ci95?.[1] ?? Number.NaN), 3);
      }),
    );
  });
});

test('one seed has no interval', () => {
  expect(differenceOf(sample([1]), sample([3])).ci95).toBeNull();
  expect(differenceOf(sample([1]), sample([3], 9))).toMatchObject({ mean: -2, ci95: null });
});
