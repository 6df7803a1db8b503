import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ModelInput, type ProcessInputOf, simulate } from '../../../src/model/index.js';

type LimiterInput = ProcessInputOf<'oc-limiter'>;

import { COSTS, cage, domain, loop, machineInput, SECOND_NS } from '../machine-input.js';
import { percent, perSecond, total } from '../readings.js';

const MS = 1e6;

function limiter(over: Partial<LimiterInput> = {}): LimiterInput {
  return {
    program: 'oc-limiter',
    name: 'limiter',
    domain: 'dom0',
    nice: -10,
    startNs: 0,
    target: 'loop',
    limitPct: 30,
    law: 'cpulimit',
    slotNs: 100 * MS,
    ...over,
  };
}

/** Domain 0's kernel by its jiffy, in ms. */
const KERNELS = [
  [10, {}],
  [4, { hz: 250 }],
  [1, { hz: 1000 }],
] as const;

/** A loop in domain 0 that is held to a limit. */
function held(over: Partial<LimiterInput>, machine: Partial<ModelInput> = {}) {
  return simulate(
    machineInput({
      warmupNs: 5 * SECOND_NS,
      durationNs: 20 * SECOND_NS,
      processes: [loop('loop', 'dom0'), limiter(over)],
      cages: [cage({ processes: ['loop'], enforce: false })],
      ...machine,
    }),
    1,
  );
}

describe('OC-Limiter', () => {
  it.each(KERNELS)('holds a loop to the limit, with jiffies of %i ms', (jiffyMs, kernel) => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 90 }), (limitPct) => {
        const domains = [domain('dom0', kernel), domain('vm1')];
        const used = percent(held({ limitPct }, { domains }), 'process:loop:cr3');
        // Runs and rests are whole jiffies, of which a slot of 100 ms has so many.
        expect(Math.abs(used - limitPct)).toBeLessThan(jiffyMs / 2);
      }),
      { numRuns: 10 },
    );
  });

  it('does not hold it by the letter of the paper', () => {
    // By closed form 65% without jiffies, and between 30 and 100% in each slot with them.
    const mean = percent(held({ law: 'paper' }), 'process:loop:cr3');
    expect(mean).toBeGreaterThan(50);
    expect(mean).toBeLessThan(70);
  });

  it.each([
    [20, 30, {}],
    [24, 28, { hz: 250 }],
    [25, 26, { hz: 1000 }],
  ] as const)('by run time granted counts what it asked for, not %i or %i ms', (low, high, hz) => {
    // With a limit of 25% of slots of 100 ms, a grant g of at most `low` runs for `low` ms and
    // becomes 25/low g; a longer one runs for `high` ms and becomes 25/high g. So the part p of
    // slots with the longer run has p log(25/high) + (1 - p) log(25/low) = 0.
    const up = Math.log(25 / low);
    const part = up / (up - Math.log(25 / high));
    const runMs = low + (high - low) * part;
    const result = held(
      { law: 'paper-rate', limitPct: 25 },
      {
        durationNs: 60 * SECOND_NS,
        costs: { ...COSTS, limiterReadNs: 1, limiterSignalNs: 1 },
        domains: [domain('dom0', hz), domain('vm1')],
      },
    );
    // Slots end with jiffies, too.
    const slotMs = 100 + high - low;
    expect(perSecond(result, 'limiter:limiter:stops')).toBeCloseTo(1000 / slotMs, 1);
    expect(percent(result, 'process:loop:cr3')).toBeCloseTo((100 * runMs) / slotMs, 0);
  });

  it.each(['paper', 'paper-rate', 'cpulimit'] as const)(
    'settles alike by the law %s when the loop has run before it starts',
    (law) => {
      const used = (startNs: number) => percent(held({ law, startNs }), 'process:loop:cr3');
      const early = used(0);
      for (const startNs of [1050 * MS, 2 * SECOND_NS]) {
        expect(Math.abs(used(startNs) - early)).toBeLessThan(2);
      }
    },
  );

  it.each(KERNELS)('lets run in whole jiffies, here of %i ms', (jiffyMs, kernel) => {
    const domains = [domain('dom0', kernel), domain('vm1')];
    const result = held({}, { sampleNs: jiffyMs * MS, durationNs: 5 * SECOND_NS, domains });
    const samples = result.series.find(({ key }) => key === 'process:loop:cr3')?.values;
    const { limiterReadNs, limiterSignalNs } = COSTS;
    const part = [...(samples ?? [])].filter((ns) => ns > limiterReadNs + 2 * limiterSignalNs);
    expect(part.length).toBeGreaterThan(100);
    // Less what it took itself to get to sleep.
    for (const ns of part)
      expect(jiffyMs * MS - ns).toBeLessThanOrEqual(limiterReadNs + limiterSignalNs);
  });

  it('counts what it allows: a loop alone runs whenever it may', () => {
    const result = held({});
    const allowed = percent(result, 'limiter:limiter:allowed');
    expect(Math.abs(allowed - percent(result, 'process:loop:cr3'))).toBeLessThan(0.2);
    expect(perSecond(result, 'limiter:limiter:stops')).toBeGreaterThan(8);
    expect(perSecond(result, 'limiter:limiter:stops')).toBeLessThanOrEqual(10);
  });

  it('leaves alone what stays below the limit', () => {
    const result = held({ limitPct: 100 });
    expect(total(result, 'limiter:limiter:stops')).toBe(0);
    expect(percent(result, 'process:loop:cr3')).toBeGreaterThan(99.5);
  });

  it('is late when its domain does not get the CPU, and still holds the limit', () => {
    const result = held(
      {},
      {
        processes: [loop('loop', 'dom0'), limiter(), loop('other', 'vm1')],
      },
    );
    const used = percent(result, 'process:loop:cr3');
    expect(used).toBeGreaterThan(20);
    expect(used).toBeLessThan(35);
  });

  it('has its own address space: what it does is not charged to the loop', () => {
    const result = held({});
    const own = percent(result, 'process:limiter:true');
    const { limiterReadNs, limiterSignalNs } = COSTS;
    const slotsPerS = perSecond(result, 'limiter:limiter:stops');
    const expected = (100 * slotsPerS * (limiterReadNs + 2 * limiterSignalNs)) / 1e9;
    expect(own).toBeCloseTo(expected, 2);
  });
});
