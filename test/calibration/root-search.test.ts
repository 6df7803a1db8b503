import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Round } from '../../src/run/calibration/root-search.js';
import { costsFor, type RequestCosts, searchCosts, sharesAt } from './simple-machine.js';

/** The largest part by which costs differ. */
function apart(some: readonly number[], others: readonly number[]): number {
  return Math.max(...some.map((cost, i) => Math.abs(cost / (others[i] ?? 0) - 1)));
}

test('the simple machine gives back what its costs were made for', () => {
  // A row of the derivation: 35% and 60% offloaded, 80% without offload.
  expect(costsFor([35, 80, 60]).map(Math.round)).toEqual([88, 89, 61]);
  for (const [i, share] of sharesAt(costsFor([30, 80, 60])).entries()) {
    expect(share).toBeCloseTo([30, 80, 60][i] ?? 0, 9);
  }
});

const STARTS: readonly RequestCosts[] = [
  [60, 85, 50],
  [40, 80, 60],
  [100, 94, 56],
  [30, 120, 40],
  [300, 20, 10],
  [10, 10, 10],
  [5, 300, 300],
];

describe('a search', () => {
  test.each([[[35, 80, 60]], [[30, 80, 60]], [[36, 78, 55]]] as const)(
    'for %j ends at the same costs from every start',
    async (shares) => {
      for (const [i, start] of STARTS.entries()) {
        const found = await searchCosts(start, shares, i);
        expect(found.outcome).toBe('found');
        expect(apart(found.point, costsFor(shares))).toBeLessThan(0.02);
        expect(found.point).toEqual(found.point.map((cost) => Number(cost.toPrecision(3))));
      }
    },
  );

  test('finds whatever can be found', async () => {
    const shares = fc.record({
      vm: fc.double({ min: 26, max: 34, noNaN: true }),
      noOffload: fc.double({ min: 76, max: 84, noNaN: true }),
      snort: fc.double({ min: 54, max: 59, noNaN: true }),
    });
    const factor = fc.double({ min: 0.4, max: 2.5, noNaN: true });
    const away = fc.tuple(factor, factor, factor);
    await fc.assert(
      fc.asyncProperty(shares, away, fc.nat(), async ({ vm, noOffload, snort }, by, noise) => {
        const root = costsFor([vm, noOffload, snort]);
        // Without offload the VM's cap is reached by a margin.
        fc.pre(root[0] + root[2] > 140);
        const start: RequestCosts = [root[0] * by[0], root[1] * by[1], root[2] * by[2]];
        const { outcome, point } = await searchCosts(start, [vm, noOffload, snort], noise);
        expect(outcome).toBe('found');
        expect(apart(point, root)).toBeLessThan(0.03);
      }),
      { numRuns: 200 },
    );
  });

  test('has intervals that the true costs are in', async () => {
    const root = costsFor([33, 80, 60]);
    const hits: boolean[] = [];
    for (let noise = 0; noise < 200; noise++) {
      const { point, errors } = await searchCosts([80, 90, 60], [33, 80, 60], noise);
      // What is rounded to three digits is off by up to half a percent of its own.
      hits.push(
        ...root.map((cost, i) => apart([point[i] ?? 0], [cost]) < (errors?.[i] ?? 0) + 5e-4),
      );
    }
    // 95% of them, less what is lost by ending when they look narrow enough.
    expect(hits.filter(Boolean).length / hits.length).toBeGreaterThan(0.88);
  });

  test('tells what no costs can read: more than the whole CPU', async () => {
    for (const [i, start] of STARTS.entries()) {
      const { outcome, point } = await searchCosts(start, [43, 80, 60], i);
      expect(outcome).not.toBe('found');
      const [vm, , snort] = sharesAt(point as unknown as RequestCosts);
      expect(vm + snort).toBeLessThan(100.01);
    }
  });

  test('does not claim costs that readings leave open', async () => {
    // At 20 and 45 the VM does not reach its cap without offload: the sum says nothing new.
    const { outcome } = await searchCosts([60, 85, 50], [20, 65, 45]);
    expect(outcome).not.toBe('found');
  });

  test('goes on from slopes that are known, without an approach', async () => {
    const first = await searchCosts([60, 85, 50], [34, 80, 60]);
    const rounds: Round[] = [];
    const next = await searchCosts(first.point as unknown as RequestCosts, [35, 80, 60], 2, {
      slopes: first.slopes ?? undefined,
      onRound: (round) => rounds.push(round),
    });
    expect(next.outcome).toBe('found');
    expect(new Set(rounds.map(({ phase }) => phase))).toEqual(new Set(['settle']));
    expect(apart(next.point, costsFor([35, 80, 60]))).toBeLessThan(0.02);
  });

  test('has new seeds in each round: near by as many as for all points of the slopes', async () => {
    const [perPoint, points] = [4, 2 * 3];
    const asked: { points: number; seeds: readonly number[] }[] = [];
    const phases: string[] = [];
    const { outcome } = await searchCosts([60, 85, 50], [35, 80, 60], 1, {
      seeds: perPoint,
      read: async (some, seeds) => {
        asked.push({ points: some.length, seeds });
        return some.map((point) => seeds.map(() => sharesAt(point as unknown as RequestCosts)));
      },
      onRound: ({ phase }) => phases.push(phase),
    });
    expect(outcome).toBe('found');
    const seeds = asked.flatMap((one) => one.seeds);
    expect(new Set(seeds).size).toBe(seeds.length);
    const slopes = asked.filter((one) => one.points > 1);
    expect(slopes.map((one) => [one.points, one.seeds.length])).toEqual([[points, perPoint]]);
    const rounds = asked.filter((one) => one.points === 1);
    expect(rounds.map((one) => one.seeds.length)).toEqual(
      phases.map((phase) => (phase === 'settle' ? perPoint * (points + 1) : perPoint)),
    );
  });

  test('gives up where readings stay, whatever is done, however near that is', async () => {
    const targets = [35, 80, 60] as const;
    const phasesAt = async (off: readonly number[]) => {
      const phases: string[] = [];
      const { outcome } = await searchCosts([60, 85, 50], targets, 1, {
        read: async (some, seeds) =>
          some.map(() => seeds.map(() => targets.map((target, i) => target + (off[i] ?? 0)))),
        onRound: ({ phase }) => phases.push(phase),
      });
      expect(outcome).toBe('out of reach');
      return phases;
    };
    const far = await phasesAt([-5, -10, -10]);
    expect(new Set(far.slice(0, -1))).toEqual(new Set(['approach']));
    expect(far.at(-1)).toBe('slopes');
    // Slopes are taken at once, and lead nowhere; the approach goes on for as long as it may.
    const near = await phasesAt([1, -1, 1]);
    expect(near.slice(0, 2)).toEqual(['approach', 'slopes']);
    expect(near.at(-1)).toBe('slopes');
  });

  test('moves by more than readings are off, at most to twice or half, in 3 digits', async () => {
    const targets = [35, 80, 60] as const;
    for (const [i, start] of STARTS.entries()) {
      const rounds: Round[] = [];
      await searchCosts(start, targets, i, { onRound: (round) => rounds.push(round) });
      for (const { point } of rounds) {
        expect(point).toEqual(point.map((cost) => Number(cost.toPrecision(3))));
      }
      for (const [r, { phase, point, readings }] of rounds.entries()) {
        const next = rounds[r + 1];
        if (phase !== 'approach' || next?.phase !== 'approach') continue;
        for (const [c, cost] of next.point.entries()) {
          const factor = cost / (point[c] ?? 0);
          const wanted = (targets[c] ?? 0) / (readings[c]?.mean ?? 0);
          // Half a percent is what rounding takes.
          const further = Math.abs(Math.log(factor)) + 0.005 > 1.2 * Math.abs(Math.log(wanted));
          expect(further || Math.abs(Math.log2(factor)) > 0.99).toBe(true);
          expect(Math.abs(Math.log2(factor))).toBeLessThan(1.01);
        }
      }
    }
  });

  test.each<[string, RequestCosts, (slopes: readonly number[]) => number[]]>([
    ['lead nowhere', [60, 85, 50], (row) => row.map(() => 0)],
    ['lead far', [160, 40, 20], (row) => [...row]],
  ])('takes slopes again where those that are known %s', async (_, start, known) => {
    const { slopes } = await searchCosts([88, 89, 61], [35, 80, 60]);
    const phases: string[] = [];
    const { outcome, errors } = await searchCosts(start, [35, 80, 60], 1, {
      slopes: slopes?.map(known),
      rounds: 2,
      onRound: ({ phase }) => phases.push(phase),
    });
    expect(phases).toEqual(['settle', 'slopes']);
    // What was estimated along those slopes is not known of these.
    expect([outcome, errors]).toEqual(['not settled', null]);
  });

  test('counts what the runs cannot tell apart from the target as on it', async () => {
    const found = await searchCosts([60, 85, 50], [35, 80, 60], 1, { tolerance: 0 });
    expect(found.outcome).toBe('found');
  });

  test('ends with the nearest that it saw, after 20 approaches, where nothing fits', async () => {
    const targets = [43, 80, 60] as const;
    for (const [i, start] of STARTS.entries()) {
      const misses: number[] = [];
      const missOf = (readings: Round['readings']) =>
        Math.hypot(...targets.map((target, t) => (readings[t]?.mean ?? Number.NaN) - target));
      const { outcome, readings } = await searchCosts(start, targets, i, {
        rounds: 200,
        onRound: (round) => misses.push(missOf(round.readings)),
      });
      expect(outcome).toBe('out of reach');
      expect(missOf(readings)).toBe(Math.min(...misses));
      // 20 times it goes by each reading alone; then slopes show that it is no use.
      expect(misses.length).toBeLessThanOrEqual(20 + 1);
    }
  });

  test('ends after the rounds that it may take', async () => {
    const rounds: Round[] = [];
    const { outcome } = await searchCosts([10, 10, 10], [35, 80, 60], 1, {
      rounds: 3,
      onRound: (round) => rounds.push(round),
    });
    expect(outcome).toBe('not settled');
    expect(rounds.map(({ round }) => round)).toEqual([1, 2, 3]);
  });
});
