/** Timers of one PCPU that expire soon after one another run together. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clock } from '../../../src/model/engine/clock.js';
import { EventQueue } from '../../../src/model/engine/event-queue.js';
import type { Guest } from '../../../src/model/hypervisor/guest.js';
import { Pcpu } from '../../../src/model/hypervisor/pcpu.js';
import { Timers } from '../../../src/model/hypervisor/timers.js';
import { simulate } from '../../../src/model/index.js';
import { COSTS, domain, EXACT, loop, machineInput, SECOND_NS } from '../machine-input.js';
import { percent } from '../readings.js';

const PCPUS = 2;
const VCPUS = 4;
const SLOTS = { firstTicker: 0, firstSlice: 2, firstPeriodic: 4, firstSingleShot: 8 };
const COUNT = 12;
/** To where timers are set anew when they run: beyond any slack. */
const PERIOD_NS = 1_000;

/** VCPU v is on PCPU v % 2, on which 0 and 1 run. */
class Bench {
  readonly log: string[] = [];
  readonly queue = new EventQueue(COUNT);
  private readonly clock = new Clock();
  private readonly timers: Timers;

  constructor(expiries: readonly number[], slackNs: number) {
    const { clock, queue, log } = this;
    const pcpus = [new Pcpu(0), new Pcpu(1)];
    const ran = (slot: number) => {
      log.push(`${slot}`);
      queue.schedule(slot, clock.nowNs + PERIOD_NS);
    };
    const guests = Array.from(
      { length: VCPUS },
      (_, v): Guest => ({
        switchedIn: () => {},
        switchedOut: () => {},
        goesOn: () => {},
        workDone: () => {},
        periodicTimer: () => ran(SLOTS.firstPeriodic + v),
        stopPeriodicTimer: () => {
          log.push(`stop ${v}`);
          queue.cancel(SLOTS.firstPeriodic + v);
        },
        singleShot: () => ran(SLOTS.firstSingleShot + v),
        interrupt: () => log.push(`interrupt ${v}`),
      }),
    );
    pcpus.forEach((pcpu, p) => {
      pcpu.guest = guests[p]!;
      pcpu.sliceEndNs = expiries[SLOTS.firstSlice + p]!;
    });
    expiries.forEach((ns, slot) => {
      queue.schedule(slot, ns);
    });
    const host = {
      pcpus,
      pcpuOf: (vcpu: number) => pcpus[vcpu % PCPUS]!,
      tick: (p: number) => ran(SLOTS.firstTicker + p),
      sliceSlotDue: (p: number) => pcpus[p]!,
      endSlice: (p: number) => {
        pcpus[p]!.sliceEndNs = Infinity;
        ran(SLOTS.firstSlice + p);
      },
    };
    this.timers = new Timers(clock, queue, host, guests, SLOTS, slackNs);
  }

  /** Lets the first timer expire. */
  step(): void {
    const slot = this.queue.nextSlot();
    this.clock.nowNs = this.queue.timeOf(slot);
    this.timers.due(slot);
  }
}

function pcpuOf(slot: number): number {
  return slot % PCPUS;
}

describe('when a timer expires', () => {
  it('those of its PCPU that expire within the slack run too, in order, and then the guest', () => {
    const expiries = fc.array(fc.integer({ min: 1, max: 200 }), {
      minLength: COUNT,
      maxLength: COUNT,
    });
    fc.assert(
      fc.property(expiries, fc.integer({ min: 0, max: 100 }), (times, slackNs) => {
        const bench = new Bench(times, slackNs);
        const first = bench.queue.nextSlot();
        bench.step();
        const isStopped = (slot: number) => slot === 6 || slot === 7;
        if (isStopped(first)) {
          expect(bench.log).toEqual([`stop ${first - SLOTS.firstPeriodic}`]);
          return;
        }
        const together = times
          .map((ns, slot) => ({ ns, slot }))
          .filter(({ slot }) => pcpuOf(slot) === pcpuOf(first) && !isStopped(slot))
          .filter(({ ns }) => ns <= times[first]! + slackNs)
          .sort((a, b) => a.ns - b.ns || a.slot - b.slot)
          .map(({ slot }) => `${slot}`);
        expect(bench.log).toEqual([...together, `interrupt ${pcpuOf(first)}`]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a machine with slack', () => {
  it('holds the caps of loops all the same', () => {
    for (const capPct of [20, 50, 80]) {
      const result = simulate(
        machineInput({
          durationNs: 30 * SECOND_NS,
          hypervisor: EXACT,
          costs: { ...COSTS, tickerLatenessNs: 10_000, timerSlackNs: 50_000 },
          domains: [domain('dom0'), domain('vm1', { capPct }), domain('vm2')],
          processes: [loop('a', 'vm1'), loop('b', 'vm2')],
        }),
        1,
      );
      expect(Math.abs(percent(result, 'domain:vm1:cpu') - Math.min(50, capPct))).toBeLessThan(1);
    }
  });
});
