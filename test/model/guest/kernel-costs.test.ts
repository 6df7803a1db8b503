/** What a kernel's own work takes: so often, times its cost. */
import { describe, expect, it } from 'vitest';
import { endless, LoneGuest, MS, type Program } from './lone-guest.js';

const US = 1_000;
const END_NS = 1_000 * MS;
const O1 = { scheduler: 'o1-2.6.18' } as const;

describe('of a busy guest', () => {
  it('a timer interrupt comes at each of 100 ticks', () => {
    const guest = new LoneGuest([{ program: endless }], O1, { timerInterruptNs: 50 * US });
    guest.runUntil(END_NS);
    // What the last one takes comes after the end.
    expect(guest.upkeepNs()).toBe(99 * 50 * US);
    expect(guest.usedNs(0)).toBe(END_NS);
  });

  it("a device's interrupt costs once, however often it was raised meanwhile", () => {
    const guest = new LoneGuest([{ program: endless }], O1, { deviceInterruptNs: 20 * US });
    for (let i = 1; i <= 30; i++) guest.inInterrupt(i * 3 * MS, () => {});
    guest.takeAway(200 * MS, 300 * MS);
    for (let i = 1; i <= 5; i++) guest.inInterrupt(200 * MS + i * MS, () => {});
    guest.runUntil(END_NS);
    expect(guest.upkeepNs()).toBe((30 + 1) * 20 * US);
  });

  it('a switch of VCPUs costs when it comes back, and at the start', () => {
    const guest = new LoneGuest([{ program: endless }], O1, { vcpuSwitchNs: 30 * US });
    for (let ms = 55; ms < 1000; ms += 100) guest.takeAway(ms * MS, (ms + 20) * MS);
    guest.runUntil(END_NS);
    expect(guest.upkeepNs()).toBe((1 + 10) * 30 * US);
  });
  it('a pass costs each time it comes back, a switch only if another has been there', () => {
    let running = false;
    const program: Program = ({ clock }) => {
      running = !running && clock.nowNs > 0;
      return running ? MS : 0;
    };
    const costs = { schedulerPassNs: 20 * US, vcpuSwitchNs: 700 * US };
    const guest = new LoneGuest([{ program }], O1, costs);
    const wakeUps = Array.from({ length: 49 }, (_, i) => (i + 1) * 20 * MS);
    for (const ns of wakeUps) guest.deviceWakes(guest.process(0), ns);
    guest.takeAway(505 * MS, 510 * MS);
    guest.runUntil(END_NS);
    // It also starts, with nothing loaded.
    expect(guest.upkeepNs()).toBe((1 + wakeUps.length) * 20 * US + (1 + 1) * 700 * US);
  });

  it('a pass costs as well if it finds nothing else to run', () => {
    const guest = new LoneGuest([{ program: endless }], O1, { schedulerPassNs: 20 * US });
    for (let ms = 15; ms < 1000; ms += 100) guest.at(ms * MS, () => guest.kernel.goesOn());
    guest.runUntil(END_NS);
    expect(guest.upkeepNs()).toBe((1 + 10) * 20 * US);
  });
});

describe('a switch of processes', () => {
  it('costs when it loads other page tables: at the end of each slice of two', () => {
    const two = [{ program: endless }, { program: endless }];
    const guest = new LoneGuest(two, O1, { processSwitchNs: 40 * US });
    guest.runUntil(END_NS);
    // Ten slices of 100 ms, the last of which ends with the time.
    expect(guest.upkeepNs()).toBe(10 * 40 * US);
  });

  it('costs nothing to idle and back: idle keeps the page tables of who ran last', () => {
    let runs = 0;
    const sleeps: Program = ({ clock, kernel }, task) => {
      if (runs++ % 2 === 0) return MS;
      kernel.sleepUntil(task, clock.nowNs + 20 * MS);
      return 0;
    };
    const guest = new LoneGuest([{ program: sleeps }], O1, { processSwitchNs: 40 * US });
    guest.runUntil(END_NS);
    expect(runs).toBeGreaterThan(60);
    expect(guest.upkeepNs()).toBe(40 * US);
  });
});
