import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiterLaw, type LimiterLawName } from '../../../src/model/cage/limiter-laws.js';

const SLOT_NS = 100e6;
type Law = LimiterLawName;

/**
 * The parts of the slots in which a law lets a process run that would use `share` of the CPU.
 * @param overrun time that it gets beyond what it was granted, as sleeps end late
 */
function runs(law: Law, limit: number, slots: number, share = 1, overrun = 0): number[] {
  const limiter = createLimiterLaw(law, limit);
  const parts = [limiter.limit];
  for (let i = 1; i < slots; i++) {
    const part = parts.at(-1) ?? Number.NaN;
    const allowedNs = part === 1 ? SLOT_NS : Math.min(SLOT_NS, part * SLOT_NS + overrun);
    const reading = { slotNs: SLOT_NS, usedNs: share * allowedNs, grantedNs: part * SLOT_NS };
    parts.push(limiter.next(reading));
  }
  return parts;
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const limits = fc.double({ min: 0.05, max: 0.95, noNaN: true });

describe('paper', () => {
  it('alternates for a busy process: the product of two runs in a row is the limit', () => {
    fc.assert(
      fc.property(limits, (limit) => {
        const parts = runs('paper', limit, 20);
        for (let i = 1; i < parts.length; i++) {
          expect(parts[i - 1]! * parts[i]!).toBeCloseTo(limit, 9);
        }
      }),
    );
  });

  it('averages 65% for a limit of 30%', () => {
    expect(mean(runs('paper', 0.3, 1000))).toBeCloseTo(0.65, 2);
  });
});

describe('paper-rate', () => {
  it('holds a process that wants a share to the smaller of the two at once', () => {
    fc.assert(
      fc.property(limits, fc.double({ min: 0.01, max: 1, noNaN: true }), (limit, share) => {
        for (const part of runs('paper-rate', limit, 5, share).slice(1)) {
          expect(part * share).toBeCloseTo(Math.min(limit, share), 9);
        }
      }),
    );
  });

  it('takes late sleeps off the next grant', () => {
    const last = runs('paper-rate', 0.3, 50, 1, 5e6).at(-1)!;
    expect(last + 0.05).toBeCloseTo(0.3, 6);
  });
});

describe('cpulimit', () => {
  it('settles at the limit, whatever the sleeps make of it', () => {
    for (const overrun of [0, 5e6, 8e6]) {
      const parts = runs('cpulimit', 0.3, 400, 1, overrun).slice(200);
      expect(mean(parts) + overrun / SLOT_NS).toBeCloseTo(0.3, 2);
    }
  });

  it('smooths the use with a weight of 0.08, the first sample as it is', () => {
    const limiter = createLimiterLaw('cpulimit', 0.2);
    const read = (use: number) =>
      limiter.next({ slotNs: SLOT_NS, usedNs: use * SLOT_NS, grantedNs: 0 });
    // Working rate times limit over use, the use being 0.5, then 0.5 + 0.08 (1 - 0.5) = 0.54 ...
    const uses = [0.5, 1, 1, 0.1];
    let [smoothed = 0, rate] = [uses[0], 0.2];
    for (const use of uses) {
      smoothed = 0.92 * smoothed + 0.08 * use;
      rate = (rate * 0.2) / smoothed;
      expect(read(use)).toBeCloseTo(rate, 12);
    }
  });

  it('judges the use of a slot by how long the slot really was', () => {
    const twice = createLimiterLaw('cpulimit', 0.2);
    const once = createLimiterLaw('cpulimit', 0.2);
    const long = { slotNs: 2 * SLOT_NS, usedNs: SLOT_NS, grantedNs: 0 };
    const short = { slotNs: SLOT_NS, usedNs: SLOT_NS / 2, grantedNs: 0 };
    expect(twice.next(long)).toBe(once.next(short));
  });
});

describe('every law', () => {
  const laws = fc.constantFrom<Law>('paper', 'paper-rate', 'cpulimit');

  it('gives a part above 0 and at most 1, whatever it reads after a grant', () => {
    const readings = fc.array(
      fc
        .record({
          slotNs: fc.integer({ min: 1, max: 1e9 }),
          used: fc.double({ min: 0, max: 1, noNaN: true }),
          grantedNs: fc.integer({ min: 1, max: 1e9 }),
        })
        .map(({ used, ...reading }) => ({ ...reading, usedNs: Math.floor(used * reading.slotNs) })),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(laws, limits, readings, (law, limit, some) => {
        const limiter = createLimiterLaw(law, limit);
        for (const reading of some) {
          const part = limiter.next(reading);
          expect(part).toBeGreaterThan(0);
          expect(part).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('lets a process run that uses nothing', () => {
    for (const law of ['paper', 'paper-rate', 'cpulimit'] as const) {
      expect(runs(law, 0.3, 200, 0).at(-1)).toBe(1);
    }
  });
});
