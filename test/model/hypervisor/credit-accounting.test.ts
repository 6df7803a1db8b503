import { describe, expect, it } from 'vitest';
import type { Allowance } from '../../../src/model/hypervisor/allocation.js';
import { CreditScheduler } from '../../../src/model/hypervisor/credit/credit-scheduler.js';

/** Loops, one a domain and all on PCPU 0: with nothing else, all happens on ticks. */
function loops(shares: readonly { weight: number; capPct: number }[]): CreditScheduler {
  const scheduler = new CreditScheduler({
    pcpus: 1,
    domains: shares,
    vcpus: shares.map((_, domain) => ({ domain, pcpu: 0, affinity: [0] })),
  });
  for (const vcpu of scheduler.vcpus) scheduler.unpause(vcpu);
  scheduler.reschedule(scheduler.pcpus[0]!);
  return scheduler;
}

/** Percent of the ticks at which each loop was running; slices end at every third tick. */
function sharesOf(scheduler: CreditScheduler, loopCount: number, ticks = 3000): number[] {
  const seen = new Float64Array(loopCount);
  const pcpu = scheduler.pcpus[0]!;
  for (let tick = 1; tick <= ticks; tick++) {
    if (pcpu.current !== pcpu.idle) seen[pcpu.current.number]!++;
    scheduler.debit(pcpu);
    if (tick % 3 === 0) scheduler.account();
    scheduler.resort(pcpu);
    if (tick % 3 === 0) scheduler.requestReschedule(pcpu);
    if (scheduler.isPending()) scheduler.reschedule(pcpu);
  }
  return [...seen].map((count) => (100 * count) / ticks);
}

/** From now on a policy decides what domain 0 may have; the others have what is configured. */
function govern(scheduler: CreditScheduler, allowance: Partial<Allowance>): void {
  const whole = { capPct: Infinity, parkCapPct: Infinity, shareDebitPct: 0, ...allowance };
  scheduler.allocation = {
    atTick: () => {},
    beforeAccounting: () => {},
    allowanceOf: (domain) => (domain === 0 ? whole : null),
  };
}

/** What a trace shows as the effective cap of domain 0. */
function effectiveCapPct(scheduler: CreditScheduler): number {
  return scheduler
    .gaugesOf(0)
    .find(({ name }) => name === 'effective cap')!
    .read();
}

/** Credit of two loops after one accounting, each having paid for one tick. */
function creditsAfterAccounting(scheduler: CreditScheduler): number[] {
  const pcpu = scheduler.pcpus[0]!;
  scheduler.debit(pcpu);
  scheduler.pause(pcpu.current);
  scheduler.reschedule(pcpu);
  scheduler.debit(pcpu);
  scheduler.account();
  return scheduler.vcpus.map(({ credit }) => credit);
}

describe('accounting under an allocation policy', () => {
  it.each([
    [50, 50],
    [12.5, 12.5],
    [100, 100],
    [Number.POSITIVE_INFINITY, 100],
  ])('a governed cap of %d gives a loop alone %d%%', (capPct, expected) => {
    const scheduler = loops([{ weight: 256, capPct: 30 }]);
    govern(scheduler, { capPct, parkCapPct: capPct });
    // Credits are whole numbers and the original rounds up: one credit in 300 is 0.33 points.
    expect(Math.abs(sharesOf(scheduler, 1)[0]! - expected)).toBeLessThan(0.5);
  });

  it.each([0, -20])(
    'a governed cap of %d means no credit, where a plain 0 means no cap',
    (capPct) => {
      const plain = loops([{ weight: 256, capPct: 0 }]);
      expect(sharesOf(plain, 1)).toEqual([100]);
      const governed = loops([{ weight: 256, capPct: 0 }]);
      govern(governed, { capPct, parkCapPct: capPct });
      // Parked at the first accounting, and never given what would bring it back.
      expect(sharesOf(governed, 1)).toEqual([0.1]);
      expect(governed.vcpus[0]!.isParked()).toBe(true);
    },
  );

  it('lets adjust change plain caps but not governed ones', () => {
    const scheduler = loops([{ weight: 256, capPct: 30 }]);
    scheduler.adjust(0, { weight: 256, capPct: 40 });
    expect(effectiveCapPct(scheduler)).toBe(40);
    govern(scheduler, { capPct: 25, parkCapPct: 35 });
    scheduler.adjust(0, { weight: 512, capPct: 60 });
    expect(effectiveCapPct(scheduler)).toBe(25);
  });

  it('gives total_credit * (weight / sum - ids / 100) to a debited domain only', () => {
    const equal = [256, 256].map((weight) => ({ weight, capPct: 0 }));
    expect(creditsAfterAccounting(loops(equal))).toEqual([150 - 100, 150 - 100]);
    for (const [idsPct, credit] of [
      [20, 90],
      [45, 15],
      [50, 0],
      [80, 0],
    ] as const) {
      const scheduler = loops(equal);
      govern(scheduler, { shareDebitPct: idsPct });
      expect(creditsAfterAccounting(scheduler)).toEqual([credit - 100, 50]);
    }
  });

  it('gives a capped and debited domain the smaller of both formulas', () => {
    for (const [capPct, idsPct, credit] of [
      [40, 20, 90],
      [25, 20, 75],
      [5, 45, 15],
    ] as const) {
      const scheduler = loops([
        { weight: 256, capPct: 0 },
        { weight: 256, capPct: 0 },
      ]);
      govern(scheduler, { capPct, parkCapPct: capPct, shareDebitPct: idsPct });
      expect(creditsAfterAccounting(scheduler)[0]).toBe(credit - 100);
    }
  });

  it('parks below minus the credit of the parking cap, in whole credits', () => {
    // One tick is 100 credits: without new ones the VCPU stands at -100.
    for (const [parkCapPct, parked] of [
      [0, true],
      [33, true],
      [34, false],
      [Infinity, false],
    ] as const) {
      const scheduler = loops([{ weight: 256, capPct: 0 }]);
      govern(scheduler, { capPct: 0, parkCapPct });
      scheduler.debit(scheduler.pcpus[0]!);
      scheduler.account();
      expect(scheduler.vcpus[0]!.credit).toBe(-100);
      expect(scheduler.vcpus[0]!.isParked()).toBe(parked);
    }
  });

  it('is not boosted when it comes back from parking', () => {
    const scheduler = loops([{ weight: 256, capPct: 10 }]);
    scheduler.debit(scheduler.pcpus[0]!);
    scheduler.account();
    expect(scheduler.vcpus[0]!.isParked()).toBe(true);
    scheduler.adjust(0, { weight: 256, capPct: 100 });
    scheduler.account();
    expect([scheduler.vcpus[0]!.isParked(), scheduler.vcpus[0]!.priority]).toEqual([false, -1]);
  });
});
