/** Kernels that tick 100, 250 or 1000 times a second. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/model/index.js';
import type { DomainInput } from '../../../src/model/input.js';
import { COSTS, domain, loop, machineInput, SECOND_NS } from '../machine-input.js';
import { percent } from '../readings.js';
import { endless, LoneGuest, MS, type Program } from './lone-guest.js';

const KERNEL = { scheduler: 'o1-2.6.18', accounting: 'o1-steal' } as const;
/** Frequency and jiffy in ms. */
const KERNELS: readonly (readonly [number, Pick<DomainInput, 'hz'>, number])[] = [
  [100, {}, 10],
  [250, { hz: 250 }, 4],
  [1000, { hz: 1000 }, 1],
];

/** When a process that goes to sleep at `fromNs` for `forNs` runs again; a loop may run beside. */
function wakesNs(kernel: Pick<DomainInput, 'hz'>, fromNs: number, forNs: number, busy = false) {
  let wokenNs = -1;
  const sleeper: Program = ({ clock: { nowNs }, kernel }, task) => {
    if (nowNs < fromNs) return fromNs - nowNs;
    if (nowNs === fromNs) kernel.sleepUntil(task, fromNs + forNs);
    else if (wokenNs < 0) wokenNs = nowNs;
    return 0;
  };
  const programs = busy ? [sleeper, endless] : [sleeper];
  const guest = new LoneGuest(
    programs.map((program, i) => ({ program, nice: 19 * i })),
    { ...KERNEL, ...kernel },
  );
  guest.runUntil(fromNs + forNs + 20 * MS);
  return wokenNs;
}

describe.each(KERNELS)('at %i Hz', (hz, kernel, jiffyMs) => {
  const jiffyNs = jiffyMs * MS;

  it('a sleep of 5 ms from time 0 ends with the first jiffy after it', () => {
    const expectedMs = { 100: 10, 250: 8, 1000: 5 }[hz];
    expect(wakesNs(kernel, 0, 5 * MS)).toBe(expectedMs! * MS);
  });

  it('any sleep ends on a jiffy, less than one late, whether the guest idles or not', () => {
    const ns = fc.integer({ min: 1, max: 60 * MS });
    fc.assert(
      fc.property(ns, ns, fc.boolean(), (fromNs, forNs, busy) => {
        const wokenNs = wakesNs(kernel, fromNs, forNs, busy);
        expect(wokenNs % jiffyNs).toBe(0);
        // One that ends in the jiffy in which it began waits for that to end, too.
        expect(wokenNs).toBeGreaterThanOrEqual(fromNs + forNs);
        expect(wokenNs - fromNs - forNs).toBeLessThan(jiffyNs);
      }),
      { numRuns: 50 },
    );
  });

  it('a guest that runs takes so many ticks a second, and each charges a jiffy', () => {
    const guest = new LoneGuest([{ program: endless }], { ...KERNEL, ...kernel });
    const { charging } = guest.kernel;
    const tick = charging.tick.bind(charging);
    let ticks = 0;
    charging.tick = (task, column) => {
      ticks++;
      tick(task, column);
      // /proc counts in hundredths of a second, whatever the kernel's jiffies are.
      expect(guest.chargedNs(0)).toBe(Math.floor((ticks * jiffyMs) / 10) * 10 * MS);
      expect(guest.stat().user).toBe(guest.chargedNs(0));
    };
    guest.runUntil(3_000 * MS);
    expect(ticks).toBe(3 * hz);
  });

  it('a guest that is idle takes none', () => {
    const guest = new LoneGuest([], { ...KERNEL, ...kernel }, { timerInterruptNs: 1000 });
    guest.runUntil(3_000 * MS);
    expect(guest.upkeepNs()).toBe(0);
    expect(guest.stat().idle).toBe(3_000 * MS);
  });

  it('/proc/stat adds up to the time that passes, less a jiffy and what /proc rounds off', () => {
    const times = fc.array(fc.integer({ min: 1, max: 40 * MS }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(times, fc.integer({ min: MS / 10, max: 20 * MS }), (lengths, runNs) => {
        let running = false;
        const sleeps: Program = ({ clock, kernel }, task) => {
          running = !running;
          if (!running) kernel.sleepUntil(task, clock.nowNs + runNs);
          return running ? runNs : 0;
        };
        const guest = new LoneGuest([{ program: sleeps }], { ...KERNEL, ...kernel });
        let endNs = 0;
        lengths.forEach((length, i) => {
          if (i % 2 === 1) guest.takeAway(endNs, endNs + length);
          endNs += length;
        });
        guest.runUntil(endNs);
        const stat = Object.values(guest.stat());
        const sum = stat.reduce((a, b) => a + b, 0);
        for (const ns of stat) expect(ns % (10 * MS)).toBe(0);
        expect(sum).toBeLessThanOrEqual(endNs);
        // Open: the time since the last tick, and a remainder each of stolen and blocked time.
        // What was taken away and not given back is not known of yet.
        const openNs = 3 * jiffyNs + 40 * MS + stat.length * 10 * MS;
        expect(sum).toBeGreaterThan(endNs - openNs);
      }),
      { numRuns: 50 },
    );
  });

  it('a loop pays for so many timer interrupts', () => {
    const timerInterruptNs = 20_000;
    const result = simulate(
      machineInput({
        costs: { ...COSTS, timerInterruptNs },
        domains: [domain('dom0', kernel), domain('vm1')],
        processes: [loop('loop', 'dom0')],
        durationNs: 2 * SECOND_NS,
      }),
      1,
    );
    expect(percent(result, 'process:loop:true')).toBeCloseTo(
      100 - (hz * timerInterruptNs) / 1e7,
      2,
    );
  });

  it("the hypervisor's ticks, and so its caps and shares, stay as they are", () => {
    const used = (vm: Pick<DomainInput, 'hz'>) => {
      const result = simulate(
        machineInput({
          domains: [domain('dom0'), domain('vm1', { ...vm, capPct: 40 }), domain('vm2', vm)],
          processes: [loop('a', 'vm1'), loop('b', 'vm2')],
        }),
        1,
      );
      return percent(result, 'domain:vm1:cpu');
    };
    expect(used(kernel)).toBeCloseTo(used({}), 9);
  });
});
