import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RetransmitTimers } from '../../../src/model/devices/retransmit-timers.js';

describe('RetransmitTimers', () => {
  const MS = 1_000_000;
  const act = fc.constantFrom('open', 'arm', 'disarm', 'close');
  const steps = fc.array(fc.tuple(act, fc.nat(4), fc.integer({ min: 1, max: 400 })), {
    maxLength: 120,
  });

  it('finds every deadline that passes, at most 50 ms late, and no other', () => {
    fc.assert(
      fc.property(steps, (acts) => {
        const timers = new RetransmitTimers();
        const deadlines = new Map<number, number>();
        let nowNs = 0;
        for (const [kind, connection, passesMs] of acts) {
          if (kind === 'open' && !deadlines.has(connection)) {
            timers.open(connection, nowNs);
            timers.measured(connection, 10 * MS);
            deadlines.set(connection, nowNs + 3000 * MS);
          } else if (kind === 'arm' && deadlines.has(connection)) {
            timers.arm(connection, nowNs);
            // An RTO of R + 200 ms, as nothing has expired since.
            deadlines.set(connection, nowNs + 210 * MS);
          } else if (kind === 'disarm' && deadlines.has(connection)) {
            timers.disarm(connection);
            deadlines.set(connection, Infinity);
          } else if (kind === 'close') {
            timers.close(connection);
            deadlines.delete(connection);
          }
          for (let ms = 0; ms < passesMs; ms++) {
            nowNs += MS;
            for (let c = timers.nextExpired(nowNs); c >= 0; c = timers.nextExpired(nowNs)) {
              const deadlineNs = deadlines.get(c)!;
              expect(nowNs).toBeGreaterThanOrEqual(deadlineNs);
              expect(nowNs - deadlineNs).toBeLessThanOrEqual(51 * MS);
              expect(timers.retriesOf(c)).toBe(1);
              timers.close(c);
              deadlines.delete(c);
            }
          }
          for (const deadlineNs of deadlines.values()) {
            expect(nowNs - deadlineNs).toBeLessThanOrEqual(51 * MS);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps watch over any number of connections', () => {
    const timers = new RetransmitTimers();
    for (let connection = 0; connection < 3000; connection++) timers.open(connection, connection);
    const found = new Set<number>();
    for (let nowNs = 0; nowNs <= 3100 * MS; nowNs += MS) {
      for (let c = timers.nextExpired(nowNs); c >= 0; c = timers.nextExpired(nowNs)) found.add(c);
    }
    expect(found.size).toBe(3000);
  });
});
