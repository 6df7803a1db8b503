/** What OC-Scheduler tells the credit scheduler, period by period, under the cage's open points. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schedulerTopology } from '../../../src/model/assembly/topology.js';
import { OcScheduler } from '../../../src/model/cage/oc-scheduler.js';
import { Clock } from '../../../src/model/engine/clock.js';
import type { GuestKernel } from '../../../src/model/guest/kernel.js';
import type { CageInput } from '../../../src/model/index.js';
import { cage, domain, machineInput } from '../machine-input.js';

const VM = 1;

/** What each period gives the VM of a cage whose IDS used so many percent in it. */
function allocations(over: Partial<CageInput>, idsPct: readonly number[], pcpus = 1) {
  // It asks kernels for nothing but to be up to date.
  const kernels = [0, 1].map(() => ({ accrue: () => {} }) as GuestKernel);
  const idsUse = { perTick: false, usePct: 0, update: () => {} };
  const input = cage({ vms: ['vm1'], processes: ['ids'], ...over });
  const cages = [{ input, vms: [VM], monitors: [], idsUse }];
  const policy = new OcScheduler(new Clock(), kernels, cages, pcpus);
  return idsPct.map((usePct) => {
    idsUse.usePct = usePct;
    policy.beforeAccounting();
    const { capPct, parkCapPct, shareDebitPct } = policy.allowanceOf(VM)!;
    return { capPct, parkPct: parkCapPct, debitPct: shareDebitPct };
  });
}

const uses = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), {
  minLength: 1,
  maxLength: 40,
});
const caps = fc.integer({ min: 1, max: 100 });

describe('excess', () => {
  it('is forgiven: each period has what its own use leaves', () => {
    fc.assert(
      fc.property(caps, uses, (capPct, idsPct) => {
        const got = allocations({ capPct }, idsPct).map((one) => one.capPct);
        expect(got).toEqual(idsPct.map((use) => Math.max(0, capPct - use)));
      }),
    );
  });

  it('is carried: VM and IDS have had the cap and no more, once nothing is owed', () => {
    fc.assert(
      fc.property(caps, uses, (capPct, idsPct) => {
        // Enough idle periods to pay back all that can be owed.
        const idle = Math.ceil((100 * idsPct.length) / capPct) + 1;
        const all = [...idsPct, ...new Array<number>(idle).fill(0)];
        const got = allocations({ capPct, excess: 'carry', excessLimitPct: Infinity }, all);
        const total = got.reduce((sum, one, i) => sum + one.capPct + all[i]!, 0);
        expect(total).toBeCloseTo(capPct * all.length, 6);
      }),
    );
  });

  it('is carried up to the limit', () => {
    const idsPct = [90, 90, 90, 0, 0, 0];
    const got = allocations({ capPct: 50, excess: 'carry', excessLimitPct: 70 }, idsPct);
    // Owed after each period: 40, 70 instead of 80, 70, then 50 less each time.
    expect(got.map((one) => one.capPct)).toEqual([0, 0, 0, 0, 30, 50]);
  });
});

describe('parking', () => {
  it('is below what the IDS leaves, or below the whole cap', () => {
    fc.assert(
      fc.property(caps, uses, (capPct, idsPct) => {
        for (const one of allocations({ capPct }, idsPct)) expect(one.parkPct).toBe(one.capPct);
        const configured = allocations({ capPct, parkBelow: 'configured' }, idsPct);
        for (const one of configured) expect(one.parkPct).toBe(capPct);
      }),
    );
  });
});

describe('rounding', () => {
  it('to percent is to the nearest', () => {
    fc.assert(
      fc.property(caps, uses, (capPct, idsPct) => {
        const exact = allocations({ capPct }, idsPct);
        allocations({ capPct, rounding: 'percent' }, idsPct).forEach((one, i) => {
          expect(Number.isInteger(one.capPct)).toBe(true);
          expect(Math.abs(one.capPct - exact[i]!.capPct)).toBeLessThanOrEqual(0.5);
        });
      }),
    );
  });
});

describe('the share by weight', () => {
  it('is lowered by what the IDS uses if the cage has a weight, and only then', () => {
    fc.assert(
      fc.property(uses, (idsPct) => {
        const of = (weight: number) => allocations({ weight }, idsPct);
        expect(of(256).map((one) => one.debitPct)).toEqual(idsPct);
        expect(of(0).map((one) => one.debitPct)).toEqual(idsPct.map(() => 0));
        for (const one of of(256)) expect(one.capPct).toBe(Infinity);
      }),
    );
  });
});

describe('on several PCPUs', () => {
  const pcpus = fc.integer({ min: 1, max: 32 });
  const use = fc.double({ min: 0, max: 100, noNaN: true });
  const over = { capPct: 150, weight: 256 };

  it('the formulas are about one of them, however many there are', () => {
    fc.assert(
      fc.property(pcpus, use, (count, pct) => {
        expect(allocations(over, [pct], count)).toEqual(allocations(over, [pct]));
      }),
    );
  });

  it('or, with the total credit of all, about as many times of everything', () => {
    fc.assert(
      fc.property(pcpus, use, (count, pct) => {
        const [one] = allocations(over, [pct]);
        const [all] = allocations({ ...over, ofAllPcpus: true }, [pct], count);
        expect(all?.capPct).toBeCloseTo(count * one!.capPct, 6);
        expect(all?.parkPct).toBeCloseTo(count * one!.parkPct, 6);
        expect(all?.debitPct).toBeCloseTo(count * pct, 6);
      }),
    );
  });
});

describe('two VMs in a cage', () => {
  const over = fc.record({
    capPct: fc.integer({ min: 1, max: 100 }),
    weight: fc.constantFrom(0, 256),
    parkBelow: fc.constantFrom('effective', 'configured'),
  });

  it('are told together what one alone would have', () => {
    fc.assert(
      fc.property(over, fc.double({ min: 0, max: 100, noNaN: true }), (how, use) => {
        const kernels = [0, 1, 2].map(() => ({ accrue: () => {} }) as GuestKernel);
        const idsUse = { perTick: false, usePct: use, update: () => {} };
        const input = cage({ vms: ['a', 'b'], processes: ['ids'], ...how });
        const cages = [{ input, vms: [1, 2], monitors: [], idsUse }];
        const policy = new OcScheduler(new Clock(), kernels, cages, 1);
        expect(policy.allowanceOf(1)).toBe(null);
        policy.beforeAccounting();
        expect(policy.allowanceOf(0)).toBe(null);
        const [alone] = allocations(how, [use]);
        for (const vm of [1, 2]) {
          const { capPct, parkCapPct, shareDebitPct } = policy.allowanceOf(vm)!;
          expect({ capPct, parkPct: parkCapPct, debitPct: shareDebitPct }).toEqual(alone);
        }
      }),
    );
  });
});

describe('the VMs of a cage', () => {
  const groupsOf = (...cages: CageInput[]) =>
    schedulerTopology(
      machineInput({ domains: ['dom0', 'a', 'b', 'c'].map((name) => domain(name)), cages }),
    ).groups;

  it("have one share together, with the cage's weight", () => {
    const one = cage({ vms: ['c', 'a'], weight: 512 });
    const other = cage({ name: 'other', vms: ['b'], capPct: 50 });
    expect(groupsOf(one, other)).toEqual([
      { domains: [1, 3], weight: 512 },
      { domains: [2], weight: 0 },
    ]);
  });

  it('are none if it has none, and have each their own if it only records', () => {
    expect(groupsOf(cage({ processes: ['ids'], capPct: 50 }))).toEqual([]);
    expect(groupsOf(cage({ vms: ['a', 'b'], weight: 512, enforce: false }))).toEqual([]);
  });
});
