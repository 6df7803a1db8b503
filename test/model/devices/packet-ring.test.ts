import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REQUEST, typeOf } from '../../../src/model/devices/packet.js';
import { PacketRing } from '../../../src/model/devices/packet-ring.js';

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
            expect(ring.first()).toBe(queue[0]);
            expect(ring.shift()).toBe(queue.shift());
          }
          expect(ring.length).toBe(queue.length);
          expect(contents(ring)).toEqual(queue);
        }
      }),
    );
  });

  it('takes packets from a list as far as it has room, in order', () => {
    const packets = fc.array(fc.integer({ min: 0, max: 2 ** 30 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(packets, fc.nat(80), fc.nat(60), fc.nat(60), (sent, turn, from, count) => {
        const ring = turned(40, turn);
        ring.push(-1);
        const first = Math.min(from, sent.length);
        const taken = sent.slice(first).slice(0, 39);
        expect(ring.pushAll(Int32Array.from(sent), first, sent.length)).toBe(taken.length);
        expect(contents(ring)).toEqual([-1, ...taken]);
        ring.shift();
        const oldest = taken.slice(0, count);
        const requests = oldest.filter((packet) => typeOf(packet) === REQUEST);
        expect(ring.countOf(1 << REQUEST, oldest.length)).toBe(requests.length);
        ring.drop(oldest.length);
        expect(contents(ring)).toEqual(taken.slice(count));
      }),
    );
  });

  it('counts packets of some types as it takes them', () => {
    const packets = fc.array(fc.integer({ min: 0, max: 2 ** 30 }), { maxLength: 30 });
    fc.assert(
      fc.property(packets, fc.nat(80), fc.nat(30), (sent, turn, from) => {
        const ring = turned(31, turn);
        ring.push(-1);
        const taken = sent.slice(from);
        const requests = taken.filter((packet) => typeOf(packet) === REQUEST).length;
        const first = sent.length - taken.length;
        const list = Int32Array.from(sent);
        expect(ring.pushCounting(list, first, list.length, 1 << REQUEST)).toBe(requests);
        expect(contents(ring)).toEqual([-1, ...taken]);
      }),
    );
  });
});

/** An empty ring that has been in use: it is turned while it holds a packet. */
function turned(capacity: number, turns: number): PacketRing {
  const ring = new PacketRing(capacity);
  ring.push(0);
  for (let i = 0; i < turns; i++) {
    ring.push(0);
    ring.drop(1);
  }
  ring.drop(1);
  return ring;
}

function contents(ring: PacketRing): number[] {
  return [...ring.packets.subarray(ring.head, ring.tail)];
}
