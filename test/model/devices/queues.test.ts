import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DelayLine } from '../../../src/model/devices/delay-line.js';
import { PacketRing } from '../../../src/model/devices/packet-ring.js';
import { PacketSocket } from '../../../src/model/devices/packet-socket.js';

describe('PacketRing', () => {
  it('is a queue that refuses what goes beyond its capacity', () => {
    const steps = fc.array(fc.option(fc.integer({ min: 0, max: 2 ** 30 })));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), steps, (capacity, packets) => {
        const ring = new PacketRing(capacity);
        const queue: number[] = [];
        for (const packet of packets) {
          if (packet !== null) {
            const fits = queue.length < capacity;
            expect(ring.push(packet)).toBe(fits);
            if (fits) queue.push(packet);
          } else if (queue.length > 0) {
            expect(ring.shift()).toBe(queue.shift());
          }
          expect(ring.length).toBe(queue.length);
          expect(queue.map((_, i) => ring.peek(i))).toEqual(queue);
        }
      }),
    );
  });
});

describe('DelayLine', () => {
  it('keeps the order of sending: nothing overtakes, nothing is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e12 }), { maxLength: 700 }), (times) => {
        const line = new DelayLine();
        let latest = 0;
        times.forEach((time, i) => {
          latest = Math.max(latest, time);
          expect(line.push(time, i)).toBe(latest);
        });
        latest = 0;
        times.forEach((time, i) => {
          latest = Math.max(latest, time);
          expect(line.nextNs()).toBe(latest);
          expect(line.shift()).toBe(i);
        });
        expect(line.nextNs()).toBe(Infinity);
      }),
    );
  });
});

describe('PacketSocket', () => {
  it('misses what does not fit, by bytes, and frees a batch as it is read', () => {
    const socket = new PacketSocket(1000, 100);
    expect([1, 2, 3, 4, 5].map(() => socket.offer(100))).toEqual([true, true, true, true, true]);
    expect(socket.offer(1)).toBe(false);
    expect(socket.beginBatch()).toBe(5);
    expect(socket.isFullFor(100)).toBe(true);
    socket.readUpTo(4);
    expect(socket.isFullFor(100)).toBe(false);
    expect(socket.isFullFor(101)).toBe(true);
    expect(socket.offer(100)).toBe(true);
    socket.readUpTo(0);
    expect(socket.queued).toBe(1);
    expect([socket.offered, socket.missed]).toEqual([7, 1]);
  });
});
