import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endless, LoneGuest, MS, type Program } from './lone-guest.js';

const JIFFY_NS = 10 * MS;
const schedulers = ['o1-2.6.16', 'o1-2.6.18', 'cfs'] as const;

describe.each(schedulers)('SIGSTOP and SIGCONT under %s', (scheduler) => {
  it('a stopped process does not run, a continued one does', () => {
    const times = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(times, (lengths) => {
        const guest = new LoneGuest([{ program: pausing() }], { scheduler, accounting: 'o1' });
        const task = guest.process(0);
        let ms = 0;
        let stoppedMs = 0;
        lengths.forEach((length, i) => {
          // 0.5 ms after the start of a unit of 1 ms in 2 ms: the process sleeps or is stopped.
          const atNs = ms * 2 * MS + 1.5 * MS;
          if (i % 2 === 0) guest.inInterrupt(atNs, () => guest.kernel.stopTask(task));
          else guest.inInterrupt(atNs, () => guest.kernel.continueTask(task));
          ms += length;
          if (i % 2 === 0) stoppedMs += length;
        });
        guest.runUntil(ms * 2 * MS);
        const ranMs = guest.usedNs(0) / MS;
        expect(Math.abs(ms - stoppedMs - ranMs)).toBeLessThanOrEqual(lengths.length);
      }),
    );
  });

  it('a wake-up that comes meanwhile is not lost', () => {
    let units = 0;
    const once: Program = (guest, task) => {
      if (guest.clock.nowNs === 0) guest.deviceWakes(task, 20 * MS);
      else if (units++ === 0) return MS;
      return 0;
    };
    const guest = new LoneGuest([{ program: once }], { scheduler, accounting: 'o1' });
    guest.inInterrupt(10 * MS, () => guest.kernel.stopTask(guest.process(0)));
    guest.inInterrupt(30 * MS, () => guest.kernel.continueTask(guest.process(0)));
    guest.runUntil(29 * MS);
    expect(guest.usedNs(0)).toBe(0);
    guest.runUntil(40 * MS);
    expect(guest.usedNs(0)).toBe(MS);
  });

  it('another process has the CPU meanwhile', () => {
    const guest = new LoneGuest(
      [
        { program: endless, nice: 10 },
        { program: endless, nice: -10 },
      ],
      {
        scheduler,
        accounting: 'o1',
      },
    );
    // The one of nice -10 is current nearly always; the other is runnable.
    guest.inInterrupt(100 * MS + 1, () => {
      expect(guest.kernel.current).toBe(guest.process(1));
      guest.kernel.stopTask(guest.process(0));
    });
    guest.runUntil(150 * MS);
    const before = [guest.usedNs(0), guest.usedNs(1)] as const;
    guest.runUntil(5_000 * MS);
    expect(guest.usedNs(0)).toBe(before[0]);
    expect(guest.usedNs(1) - before[1]).toBe(4_850 * MS);
  });
});

describe('sleeping', () => {
  it('ends with the first jiffy at or after the time asked for, if the guest can run', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 * MS }), fc.boolean(), (untilNs, busy) => {
        let wokenNs = -1;
        const sleeper: Program = ({ clock, kernel }, task) => {
          if (clock.nowNs === 0) kernel.sleepUntil(task, untilNs);
          else if (wokenNs < 0) wokenNs = clock.nowNs;
          return 0;
        };
        const others = busy ? [{ program: endless, nice: 19 }] : [];
        const guest = new LoneGuest([{ program: sleeper }, ...others], {
          scheduler: 'o1-2.6.16',
          accounting: 'o1',
        });
        guest.runUntil(600 * MS);
        expect(wokenNs).toBe(Math.ceil(untilNs / JIFFY_NS) * JIFFY_NS);
      }),
    );
  });

  it('is longer for a guest that cannot run', () => {
    let wokenNs = -1;
    const sleeper: Program = ({ clock, kernel }, task) => {
      if (clock.nowNs === 0) kernel.sleepUntil(task, 15 * MS);
      else wokenNs = clock.nowNs;
      return 0;
    };
    const guest = new LoneGuest([{ program: sleeper }], {
      scheduler: 'o1-2.6.16',
      accounting: 'o1',
    });
    guest.takeAway(5 * MS, 33 * MS);
    guest.runUntil(100 * MS);
    expect(wokenNs).toBe(33 * MS);
  });
});

/** Runs for 1 ms in every 2 ms. */
function pausing(): Program {
  let running = false;
  return (guest, task) => {
    running = !running;
    if (running) return MS;
    guest.deviceWakes(task, (Math.floor(guest.clock.nowNs / (2 * MS)) + 1) * 2 * MS);
    return 0;
  };
}
