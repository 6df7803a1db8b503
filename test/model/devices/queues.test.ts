import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DelayLine } from '../../../src/model/devices/delay-line.js';
import { REQUEST, typeOf } from '../../../src/model/devices/packet.js';
import { PacketRing } from '../../../src/model/devices/packet-ring.js';
import { PacketSocket } from '../../../src/model/devices/packet-socket.js';
import { WireSizes } from '../../../src/model/devices/wire-sizes.js';

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

  it('hands its oldest packets on to another, in order', () => {
    const packets = fc.array(fc.integer({ min: 0, max: 2 ** 30 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(packets, fc.nat(80), fc.nat(60), (sent, turn, most) => {
        const from = turned(60, turn);
        const to = turned(90, turn + 7);
        to.push(-1);
        for (const packet of sent) from.push(packet);
        const count = Math.min(most, sent.length);
        const requests = sent.slice(0, count).filter((packet) => typeOf(packet) === REQUEST);
        expect(from.countOf(1 << REQUEST, count)).toBe(requests.length);
        from.moveTo(to, count);
        expect(contents(to)).toEqual([-1, ...sent.slice(0, count)]);
        expect(contents(from)).toEqual(sent.slice(count));
      }),
    );
  });
});

/** An empty ring that has been in use, so that its head is anywhere. */
function turned(capacity: number, turns: number): PacketRing {
  const ring = new PacketRing(capacity);
  for (let i = 0; i < turns; i++) {
    ring.push(0);
    ring.drop(1);
  }
  return ring;
}

function contents(ring: PacketRing): number[] {
  return Array.from({ length: ring.length }, (_, i) => ring.peek(i));
}

describe('DelayLine', () => {
  it('keeps the order of sending: nothing overtakes, nothing is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e12 }), { maxLength: 700 }), (times) => {
        const line = new DelayLine();
        let latest = 0;
        times.forEach((time, i) => {
          latest = Math.max(latest, time);
          line.push(time, i);
          expect(line.nextNs).toBe(times[0]!);
        });
        latest = 0;
        times.forEach((time, i) => {
          latest = Math.max(latest, time);
          expect(line.nextNs).toBe(latest);
          expect(line.shift()).toBe(i);
        });
        expect(line.nextNs).toBe(Infinity);
      }),
    );
  });

  it('moves what has arrived into a ring, and counts what finds it full', () => {
    const times = fc.array(fc.nat(1000), { maxLength: 60 });
    fc.assert(
      fc.property(times, fc.nat(1000), fc.nat(1000), fc.nat(60), (sent, until, before, room) => {
        sent.sort((a, b) => a - b);
        const line = new DelayLine();
        sent.forEach((time, i) => {
          line.push(time, i);
        });
        const arrived = sent.filter((time) => time <= until && time < before).length;
        const ring = new PacketRing(room + 1);
        expect(line.moveInto(ring, until, before)).toBe(Math.max(0, arrived - room - 1));
        expect(contents(ring)).toEqual(sent.map((_, i) => i).slice(0, Math.min(arrived, room + 1)));
        expect(line.nextNs).toBe(sent[arrived] ?? Infinity);
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

  it('takes packets from a ring as it takes them one by one', () => {
    const sizes = new WireSizes([1000]);
    const rounds = fc.array(fc.tuple(fc.array(fc.nat(13), { maxLength: 12 }), fc.nat(20)));
    fc.assert(
      fc.property(rounds, (steps) => {
        const single = new PacketSocket(4000, 100);
        const batched = new PacketSocket(4000, 100);
        for (const [types, unread] of steps) {
          const ring = turned(16, unread);
          for (const type of types) ring.push(type);
          for (let at = 0; at < types.length; at++) {
            at = batched.offerFrom(ring, at, types.length, sizes);
            if (at < types.length) batched.offer(sizes.of(types[at]!));
          }
          for (const type of types) single.offer(sizes.of(type));
          for (const socket of [single, batched]) {
            socket.beginBatch();
            socket.readUpTo(Math.min(unread, socket.queued));
            if (unread % 2 === 0) socket.readUpTo(0);
          }
          expect(batched).toEqual(single);
        }
      }),
    );
  });
});
