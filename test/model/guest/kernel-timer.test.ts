import { describe, expect, it } from 'vitest';
import { LoneGuest, MS } from './lone-guest.js';

describe('a kernel timer that is set while the guest sleeps for longer', () => {
  it('wakes it in time', () => {
    // The process sleeps for ten seconds, which is what the idle guest asks to be woken for.
    const guest = new LoneGuest(
      [
        {
          program: ({ kernel }, task) => {
            kernel.sleepUntil(task, 10_000 * MS);
            return 0;
          },
        },
      ],
      { scheduler: 'o1-2.6.16' },
    );
    const { kernel, clock } = guest;
    const firedNs: number[] = [];
    let dueNs = Infinity;
    kernel.addTimer({
      tick: () => {
        if (clock.nowNs < dueNs) return;
        firedNs.push(clock.nowNs);
        dueNs = Infinity;
      },
      nextTimerNs: () => dueNs,
    });
    const setNs = 1_003 * MS;
    guest.inInterrupt(setNs, () => {
      dueNs = setNs + 500 * MS;
    });
    guest.runUntil(9_000 * MS);
    // A kernel's timers end with jiffies, of 10 ms.
    expect(firedNs).toEqual([1_510 * MS]);
  });
});
