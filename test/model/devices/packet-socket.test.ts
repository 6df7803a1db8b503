import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REQUEST, RESPONSE, RESPONSE_ACK } from '../../../src/model/devices/packet.js';
import { PacketSocket } from '../../../src/model/devices/packet-socket.js';
import { WireSizes } from '../../../src/model/devices/wire-sizes.js';

describe('PacketSocket', () => {
  const sizes = new WireSizes([1000]);
  const requestBytes = sizes.of(REQUEST);

  it('misses what does not fit, by bytes, and frees a batch as it is read', () => {
    const socket = new PacketSocket(5 * (requestBytes + 100), 100, sizes);
    const offer = (packet: number) => socket.offer(packet);
    expect([1, 2, 3, 4, 5].map(() => offer(REQUEST))).toEqual([true, true, true, true, true]);
    expect(offer(RESPONSE_ACK)).toBe(false);
    expect(socket.beginBatch()).toBe(5);
    expect(socket.isFullFor(REQUEST)).toBe(true);
    socket.readUpTo(4);
    expect(socket.isFullFor(REQUEST)).toBe(false);
    expect(socket.isFullFor(RESPONSE)).toBe(true);
    expect(offer(REQUEST)).toBe(true);
    socket.readUpTo(0);
    expect(socket.queued).toBe(1);
    expect([socket.offered, socket.missed]).toEqual([7, 1]);
  });

  it('takes packets from a list as it takes them one by one', () => {
    const rounds = fc.array(fc.tuple(fc.array(fc.nat(13), { maxLength: 12 }), fc.nat(20)));
    fc.assert(
      fc.property(rounds, (steps) => {
        const single = new PacketSocket(4000, 100, sizes);
        const batched = new PacketSocket(4000, 100, sizes);
        for (const [types, unread] of steps) {
          const packets = Int32Array.from(types);
          const full = batched.offerUntilFull(packets, 0, packets.length);
          batched.offerAll(packets, full, packets.length);
          for (const type of types) single.offer(type);
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

  it('holds as many of the smallest packets as fit by their bytes, in order', () => {
    const overhead = 300;
    const size = sizes.smallest + overhead;
    const socket = new PacketSocket(200 * size, overhead, sizes);
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < 200; i++) expect(socket.offer(RESPONSE_ACK)).toBe(true);
      expect(socket.offer(RESPONSE_ACK)).toBe(false);
      expect(socket.beginBatch()).toBe(200);
      for (let unread = 199; unread >= 0; unread--) {
        socket.readUpTo(unread);
        expect(socket.queued).toBe(unread);
        expect(socket.isFullFor(RESPONSE_ACK)).toBe(false);
      }
    }
    // Each that is read makes room for one.
    for (let i = 0; i < 200; i++) socket.offer(RESPONSE_ACK);
    socket.beginBatch();
    socket.readUpTo(150);
    expect(Array.from({ length: 51 }, () => socket.offer(RESPONSE_ACK))).toEqual([
      ...Array(50).fill(true),
      false,
    ]);
  });

  it('has room for packets without overhead', () => {
    const socket = new PacketSocket(100 * requestBytes, 0, sizes);
    for (let i = 0; i < 100; i++) expect(socket.offer(REQUEST)).toBe(true);
    expect(socket.offer(REQUEST)).toBe(false);
    socket.beginBatch();
    socket.readUpTo(40);
    for (let i = 0; i < 60; i++) expect(socket.offer(REQUEST)).toBe(true);
    expect(socket.offer(REQUEST)).toBe(false);
  });
});
