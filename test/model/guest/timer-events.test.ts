/** A VCPU's timers send it events: one bit, whatever they are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endless, LoneGuest, MS, type Program } from './lone-guest.js';

const US = 1_000;
const JIFFY_NS = 10 * MS;
const KERNEL = { scheduler: 'o1-2.6.18', accounting: 'o1' } as const;

/** Runs for a while, and sleeps for a while. */
function sleeps(runNs: number, sleepNs: number): Program {
  let running = false;
  return ({ clock, kernel }, task) => {
    running = !running;
    if (!running) kernel.sleepUntil(task, clock.nowNs + sleepNs);
    return running ? runNs : 0;
  };
}

/** When the guest takes a timer interrupt, from now on. */
function ticksOf({ clock, kernel: { charging } }: LoneGuest): number[] {
  const times: number[] = [];
  const tick = charging.tick.bind(charging);
  charging.tick = (task, column) => {
    times.push(clock.nowNs);
    tick(task, column);
  };
  return times;
}

describe('timer events of one instant', () => {
  it('are one interrupt: a sleep that ends when a tick was missed', () => {
    const guest = new LoneGuest([{ program: sleeps(MS, 5 * MS) }], KERNEL, {
      timerInterruptNs: 50 * US,
    });
    guest.runUntil(1_000 * MS - 1);
    // Each sleep ends with the next jiffy, and each jiffy has its tick.
    expect(guest.upkeepNs()).toBe(99 * 50 * US);
  });

  it('are one interrupt, whatever sleeps, works and takes the PCPU away', () => {
    const times = fc.integer({ min: 1, max: 3 * JIFFY_NS });
    const wholeMs = fc.integer({ min: 1, max: 30 }).map((ms) => ms * MS);
    const any = fc.oneof(times, wholeMs);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(any, any), { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(any, any), { maxLength: 8 }),
        (processes, taken) => {
          const guest = new LoneGuest(
            processes.map(([runNs, sleepNs]) => ({ program: sleeps(runNs, sleepNs) })),
            KERNEL,
          );
          const ticks = ticksOf(guest);
          let ns = 0;
          for (const [gapNs, lengthNs] of taken) {
            guest.takeAway(ns + gapNs, ns + gapNs + lengthNs);
            ns += gapNs + lengthNs;
          }
          guest.runUntil(500 * MS);
          expect(ticks.length).toBeGreaterThan(0);
          expect(new Set(ticks).size).toBe(ticks.length);
        },
      ),
    );
  });
});

describe('the single-shot timer', () => {
  it('ends a sleep with its jiffy, though the guest was woken by something else before', () => {
    let wokenNs = -1;
    const sleeper: Program = ({ clock, kernel }, task) => {
      if (clock.nowNs === 0) kernel.sleepUntil(task, 15 * MS);
      else if (wokenNs < 0) wokenNs = clock.nowNs;
      return 0;
    };
    const woken: Program = (guest, task) => (guest.clock.nowNs > 0 ? endless(guest, task) : 0);
    const guest = new LoneGuest([{ program: sleeper, nice: -10 }, { program: woken }], KERNEL);
    const ticks = ticksOf(guest);
    guest.deviceWakes(guest.process(1), 17 * MS);
    guest.runUntil(30 * MS);
    // The ticks were missed up to 17 ms, from when on they count.
    expect(ticks).toEqual([17 * MS, 20 * MS, 27 * MS]);
    expect(wokenNs).toBe(20 * MS);
  });

  it('is set again by a guest that it interrupts early', () => {
    let wokenNs = -1;
    const sleeper: Program = ({ clock, kernel }, task) => {
      if (clock.nowNs === 0) kernel.sleepUntil(task, 20 * MS);
      else if (wokenNs < 0) wokenNs = clock.nowNs;
      return 0;
    };
    const guest = new LoneGuest([{ program: sleeper }], KERNEL);
    const ticks = ticksOf(guest);
    const earlyNs = 20 * MS - 40 * US;
    guest.at(earlyNs, () => {
      guest.kernel.singleShot();
      guest.kernel.interrupt();
    });
    guest.runUntil(29 * MS);
    expect(ticks).toEqual([earlyNs, 20 * MS]);
    expect(wokenNs).toBe(20 * MS);
  });

  it('waits for the end of the jiffy if what it is set for is over', () => {
    let wokenNs = -1;
    const sleeper: Program = ({ clock, kernel }, task) => {
      if (clock.nowNs < 12 * MS) return 12 * MS - clock.nowNs;
      if (clock.nowNs === 12 * MS) kernel.sleepUntil(task, 3 * MS);
      else if (wokenNs < 0) wokenNs = clock.nowNs;
      return 0;
    };
    const guest = new LoneGuest([{ program: sleeper }], KERNEL);
    guest.runUntil(30 * MS);
    expect(wokenNs).toBe(20 * MS);
  });
});

describe('the periodic timer', () => {
  it.each([
    { slackUs: 0, earlyUs: 1, ticks: [30 * MS, 40 * MS] },
    { slackUs: 50, earlyUs: 51, ticks: [30 * MS, 40 * MS] },
    { slackUs: 50, earlyUs: 50, ticks: [29.95 * MS, 39.95 * MS] },
  ])('with a slack of $slackUs us, of a VCPU that comes back $earlyUs us before', (one) => {
    const guest = new LoneGuest([{ program: endless }], KERNEL, {}, one.slackUs * US);
    guest.takeAway(21 * MS, 30 * MS - one.earlyUs * US);
    const ticks = ticksOf(guest);
    guest.runUntil(45 * MS);
    expect(ticks).toEqual([10 * MS, 20 * MS, ...one.ticks]);
  });
});
