import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clock } from '../../../src/model/engine/clock.js';
import {
  DebtCollector,
  type DebtsInput,
} from '../../../src/model/hypervisor/sedf/debt-collector.js';
import { SedfScheduler } from '../../../src/model/hypervisor/sedf/sedf-scheduler.js';
import { ShareGuard } from '../../../src/model/hypervisor/sedf/share-guard.js';
import { simulate } from '../../../src/model/index.js';
import { domain, webLoad } from '../machine-input.js';
import { total } from '../readings.js';

const MS = 1e6;
const DEBTS: DebtsInput = {
  feedbackNs: 100 * MS,
  receivedWeight: 1,
  sentWeight: 1,
  guard: null,
};

class Traffic {
  packetsIn = 0;
  packetsOut = 0;
  readonly barred: boolean[] = [];
  bar(isBarred: boolean): void {
    this.barred.push(isBarred);
  }
}

/** Guests with 5 of 20 ms each, beside domain 0. */
function guests(count: number, debts: DebtsInput = DEBTS) {
  const ran = { ns: 0 };
  const traffic = Array.from({ length: count }, () => new Traffic());
  const vcpus = Array.from({ length: count + 1 }, (_, domain) => {
    return { domain, pcpu: 0, affinity: [0] };
  });
  const share = { periodNs: 20 * MS, sliceNs: 5 * MS, extratime: false, weight: 0 };
  const shares = vcpus.map(({ domain }) => (domain === 0 ? null : share));
  const scheduler = new SedfScheduler(
    new Clock(),
    { pcpus: 1, domains: [], vcpus },
    shares,
    (all) =>
      new DebtCollector(
        all,
        debts,
        () => ran.ns,
        (domain) => traffic[domain - 1]!,
      ),
  );
  /** Domain 0 has run for so long, with so many packets in and out by guest. */
  const feedback = (ns: number, packets: readonly (readonly [number, number])[]) => {
    ran.ns += ns;
    packets.forEach(([inward, outward], i) => {
      traffic[i]!.packetsIn += inward;
      traffic[i]!.packetsOut += outward;
    });
    scheduler.tick(scheduler.pcpus[0]!);
  };
  const slicesMs = () => scheduler.vcpus.slice(1).map(({ sliceNs }) => sliceNs / MS);
  const charged = () => traffic.map((_, i) => scheduler.chargedNs(i + 1));
  return { scheduler, feedback, slicesMs, charged, traffic };
}

describe('SEDF-DC', () => {
  it('divides the time of domain 0 by packets, and takes it off five slices', () => {
    const { feedback, slicesMs, charged } = guests(2);
    feedback(10 * MS, [
      [30, 30],
      [20, 0],
    ]);
    expect(charged()).toEqual([7.5 * MS, 2.5 * MS]);
    expect(slicesMs()).toEqual([5 - 7.5 / 5, 5 - 2.5 / 5]);
    // Paid by then, and nothing new.
    feedback(0, [[1, 0]]);
    expect(slicesMs()).toEqual([5, 5]);
  });

  it('weighs packets by their direction', () => {
    const { feedback, charged } = guests(2, { ...DEBTS, receivedWeight: 3 });
    feedback(8 * MS, [
      [1, 0],
      [0, 1],
    ]);
    expect(charged()).toEqual([6 * MS, 2 * MS]);
  });

  it('charges nobody for work without packets', () => {
    const { feedback, charged, slicesMs } = guests(1);
    feedback(50 * MS, [[0, 0]]);
    expect(charged()).toEqual([0]);
    expect(slicesMs()).toEqual([5]);
  });

  it('leaves a slice of 5 us, and what is more stays owed', () => {
    const { feedback, slicesMs } = guests(1);
    feedback(40 * MS, [[1, 1]]);
    expect(slicesMs()).toEqual([0.005]);
    // 25 ms less 5 slices of 5 us were paid.
    feedback(0, [[0, 0]]);
    expect(slicesMs()[0]).toBeCloseTo(5 - (40 - 25 + 0.025) / 5, 9);
  });

  it('takes off in the end what it has charged', () => {
    const step = fc.tuple(fc.integer({ min: 0, max: 90 * MS }), fc.nat(9), fc.nat(9));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
        const { feedback, slicesMs, charged } = guests(1);
        let paidMs = 0;
        const pay = () => {
          paidMs += 5 * (5 - slicesMs()[0]!);
        };
        for (const [ns, inward, outward] of steps) {
          feedback(ns, [[inward, outward]]);
          pay();
        }
        // At least 24.9 ms are paid at each feedback.
        for (let i = 0; i < 4 * steps.length + 1; i++) {
          feedback(0, [[0, 0]]);
          pay();
        }
        // Slices are whole nanoseconds.
        expect(Math.abs(paidMs - charged()[0]! / MS)).toBeLessThan(1e-4);
      }),
    );
  });

  it('has no slice of a best-effort domain to take from', () => {
    const { scheduler, feedback } = guests(1);
    const guest = scheduler.vcpus[1]!;
    guest.sliceNs = 0;
    guest.configuredSliceNs = 0;
    feedback(40 * MS, [[1, 1]]);
    expect(guest.sliceNs).toBe(0);
  });
});

it('a guest that alone has packets is charged all that domain 0 has run', () => {
  const reserved = { periodNs: 20 * MS, sliceNs: 5 * MS, extratime: true, weight: 0 };
  const shares = [null, reserved, reserved];
  const result = simulate(
    webLoad(1000, 'vm1', {
      hypervisor: { scheduler: 'sedf', shares, debts: DEBTS },
      domains: ['dom0', 'vm1', 'vm2'].map((name) => domain(name)),
    }),
    1,
  );
  const charged = total(result, 'domain:vm1:charged') / total(result, 'domain:dom0:cpu');
  // Up to what is not charged yet at either end: a tenth of a second of ten.
  expect(Math.abs(charged - 1)).toBeLessThan(0.01);
  expect(total(result, 'domain:vm2:charged')).toBe(0);
});

describe('ShareGuard', () => {
  it.each([
    [10, 40],
    [25, 50],
    [5, 80],
  ])('holds a guest that would use more to %i%% on average', (limitPct, usePct) => {
    const traffic = new Traffic();
    const guard = new ShareGuard(2, { limitPct, everyNs: 500 * MS });
    const charged = new Float64Array(2);
    const LOOKS = 2000;
    for (let i = 0; i < LOOKS * 5; i++) {
      if (traffic.barred.at(-1) !== true) charged[1]! += usePct * MS;
      guard.look(charged, 100 * MS, () => traffic);
    }
    expect(charged[1]! / (LOOKS * 5 * MS)).toBeCloseTo(limitPct, 0);
    expect(traffic.barred.every((barred, i) => barred === (i % 2 === 0))).toBe(true);
  });

  it('lets a guest alone that uses less', () => {
    const traffic = new Traffic();
    const { feedback } = guestsUnderGuard(traffic);
    for (let i = 0; i < 20; i++) feedback(10 * MS);
    expect(traffic.barred).toEqual([]);
    for (let i = 0; i < 5; i++) feedback(30 * MS);
    expect(traffic.barred).toEqual([true]);
  });
});

function guestsUnderGuard(traffic: Traffic) {
  const guard = new ShareGuard(2, { limitPct: 20, everyNs: 500 * MS });
  const charged = new Float64Array(2);
  const feedback = (ns: number) => {
    charged[1]! += ns;
    guard.look(charged, 100 * MS, () => traffic);
  };
  return { feedback };
}
