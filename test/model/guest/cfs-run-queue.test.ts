import { describe, expect, it } from 'vitest';
import { endless, LoneGuest, MS, type Program } from './lone-guest.js';

const END_NS = 60_000 * MS;

/** Shares of the CPU that endless loops of these nice values get. */
function shares(nices: readonly number[]): number[] {
  const guest = new LoneGuest(
    nices.map((nice) => ({ program: endless, nice })),
    { scheduler: 'cfs', accounting: 'cfs' },
  );
  guest.runUntil(END_NS);
  return nices.map((_, i) => guest.usedNs(i) / END_NS);
}

describe('CfsRunQueue', () => {
  it('shares the CPU among equals', () => {
    for (const share of shares([0, 0, 0])) expect(share).toBeCloseTo(1 / 3, 2);
  });

  // Linux's weights: nice 0 is 1024, nice 5 is 335, nice -5 is 3121, nice 19 is 15.
  it.each([
    [5, 1024 / (1024 + 335)],
    [-5, 1024 / (1024 + 3121)],
    [19, 1024 / (1024 + 15)],
  ])('gives nice 0 beside nice %i its share by weight', (nice, expected) => {
    expect(shares([0, nice])[0]).toBeCloseTo(expected, 2);
  });

  it("shares what a stolen VCPU has: stolen time is nobody's run time", () => {
    const guest = new LoneGuest([{ program: endless }, { program: endless }], {
      scheduler: 'cfs',
      accounting: 'cfs',
    });
    for (let ns = 0; ns < END_NS; ns += 60 * MS) guest.takeAway(ns, ns + 45 * MS);
    guest.runUntil(END_NS);
    expect(guest.usedNs(0) / END_NS).toBeCloseTo(1 / 8, 2);
    expect(guest.usedNs(1) / END_NS).toBeCloseTo(1 / 8, 2);
  });

  it('lets a task that sleeps most of the time have what it asks for', () => {
    let k = 0;
    let running = false;
    const bursts: Program = (guest, task) => {
      running = !running;
      if (running && k > 0) return 2 * MS;
      running = false;
      guest.deviceWakes(task, ++k * 50 * MS);
      return 0;
    };
    const guest = new LoneGuest([{ program: bursts }, { program: endless }], {
      scheduler: 'cfs',
      accounting: 'cfs',
    });
    guest.runUntil(END_NS);
    // 2 ms in every 50 ms is 4%; but for the last, each burst was done before the next was due.
    expect(guest.usedNs(0) / END_NS).toBeCloseTo(0.04, 3);
  });

  it('does not let a long sleep be saved up', () => {
    let slept = false;
    const late: Program = (guest, task) => {
      if (slept) return 1_000 * MS;
      slept = true;
      guest.kernel.sleepUntil(task, END_NS / 2);
      return 0;
    };
    const guest = new LoneGuest([{ program: late }, { program: endless }], {
      scheduler: 'cfs',
      accounting: 'cfs',
    });
    guest.runUntil(END_NS);
    // Half of the second half, not all of it.
    expect(guest.usedNs(0) / END_NS).toBeCloseTo(0.25, 2);
  });
});
