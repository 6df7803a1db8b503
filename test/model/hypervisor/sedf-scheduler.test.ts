import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clock } from '../../../src/model/engine/clock.js';
import { SedfScheduler } from '../../../src/model/hypervisor/sedf/sedf-scheduler.js';
import type { SedfShare } from '../../../src/model/hypervisor/sedf/sedf-share.js';
import { simulate } from '../../../src/model/index.js';
import { SedfRun } from '../../conformance/sedf-run.js';
import { loop, machineInput } from '../machine-input.js';
import { percent } from '../readings.js';

const MS = 1e6;
const FOREVER: [number, number] = [1e15, 1];

const reserved = (periodNs: number, sliceNs: number, extratime = false): SedfShare => ({
  periodNs,
  sliceNs,
  extratime,
  weight: 0,
});

/** Machine whose VCPUs are on its PCPUs in turn; the first is domain 0's. */
function machine(shares: readonly (SedfShare | null)[], pcpus = 1) {
  const clock = new Clock();
  const vcpus = shares.map((_, domain) => ({ domain, pcpu: domain % pcpus, affinity: [0] }));
  const scheduler = new SedfScheduler(clock, { pcpus, domains: [], vcpus }, shares);
  const pcpu = scheduler.pcpus[0]!;
  const settle = () => {
    while (scheduler.isPending()) scheduler.reschedule(scheduler.nextPending());
  };
  const start = () => {
    for (const vcpu of scheduler.vcpus) scheduler.unpause(vcpu);
    settle();
  };
  return { clock, scheduler, pcpu, settle, start };
}

/** Domains with one VCPU each, on one PCPU; CPU time of each in ns. */
function run(
  domains: readonly { share: SedfShare; bursts: [number, number][] }[],
  endNs: number,
): number[] {
  const scenario = {
    pcpus: 1,
    end_ns: endNs,
    domains: domains.map(({ share, bursts }, i) => ({
      id: i + 1,
      period_ns: share.periodNs,
      slice_ns: share.sliceNs,
      latency_ns: 0,
      extratime: share.extratime ? (1 as const) : (0 as const),
      weight: share.weight,
      vcpus: [{ id: 0, pcpu: 0, affinity: [0], start_ns: 1, bursts }],
    })),
    ops: [],
  };
  return [...new SedfRun(scenario).run().cpuNs];
}

describe('reservations', () => {
  /** Loops whose reservations fit into 100% together. */
  const fitting = fc
    .array(
      fc.record({
        periodMs: fc.integer({ min: 5, max: 60 }),
        part: fc.double({ min: 0.1, max: 1, noNaN: true }),
      }),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    .map((loops) => {
      const sum = loops.reduce((all, { part }) => all + part, 0);
      return loops.map(({ periodMs, part }) =>
        reserved(periodMs * MS, Math.floor((0.99 * periodMs * MS * part) / sum)),
      );
    });

  it('are kept for loops, by EDF, if they fit, and are limits without extra time', () => {
    fc.assert(
      fc.property(fitting, (shares) => {
        const endNs = 1000 * MS;
        const got = run(
          shares.map((share) => ({ share, bursts: [FOREVER] })),
          endNs,
        );
        shares.forEach(({ periodNs, sliceNs }, i) => {
          const periods = endNs / periodNs;
          expect(got[i]).toBeGreaterThanOrEqual((Math.floor(periods) - 2) * sliceNs);
          expect(got[i]).toBeLessThanOrEqual((Math.ceil(periods) + 1) * sliceNs);
        });
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    // What is left goes to whoever takes extra time, or to nobody.
    [false, 20, 80],
    [true, 100, 0],
  ])('leave the rest of the CPU idle, unless for extra time: %s', (extratime, used, idle) => {
    const shares = [null, reserved(100 * MS, 20 * MS, extratime)];
    const hypervisor = { scheduler: 'sedf', shares, debts: null } as const;
    const result = simulate(machineInput({ hypervisor, processes: [loop('loop', 'vm1')] }), 1);
    expect(percent(result, 'domain:vm1:cpu')).toBeCloseTo(used, 6);
    expect(percent(result, 'idle')).toBeCloseTo(idle, 6);
  });

  it('are lost in part by a VCPU that wakes before its deadline, and not by one at it', () => {
    for (const [wokenMs, isLost] of [
      [39, true],
      [40, false],
    ] as const) {
      // Its period begins at 20 ms, of which it uses one of four; until then it has no slice.
      const { clock, scheduler, pcpu, settle, start } = machine([null, reserved(20 * MS, 4 * MS)]);
      scheduler.pause(scheduler.vcpus[0]!);
      start();
      const vcpu = scheduler.vcpus[1]!;
      const goTo = (ms: number) => {
        clock.nowNs = ms * MS;
        settle();
      };
      while (vcpu.deadlineNs < 40 * MS || !vcpu.isRunning()) {
        clock.nowNs = pcpu.sliceEndNs;
        scheduler.requestReschedule(pcpu);
        settle();
      }
      const { deadlineNs } = vcpu;
      goTo((clock.nowNs + MS) / MS);
      scheduler.block(vcpu);
      settle();
      goTo(deadlineNs / MS - 40 + wokenMs);
      scheduler.wake(vcpu);
      expect(vcpu.wantsPenalty).toBe(isLost);
      expect(vcpu.deadlineNs).toBe(deadlineNs + 20 * MS);
    }
  });

  it('leave no VCPU awake outside the queues, or in two of them, whatever happens', () => {
    const step = fc.record({
      what: fc.constantFrom('wake', 'block', 'pause', 'unpause', 'time'),
      vcpu: fc.nat(3),
      ns: fc.integer({ min: 1, max: 30 * MS }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const shares = [null, reserved(20 * MS, 4 * MS), reserved(7 * MS, MS, true), null];
        const { clock, scheduler, pcpu, settle, start } = machine(shares);
        start();
        for (const { what, vcpu: v, ns } of steps) {
          const vcpu = scheduler.vcpus[v]!;
          if (what === 'wake') scheduler.wake(vcpu);
          else if (what === 'block' && vcpu.isRunning()) scheduler.block(vcpu);
          else if (what === 'pause') scheduler.pause(vcpu);
          else if (what === 'unpause' && vcpu.holds >= 4) scheduler.unpause(vcpu);
          else if (what === 'time') {
            clock.nowNs = Math.min(clock.nowNs + ns, pcpu.sliceEndNs);
            if (clock.nowNs === pcpu.sliceEndNs) scheduler.requestReschedule(pcpu);
          }
          settle();
          for (const { turn, holds, isAsleep, number } of scheduler.vcpus) {
            const queues = [pcpu.runQueue, pcpu.waitQueue].filter((queue) => queue.has(turn));
            expect([number, queues.length]).toEqual([number, holds === 0 ? 1 : 0]);
            expect(isAsleep).toBe(holds !== 0);
          }
          expect(pcpu.current === pcpu.idle || pcpu.current.isRunnable()).toBe(true);
          const waiting = scheduler.vcpus.filter((one) => one.isRunnable() && !one.isRunning());
          expect(scheduler.waiting(pcpu)).toBe(waiting.length);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('weights', () => {
  const weighted = (weight: number): SedfShare => ({
    periodNs: 100 * MS,
    sliceNs: 0,
    extratime: false,
    weight,
  });

  it('divide what of 95 ms is not reserved, domain 0 as it is created included', () => {
    const { scheduler } = machine([null, weighted(1), weighted(3)]);
    // 75 of 100 ms are domain 0's.
    expect(scheduler.vcpus.map(({ sliceNs }) => sliceNs)).toEqual([15 * MS, 5 * MS, 15 * MS]);
  });

  it('divide a debt, rounded towards zero, if more is reserved', () => {
    // Each nanosecond counts, in products that a double does not hold.
    const almostAll = reserved(1e10, 1e10 - 1);
    const { scheduler } = machine([almostAll, weighted(1), weighted(1)]);
    // 95 ms - 99.999999 ms, by two.
    expect(scheduler.vcpus[1]!.sliceNs).toBe(-2_499_999);
  });

  it('are those of extra time, if the period is 0', () => {
    const { scheduler } = machine([null, { ...weighted(5), periodNs: 0, extratime: true }]);
    const { weight, extraWeight, sliceNs, periodNs } = scheduler.vcpus[1]!;
    expect({ weight, extraWeight, sliceNs, periodNs }).toEqual({
      weight: 0,
      extraWeight: 5,
      sliceNs: 0,
      periodNs: 100 * MS,
    });
  });

  it('that leave neither weight nor slice end where Xen divides by 0', () => {
    const { scheduler, clock, pcpu, settle, start } = machine([
      reserved(20 * MS, 15 * MS),
      reserved(100 * MS, 20 * MS),
      reserved(100 * MS, 10 * MS, true),
    ]);
    scheduler.adjust(2, { ...weighted(1), extratime: true });
    const poor = scheduler.vcpus[2]!;
    expect([poor.sliceNs, poor.extraWeight]).toEqual([0, 0]);
    const runAll = () => {
      while (clock.nowNs < 200 * MS) {
        clock.nowNs = pcpu.sliceEndNs;
        scheduler.requestReschedule(pcpu);
        settle();
      }
    };
    start();
    expect(runAll).toThrow('Xen divides by 0');
  });
});

it.each([
  ['a period below 10 us', reserved(9_999, 9_999)],
  ['a period above 10 s', reserved(1e10 + 1, MS)],
  ['a slice below 5 us', reserved(20 * MS, 4_999)],
  ['a slice above the period', reserved(20 * MS, 20 * MS + 1)],
])('refuses %s, as Xen does', (_, share) => {
  const { scheduler } = machine([null, share]);
  expect(scheduler.vcpus[1]).toMatchObject({ periodNs: 100 * MS, sliceNs: 0, extraWeight: 1 });
});

it.each([
  ['a period of 10 us', reserved(10_000, 9_000)],
  ['a period of 10 s', reserved(1e10, MS)],
  ['a slice of 5 us', reserved(20 * MS, 5_000)],
  ['a slice as long as the period', reserved(20 * MS, 20 * MS)],
])('takes %s, as Xen does', (_, share) => {
  const { scheduler } = machine([null, share]);
  const { periodNs, sliceNs } = share;
  expect(scheduler.vcpus[1]).toMatchObject({ periodNs, sliceNs, extraWeight: 0 });
});

it('counts those that wait for each PCPU', () => {
  const { scheduler, start } = machine([null, null, null, null, null], 2);
  expect(scheduler.pcpus.map((pcpu) => scheduler.waiting(pcpu))).toEqual([0, 0]);
  start();
  // Three and two, of which one runs on each.
  expect(scheduler.pcpus.map((pcpu) => scheduler.waiting(pcpu))).toEqual([2, 1]);
});

it('shows a VCPU to the trace', () => {
  const { scheduler, clock, start, settle, pcpu } = machine([null]);
  start();
  clock.nowNs = 4 * MS;
  scheduler.requestReschedule(pcpu);
  settle();
  const gauges = scheduler.gaugesOf(0).map(({ name, read }) => [name, read()]);
  expect(scheduler.gaugesOf(0).map(({ unit }) => unit.split(' ')[0])).toEqual([
    'ms',
    'ms',
    '0',
    'score',
    'score',
  ]);
  expect(Object.fromEntries(gauges)).toEqual({
    // Woken at 0 for the first time, when 15 ms, its slice, was its deadline: a short block. Up to
    // 15 ms it only has extra time, of which a run costs 131072 by weight 1.
    deadline: 35,
    'used of the slice': 0,
    mode: 2,
    'penalty score': 0,
    'extra-time score': 131_072,
  });
  expect(scheduler.vcpus[0]!.isParked()).toBe(false);
  scheduler.tick(pcpu);
  expect(scheduler.isPending()).toBe(false);
});

it('refuses more PCPUs than it has bits for', () => {
  const make = (pcpus: number) => new SedfScheduler(new Clock(), { pcpus, domains: [], vcpus: [] });
  expect(() => make(33)).toThrow('33');
  expect(make(32).isPending()).toBe(false);
});
