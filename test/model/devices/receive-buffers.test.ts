/** When netfront posts receive buffers, and how many: worked out by hand from its rules. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReceiveBuffers } from '../../../src/model/devices/receive-buffers.js';

/** Netfront of Linux for Xen 3; a poll takes 64 packets at the most. */
const LINUX = { least: 64, most: 256, batchPct: 50 };
const POLL = 64;

describe('receive buffers', () => {
  it('are 64 at first, and the target doubles, as domain 0 has none', () => {
    const buffers = new ReceiveBuffers(LINUX);
    expect([buffers.post(0), buffers.target]).toEqual([64, 128]);
  });

  it('are posted once they are half of the target', () => {
    const buffers = new ReceiveBuffers(LINUX);
    buffers.post(0);
    // 54 of 128 are posted: 74 are missing.
    expect(buffers.polled(10, 0)).toBe(74);
    // 108 are more than 96: the target is 127, of which 19, 39 and 59 are less than 63.
    expect([buffers.polled(20, 0), buffers.target]).toEqual([0, 127]);
    expect([buffers.polled(20, 0), buffers.polled(20, 0)]).toEqual([0, 0]);
    expect([buffers.polled(20, 0), buffers.target]).toEqual([79, 127]);
  });

  it('are aimed at in twice the number once domain 0 has less than a quarter left', () => {
    const buffers = new ReceiveBuffers(LINUX);
    buffers.post(0);
    buffers.polled(10, 0);
    // Of 128, 64 have been found filled, and 33 or 32 more are: 31 or 32 are left of 128.
    expect([buffers.polled(64, 32), buffers.target]).toEqual([64, 128]);
    expect([buffers.polled(64, 33), buffers.target]).toEqual([64, 256]);
    // No more than the ring has slots: 128 are posted, 3 of them left.
    expect([buffers.polled(64, 61), buffers.target]).toEqual([192, 256]);
  });

  it('that are allocated wait until the target has fallen to twice their number', () => {
    const buffers = new ReceiveBuffers({ least: 10, most: 40, batchPct: 50 });
    // 10 of 20, the other 10; 3 are left, 17 of 40, the other 20.
    expect([buffers.post(0), buffers.polled(0, 0)]).toEqual([10, 10]);
    expect([buffers.polled(17, 0), buffers.polled(0, 0), buffers.target]).toEqual([17, 20, 40]);
    // 32 are more than 30: 7 of 39 are missing, and allocated.
    expect([buffers.polled(8, 0), buffers.target]).toEqual([0, 39]);
    while (buffers.target > 16) expect(buffers.polled(0, 0)).toBe(0);
    expect([buffers.polled(0, 0), buffers.target]).toEqual([7, 15]);
  });
});

describe('whatever comes', () => {
  const polls = fc.array(fc.tuple(fc.nat(POLL), fc.nat(300)), { maxLength: 100 });
  const limits = fc.record({
    least: fc.integer({ min: 1, max: 256 }),
    most: fc.integer({ min: 1, max: 256 }),
    batchPct: fc.nat(100),
  });

  it('a ring holds what is posted, and batches are no smaller than they have to be', () => {
    fc.assert(
      fc.property(polls, limits, (history, { least, most, batchPct }) => {
        const buffers = new ReceiveBuffers({ least, most, batchPct });
        let posted = buffers.post(0);
        let filled = 0;
        for (const [most64, more] of history) {
          filled = Math.min(posted, filled + more);
          const found = Math.min(filled, most64);
          filled -= found;
          posted -= found;
          const before = buffers.target;
          const count = buffers.polled(found, filled);
          posted += count;
          expect(posted).toBeLessThanOrEqual(most);
          expect(buffers.target).toBeGreaterThanOrEqual(Math.min(least, most));
          expect(buffers.target).toBeLessThanOrEqual(most);
          if (count > 0) {
            expect(count).toBeGreaterThanOrEqual(Math.floor(((before - 1) * batchPct) / 100));
          }
        }
      }),
    );
  });

  it('each one is replaced at once if the target is fixed and batches may be of any size', () => {
    fc.assert(
      fc.property(polls, (history) => {
        const buffers = new ReceiveBuffers({ least: 256, most: 256, batchPct: 0 });
        expect(buffers.post(0)).toBe(256);
        for (const [found] of history) expect(buffers.polled(found, 0)).toBe(found);
      }),
    );
  });
});

describe('with a netback that fills them as far as it may', () => {
  /** The target after many rounds of filling all but so many and polling until all are found. */
  const targetWith = (leftByNetback: number) => {
    const buffers = new ReceiveBuffers(LINUX);
    let posted = buffers.post(0);
    // Little comes at first: the target falls to its least.
    for (let i = 0; i < 1000; i++) {
      posted += buffers.polled(1, 0) - 1;
    }
    expect(buffers.target).toBe(LINUX.least);
    for (let round = 0; round < 100; round++) {
      let filled = Math.max(0, posted - leftByNetback);
      while (filled > 0) {
        const found = Math.min(POLL, filled);
        filled -= found;
        posted += buffers.polled(found, filled) - found;
      }
    }
    return buffers.target;
  };

  it('the target grows to the whole ring if netback uses all', () => {
    expect(targetWith(0)).toBe(256);
  });

  it('it never grows if netback wants 20: the 19 left are more than a quarter of 64', () => {
    expect(targetWith(19)).toBe(64);
  });
});
