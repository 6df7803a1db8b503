import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CreditPcpu } from '../../../src/model/hypervisor/credit/credit-pcpu.js';
import { CreditScheduler } from '../../../src/model/hypervisor/credit/credit-scheduler.js';
import type { Topology } from '../../../src/model/hypervisor/scheduler.js';
import { CreditRun } from '../../conformance/credit-run.js';

const SECOND_NS = 1e9;

/** Domains with one VCPU each that never blocks, all on PCPU 0; shares of it in percent. */
function loopShares(domains: readonly { weight: number; cap: number }[], seconds: number) {
  const scenario = {
    pcpus: 1,
    end_ns: seconds * SECOND_NS,
    domains: domains.map((domain, id) => ({
      id,
      ...domain,
      vcpus: [
        {
          id: 0,
          pcpu: 0,
          affinity: [0],
          start_ns: 0,
          bursts: [[1e15, 1] satisfies [number, number]],
        },
      ],
    })),
    ops: [],
  };
  return [...new CreditRun(scenario).run().cpuNs].map((ns) => (100 * ns) / scenario.end_ns);
}

describe('closed forms of the credit scheduler', () => {
  it('shares the PCPU between two loops as their weights, 256:512', () => {
    const [light, heavy] = loopShares(
      [256, 512].map((weight) => ({ weight, cap: 0 })),
      30,
    );
    expect(light).toBeCloseTo(100 / 3, 0);
    expect(heavy).toBeCloseTo(200 / 3, 0);
  });

  it.each([10, 20, 30, 40, 50, 60, 70, 80, 90])('gives a loop alone its cap of %i%%', (cap) => {
    const [share] = loopShares([{ weight: 256, cap }], 30);
    expect(Math.abs(share! - cap)).toBeLessThan(1);
  });

  it('gives an uncapped loop all that a capped one leaves', () => {
    const [capped, free] = loopShares(
      [
        { weight: 256, cap: 20 },
        { weight: 256, cap: 0 },
      ],
      30,
    );
    expect(Math.abs(capped! - 20)).toBeLessThan(1);
    expect(capped! + free!).toBeCloseTo(100, 6);
  });
});

const LARGEST = 4;
const anyTopology: fc.Arbitrary<Topology> = fc
  .record({ pcpus: fc.integer({ min: 1, max: LARGEST }), domains: fc.integer({ min: 1, max: 3 }) })
  .chain(({ pcpus, domains }) =>
    fc.record({
      pcpus: fc.constant(pcpus),
      domains: fc.array(
        fc.record({ weight: fc.integer({ min: 1, max: 1024 }), capPct: fc.nat(120) }),
        { minLength: domains, maxLength: domains },
      ),
      vcpus: fc.array(
        fc.record({
          domain: fc.nat(domains - 1),
          pcpu: fc.nat(pcpus - 1),
          affinity: fc.uniqueArray(fc.nat(pcpus - 1), { minLength: 1 }),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      groups: fc.array(
        fc.record({
          domains: fc.uniqueArray(fc.nat(domains - 1), { minLength: 1 }),
          weight: fc.nat(1024),
        }),
        { maxLength: 1 },
      ),
    }),
  );

const anyStep = fc.record({
  kind: fc.constantFrom('tick', 'slice', 'wake', 'block', 'pause', 'unpause', 'adjust', 'run'),
  which: fc.nat(59),
  value: fc.nat(100),
});
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

/** A scheduler under arbitrary events, with what a test must remember itself. */
class Machine {
  readonly scheduler: CreditScheduler;
  readonly weights: number[];
  readonly pauses: number[];
  private ticks = 0;

  constructor(readonly topology: Topology) {
    this.scheduler = new CreditScheduler(topology);
    this.weights = topology.domains.map((domain) => domain.weight);
    this.pauses = topology.vcpus.map(() => 1);
  }

  apply({ kind, which, value }: Step): void {
    const number = which % this.topology.vcpus.length;
    const vcpu = this.scheduler.vcpus[number]!;
    const pcpu = this.scheduler.pcpus[which % this.topology.pcpus]!;
    const domain = which % this.topology.domains.length;
    if (kind === 'tick') this.tick(pcpu);
    else if (kind === 'slice') this.scheduler.requestReschedule(pcpu);
    else if (kind === 'wake') this.scheduler.wake(vcpu);
    else if (kind === 'block') this.scheduler.block(vcpu);
    else if (kind === 'adjust') {
      this.weights[domain] = value + 1;
      this.scheduler.adjust(domain, { weight: value + 1, capPct: value });
    } else if (kind === 'pause') {
      this.pauses[number]!++;
      this.scheduler.pause(vcpu);
    } else if (kind === 'unpause' && this.pauses[number]! > 0) {
      this.pauses[number]!--;
      this.scheduler.unpause(vcpu);
    } else if (kind === 'run') {
      this.reschedulePending();
    }
  }

  private tick(pcpu: CreditPcpu): void {
    this.scheduler.debit(pcpu);
    if (pcpu.number === 0 && ++this.ticks % 3 === 0) {
      this.scheduler.account();
      const { groups = [] } = this.topology;
      const sharing = groups.flatMap(({ domains }) => (domains.length > 1 ? domains : []));
      for (const { credit, domain } of this.scheduler.vcpus) {
        // A member of a group keeps what it has beyond 300, and a debt as well.
        const isSharing = sharing.includes(domain);
        expect(credit).toBeLessThanOrEqual(isSharing ? 600 : 300);
        expect(credit).toBeGreaterThanOrEqual(isSharing ? -Infinity : -300);
      }
      const credits = this.scheduler.vcpus.map((vcpu) =>
        this.scheduler.isActive(vcpu) ? vcpu.credit : 0,
      );
      expect(this.scheduler.balance).toBe(credits.reduce((a, b) => a + b, 0));
    }
    this.scheduler.resort(pcpu);
  }

  private reschedulePending(): void {
    // Every reschedule answers one request, and asks at most for those that a migration tickles.
    let left = 10 * LARGEST;
    while (this.scheduler.isPending()) {
      expect(left--).toBeGreaterThan(0);
      const pcpu = this.scheduler.nextPending();
      const { vcpu, sliceNs } = this.scheduler.reschedule(pcpu);
      expect([pcpu.current, sliceNs]).toEqual([vcpu, 30e6]);
    }
    for (const { current, idle } of this.scheduler.pcpus) {
      expect(current.isRunnable()).toBe(current !== idle);
    }
  }
}

function checkInvariants({ scheduler, topology, weights }: Machine): void {
  const running = runningOn(scheduler).filter((number) => number >= 0);
  const queued = scheduler.pcpus.flatMap((pcpu) => pcpu.queued());
  expect(new Set(running).size).toBe(running.length);
  expect(new Set(queued).size).toBe(queued.length);
  for (const vcpu of scheduler.vcpus) {
    const runs = running.includes(vcpu.number);
    expect(vcpu.isRunning()).toBe(runs);
    expect(vcpu.isQueued()).toBe(queued.includes(vcpu.number));
    expect(vcpu.isQueued()).toBe(vcpu.isRunnable() && !runs);
  }
  const active = topology.domains.map((_, d) =>
    scheduler.vcpus.some((vcpu) => vcpu.domain === d && scheduler.isActive(vcpu)),
  );
  const weightOf = (domains: readonly number[]) =>
    domains.reduce((total, d) => total + (active[d] ? weights[d]! : 0), 0);
  const [group = { domains: [], weight: 0 }] = topology.groups ?? [];
  const alone = weights.map((_, d) => d).filter((d) => !group.domains.includes(d));
  const ofGroup = group.domains.some((d) => active[d]) ? group.weight : 0;
  expect(scheduler.activeWeight).toBe(weightOf(alone) + (ofGroup || weightOf(group.domains)));
}

/** What runs on each PCPU; -1 for nothing. */
function runningOn(scheduler: CreditScheduler): number[] {
  return scheduler.pcpus.map(({ current }) => current.number);
}

describe('invariants of the credit scheduler', () => {
  it('hold after any events in any order', () => {
    fc.assert(
      fc.property(anyTopology, fc.array(anyStep, { maxLength: 150 }), (topology, steps) => {
        const machine = new Machine(topology);
        topology.vcpus.forEach((_, which) => {
          machine.apply({ kind: 'unpause', which, value: 0 });
        });
        for (const step of steps) {
          machine.apply(step);
          checkInvariants(machine);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('moves a VCPU that its affinity forbids where it is, at the second tick', () => {
    const scheduler = new CreditScheduler({
      pcpus: 3,
      domains: [{ weight: 256, capPct: 0 }],
      vcpus: [{ domain: 0, pcpu: 1, affinity: [0] }],
    });
    const settle = () => {
      while (scheduler.isPending()) scheduler.reschedule(scheduler.nextPending());
    };
    scheduler.unpause(scheduler.vcpus[0]!);
    settle();
    expect(runningOn(scheduler)).toEqual([-1, 0, -1]);
    for (const expected of [
      [-1, 0, -1],
      [0, -1, -1],
    ]) {
      scheduler.debit(scheduler.pcpus[1]!);
      settle();
      expect(runningOn(scheduler)).toEqual(expected);
    }
  });

  it('refuses more PCPUs than it has bits for', () => {
    const topology = { domains: [], vcpus: [] };
    expect(() => new CreditScheduler({ pcpus: 33, ...topology })).toThrow('33');
    expect(new CreditScheduler({ pcpus: 32, ...topology }).isPending()).toBe(false);
  });
});
