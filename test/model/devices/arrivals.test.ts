import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arrivals, GIVING_WAY } from '../../../src/model/devices/arrivals.js';

describe('Arrivals', () => {
  const packets = fc.array(
    fc.record({ flight: fc.integer({ min: 1, max: 40 }), givesWay: fc.boolean() }),
    { maxLength: 5 },
  );
  const steps = fc.array(fc.record({ passes: fc.nat(30), sent: packets, taken: fc.nat(8) }), {
    maxLength: 150,
  });

  it('has what arrives in the order of its times, and loses what finds the ring full', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), steps, (capacity, rounds) => {
        const arrivals = new Arrivals(capacity);
        // The same, worked out by sorting.
        let coming: { packet: number; time: number; order: number }[] = [];
        const ring: number[] = [];
        let lost = 0;
        let nowNs = 0;
        let packet = 0;
        for (const { passes, sent, taken } of rounds) {
          for (const { flight, givesWay } of sent) {
            const time = nowNs + flight;
            arrivals.add(packet, givesWay ? time + GIVING_WAY : time);
            coming.push({ packet, time, order: givesWay ? 1 : 0 });
            packet++;
          }
          coming.sort((a, b) => a.time - b.time || a.order - b.order || a.packet - b.packet);
          expect(arrivals.nextNs).toBe(coming[0]?.time ?? Infinity);
          nowNs += passes;
          arrivals.arrive(nowNs);
          for (const { packet: arrived, time } of coming) {
            if (time > nowNs) break;
            if (ring.length < capacity) ring.push(arrived);
            else lost++;
          }
          coming = coming.filter(({ time }) => time > nowNs);
          const { head, waiting } = arrivals;
          expect([...arrivals.packets.subarray(head, head + waiting)]).toEqual(ring);
          expect(arrivals.lost).toBe(lost);
          const count = Math.min(taken, ring.length);
          arrivals.drop(count);
          ring.splice(0, count);
        }
      }),
    );
  });

  it('grows with what is on its way', () => {
    const arrivals = new Arrivals(10_000);
    for (let packet = 0; packet < 5000; packet++) arrivals.add(packet, 5000 - packet);
    arrivals.arrive(2000);
    expect(arrivals.waiting).toBe(2000);
    arrivals.drop(1990);
    for (let packet = 5000; packet < 9000; packet++) arrivals.add(packet, packet);
    arrivals.arrive(9000);
    expect(arrivals.waiting).toBe(10 + 3000 + 4000);
    expect(arrivals.packets[arrivals.head]).toBe(5000 - 1991);
  });
});
