import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ModelInput, type ProcessInputOf, simulate } from '../../../src/model/index.js';

type LimiterInput = ProcessInputOf<'oc-limiter'>;

import { COSTS, cage, loop, machineInput, SECOND_NS } from '../machine-input.js';
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
  it('holds a loop to the limit by the law of cpulimit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 90 }), (limitPct) => {
        // Runs and rests are whole jiffies, one in ten.
        expect(Math.abs(percent(held({ limitPct }), 'process:loop:cr3') - limitPct)).toBeLessThan(
          5,
        );
      }),
      { numRuns: 20 },
    );
  });

  it('does not hold it by the letter of the paper', () => {
    // By closed form 65% without jiffies, and between 30 and 100% in each slot with them.
    const mean = percent(held({ law: 'paper' }), 'process:loop:cr3');
    expect(mean).toBeGreaterThan(50);
    expect(mean).toBeLessThan(70);
  });

  it('by run time granted counts what it asked of the timer, not what came of it', () => {
    // A sleep of up to 10 ms takes two jiffies, as it begins just after one; of up to 20 ms three.
    // With a limit of 25% of slots of 100 ms a grant g becomes 25/20 g while g <= 10, and 25/30 g
    // above. So the part p of slots with 30 ms has p log(25/30) + (1 - p) log(25/20) = 0.
    const up = Math.log(25 / 20);
    const part = up / (up - Math.log(25 / 30));
    const runMs = 20 + 10 * part;
    const result = held(
      { law: 'paper-rate', limitPct: 25 },
      { durationNs: 60 * SECOND_NS, costs: { ...COSTS, limiterReadNs: 1, limiterSignalNs: 1 } },
    );
    // Slots end with jiffies, too: 110 ms each.
    expect(perSecond(result, 'limiter:limiter:stops')).toBeCloseTo(1000 / 110, 1);
    expect(percent(result, 'process:loop:cr3')).toBeCloseTo((100 * runMs) / 110, 0);
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

  it('lets run in whole jiffies, less what it took itself to get to sleep', () => {
    const result = held({}, { sampleNs: 10 * MS });
    const samples = result.series.find(({ key }) => key === 'process:loop:cr3')?.values;
    const { limiterReadNs, limiterSignalNs } = COSTS;
    const part = [...(samples ?? [])].filter((ns) => ns > limiterReadNs + 2 * limiterSignalNs);
    expect(part.length).toBeGreaterThan(100);
    for (const ns of part)
      expect(10 * MS - ns).toBeLessThanOrEqual(limiterReadNs + limiterSignalNs);
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
