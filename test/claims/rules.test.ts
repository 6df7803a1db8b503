/**
 * The rules of the claims, each worked out from what it says and from how well that can be read: a
 * line in a plot to 2.5 points, a number called "about" to 5, and "far" as a fifth. A rule is tried
 * on values around its bounds, so that none can be turned round or loosened.
 */
import { describe, expect, test } from 'vitest';
import { ALL_CLAIMS } from '../../src/claims/catalog.js';
import type { Condition, Criterion, Measure } from '../../src/claims/claim.js';
import { verdictOf } from '../../src/claims/rule.js';

const PLOT = 2.5;
const ABOUT = 5;
const FAR = 1.2;
/** What the plot of requests reaches to. */
const MOST_REQUESTS = 4000;

type Ends = readonly [low: number, high: number];
const upTo = (high: number): Ends => [Number.NEGATIVE_INFINITY, high];
const from = (low: number): Ends => [low, Number.POSITIVE_INFINITY];
const around = (value: number, by: number): Ends => [value - by, value + by];

/** By claim, the values that bear its conditions out. */
const ALLOWED: Readonly<Record<string, readonly Ends[]>> = {
  // "50%" under full load: not exceeded, and used up.
  S1: [upTo(50 + PLOT), from(50 - PLOT)],
  // "far above 50%".
  S2: [from(50 * FAR)],
  // "about 60%"; "at most 50%", which sampled debiting may miss by half a point.
  S3: [around(60, ABOUT), upTo(50 + 0.5)],
  // "more than", by what can be seen in a plot to 4000: plain > without, without > caged.
  S4: [from((PLOT / 100) * MOST_REQUESTS), from((PLOT / 100) * MOST_REQUESTS)],
  // "about 80%".
  S5: [around(80, ABOUT)],
  // A part that shows; "net 50%", and no more.
  S6: [from(25), upTo(50 + PLOT)],
  // "practically 70%", as S1.
  T1: [upTo(70 + PLOT), from(70 - PLOT)],
  // "far above 70%".
  T2: [from(70 * FAR)],
  // "30%", a limit.
  T3: [upTo(30 + PLOT)],
  // "100%, then 50%", the second first.
  M1: [around(50, PLOT), from(100 - ABOUT)],
  // "almost 100%".
  M2: [from(100 - ABOUT)],
  // "same as CR3".
  M3: [around(0, PLOT), around(0, PLOT)],
  // "CR3 higher": above 0, and to be seen.
  M4: [from(0), from(PLOT)],
  M5: [from(0), from(PLOT)],
  // "agree".
  M6: [around(0, PLOT), around(0, PLOT)],
  // "50%" that a neighbour does not get, and gets.
  A1: [upTo(50 - PLOT), from(50 - PLOT)],
  // "20% + 30%"; the VM gets more; "50%".
  A2: [around(50, PLOT), from(PLOT), around(50, PLOT)],
  // A weight of 1 : 1, of 3 : 2, a cap of 50; the cap of 50 before 4 : 1; 1 : 1 before a cap of 60.
  A3: [around(50, PLOT), around(60, PLOT), around(50, PLOT), around(50, PLOT), around(50, PLOT)],
  // "used up": no idle time that can be seen.
  C1: [upTo(PLOT), upTo(PLOT)],
  // "left idle", as "higher".
  C2: [from(0), from(PLOT)],
  // "its own" limit of 25%; as many replies, to 2.5% of 500.
  C3: [upTo(25 + PLOT), from(25 - PLOT), [-12.5, 12.5]],
  // "a VM's limit": the same as a cap.
  C4: [around(0, PLOT)],
  // "not charged": above 50% with it.
  R1: [from(50 + PLOT), from(50 + PLOT)],
  // "charged": right for both VMs, so that 50% is kept.
  R2: [around(0, PLOT), around(0, PLOT), upTo(50 + PLOT), from(50 - PLOT)],
  // "limited", to 10%.
  R3: [upTo(10 + PLOT), upTo(10 + PLOT)],
  // "similar": 50% and 30% are kept, each by its own measure.
  R4: [
    upTo(50 + PLOT),
    from(50 - PLOT),
    upTo(50 + PLOT),
    from(50 - PLOT),
    upTo(30 + PLOT),
    upTo(30 + PLOT),
  ],
  // "network only": charged too little, 50% and ShareGuard's 30% exceeded.
  R5: [upTo(-PLOT), from(50 + PLOT), from(30 + PLOT)],
  // "estimated": the same for the same traffic; "filtered", by what can be seen of 1000 replies.
  R6: [around(0, PLOT), from((PLOT / 100) * 1000)],
  // "Towards zero"; "at its maximum", of which curves are shown.
  R7: [upTo(PLOT), upTo(PLOT)],
  R8: [from(100 - PLOT), from(100 - PLOT)],
  // "44%"; "nearly nothing"; "about 73%"; "exactly", to half a percent.
  R9: [around(44, PLOT)],
  R10: [upTo(PLOT)],
  R11: [around(73, PLOT)],
  R12: [around(50, 0.5), around(30, 0.5), around(20, 0.5)],
  // Less than the cage's 50%.
  E1: [upTo(50 - PLOT), upTo(50 - PLOT)],
  // Longer by twice the 0.5 ms of a reply.
  E2: [from(1)],
  // "95%", which is 9.5 ms of 10; "20%", a limit.
  E3: [around(95, PLOT), upTo(20 + PLOT)],
  // "20%", a limit; "0%", of which a tick's part in a hundred is allowed; "90%".
  E4: [upTo(20 + PLOT), upTo(1), around(90, PLOT)],
  // Fewer, more, more, by what a plot can show.
  E5: [from(PLOT), from(PLOT), from(PLOT)],
  // More than the cage's 50%.
  E6: [from(50 + PLOT)],
  // More, for the same.
  E7: [from(PLOT), around(0, PLOT)],
  E8: [from(PLOT), from(PLOT)],
  // 150%, and less.
  E9: [around(150, PLOT), upTo(150 - PLOT)],
  E10: [upTo(-PLOT)],
  // 150%, and less than with one worker, by what a plot can show.
  E11: [around(150, PLOT), upTo(-PLOT)],
};

const conditionsOf = (id: string): readonly Condition[] =>
  ALL_CLAIMS.find((claim) => claim.id === id)?.conditions ?? [];

/** The verdict on a value that is known for sure. */
const on = ({ rule }: Condition, value: number) => verdictOf(rule, [value, value]);

const cases = Object.entries(ALLOWED).flatMap(([id, all]) =>
  all.map((ends, i) => ({ id, i, ends, condition: conditionsOf(id)[i] })),
);

test('every condition of every claim has its values here', () => {
  const counts = ALL_CLAIMS.filter(({ id }) => id !== 'M7').map(({ id, conditions }) => [
    id,
    conditions.length,
  ]);
  expect(Object.entries(ALLOWED).map(([id, all]) => [id, all.length])).toEqual(counts);
});

test.each(cases.map((one) => [one.id, one.condition?.label ?? '', one] as const))(
  '%s, %s: holds within its bounds and fails just outside',
  (_, __, { ends, condition }) => {
    if (condition === undefined) throw new Error('no such condition');
    const [low, high] = ends;
    const step = 0.01;
    const isLow = Number.isFinite(low);
    const isHigh = Number.isFinite(high);
    const inside = isLow && isHigh ? (low + high) / 2 : isLow ? low + 1 : high - 1;
    expect(on(condition, inside)).toBe('holds');
    for (const [end, inwards, outwards] of [
      [low, low + step, low - step],
      [high, high - step, high + step],
    ] as const) {
      if (!Number.isFinite(end)) {
        // Nothing bounds it there.
        expect(on(condition, end < 0 ? -1e6 : 1e6)).toBe('holds');
        continue;
      }
      expect(on(condition, inwards)).toBe('holds');
      expect(on(condition, outwards)).toBe('fails');
    }
  },
);

test('M7: what CFS shows in a fully virtualised guest is wrong, either way', () => {
  const [condition] = conditionsOf('M7');
  if (condition === undefined) throw new Error('no condition');
  for (const gap of [-50, -PLOT - 0.01, PLOT + 0.01, 50]) expect(on(condition, gap)).toBe('holds');
  for (const gap of [-PLOT + 0.01, 0, PLOT - 0.01]) expect(on(condition, gap)).toBe('fails');
});

test('alternatives ask the same of another set-up: all that the claim asks of one number', () => {
  const asked = (criteria: readonly Criterion[]) =>
    criteria.map(({ rule, words }) => ({ rule, words }));
  const numberOf = ({ experiment, measure }: Condition) => JSON.stringify({ experiment, measure });
  for (const { id, conditions, alternatives = [] } of ALL_CLAIMS) {
    const numbers = [...new Set(conditions.map(numberOf))];
    const own = numbers.map((one) => asked(conditions.filter((each) => numberOf(each) === one)));
    for (const { criteria } of alternatives) {
      expect([id, own]).toEqual([id, expect.arrayContaining([asked(criteria)])]);
    }
  }
});

test('what criteria come to has words where a claim asks several things of one number', () => {
  for (const [id, met, unmet] of [
    ['S1', ['not exceeded', 'used up'], ['exceeded', 'not used up']],
    ['T1', ['not exceeded', 'used up'], ['exceeded', 'not used up']],
    ['M4', ['right sign', 'can be seen'], ['wrong sign', 'too small to see']],
    ['M5', ['right sign', 'can be seen'], ['wrong sign', 'too small to see']],
  ] as const) {
    const words = conditionsOf(id).map((condition) => condition.words);
    expect(words.map((one) => one?.holds)).toEqual(met);
    expect(words.map((one) => one?.fails)).toEqual(unmet);
  }
});

describe('what is measured', () => {
  const headline = (id: string): Measure => {
    const [condition] = conditionsOf(id);
    if (condition === undefined) throw new Error('no condition');
    return condition.measure;
  };

  test('S4: who answers more has the sign', () => {
    const [first, second] = conditionsOf('S4').map(({ measure }) => measure);
    const more = { kind: 'variant-difference', metric: 'throughput_rps' };
    // "plain offload > no offload > OffloadCage"
    expect(first).toEqual({ ...more, variant: 'offload', minus: 'no-offload' });
    expect(second).toEqual({ ...more, variant: 'no-offload', minus: 'offloadcage' });
  });

  test('limits are tried on what the figures add up, where the paper has them', () => {
    const sumOf = (variant: string) => ({ kind: 'metrics', variant, metrics: ['total_cpu_pct'] });
    for (const [id, variant] of [
      ['S1', 'offloadcage'],
      ['S2', 'offload'],
      ['T1', 'offloadcage'],
      ['T2', 'offload'],
    ] as const) {
      expect(headline(id)).toEqual(sumOf(variant));
    }
    const charged = (variant: string) => ({ kind: 'metrics', variant, metrics: ['ids_cpu_pct'] });
    expect(headline('S3')).toEqual(charged('offload'));
    expect(headline('T3')).toEqual(charged('offloadcage'));
  });

  test('S6: what of the time on its page tables is the kernel, and what both really use', () => {
    const [inside, net] = conditionsOf('S6').map(({ measure }) => measure);
    // Softirqs for the VM, and ksoftirqd, which goes on with them.
    const parts = ['network', 'kernel-threads'];
    expect(inside).toEqual({ kind: 'breakdown-share', variant: 'offloadcage', parts });
    // "VM and Snort", and domain 0's work for the VM: none of it twice.
    const metrics = ['vm_cpu_pct', 'ids_true_cpu_pct', 'dom0_net_cpu_pct'];
    expect(net).toEqual({ kind: 'metrics', variant: 'offloadcage', metrics });
  });

  test('claims about accounting are tried in kernels that account so', () => {
    // "O(1)", "CFS", "fully virtualised", as the statements have it; CR3 is the same in all.
    // O(1) is what the kernels that the paper names contain.
    const kernels = {
      M1: 'o1-steal',
      M2: 'o1-steal',
      M3: 'cfs',
      M4: 'o1-steal',
      M5: 'o1-steal',
      M6: 'cfs',
      M7: 'cfs-hvm',
    };
    for (const [id, variant] of Object.entries(kernels)) {
      for (const { measure } of conditionsOf(id))
        expect([id, measure.variant]).toEqual([id, variant]);
    }
    const places = ALL_CLAIMS.map(({ id, experiment, conditions }) => [
      id,
      ...conditions.map((condition) => condition.experiment ?? experiment),
    ]);
    // Loops, Snort and Tripwire each where they are.
    expect(places.filter(([id]) => id?.startsWith('M'))).toEqual([
      ['M1', 'loop', 'loop'],
      ['M2', 'loop'],
      ['M3', 'loop', 'loop'],
      ['M4', 'accounting-snort', 'accounting-snort'],
      ['M5', 'accounting-tripwire', 'accounting-tripwire'],
      ['M6', 'accounting-snort', 'accounting-tripwire'],
      ['M7', 'loop'],
    ]);
  });

  test('gaps are of CR3 less /proc: what /proc does not show is above 0', () => {
    for (const id of ['M3', 'M4', 'M5', 'M6', 'M7']) {
      for (const { measure } of conditionsOf(id)) {
        if (measure.kind !== 'metric-difference') throw new Error(`${id}: another measure`);
        expect(measure.metrics.join()).toMatch(/^\w*(_cr3|ids_cpu)_pct$/);
        expect(measure.minus.join()).toMatch(/^\w+_proc_pct$/);
      }
    }
  });
});
