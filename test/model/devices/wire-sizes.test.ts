import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLIENT_FIN,
  HANDSHAKE_ACK,
  LAST_ACK,
  makeConnection,
  packetOf,
  REQUEST,
  REQUEST_ACK,
  RESPONSE,
  RESPONSE_ACK,
  SEGMENT,
  SERVER_FIN,
  SYN,
  SYN_ACK,
  segmentsOf,
} from '../../../src/model/devices/packet.js';
import { WireSizes } from '../../../src/model/devices/wire-sizes.js';

/** Ethernet 14, IP 20, TCP 20 with time stamps 12 (RFC 7323). */
const HEADERS = 14 + 20 + 20 + 12;
/** MTU 1500 less the headers of IP and TCP. */
const FULL_SEGMENT = 1500 - 20 - 20 - 12;
const HTTP_HEADER = 230;

const sizesOf = (pageBytes: number) => {
  const sizes = new WireSizes([pageBytes]);
  const sizeOf = (type: number) => sizes.of(packetOf(makeConnection(0, 0, 0), type));
  return { full: sizeOf(SEGMENT), last: sizeOf(RESPONSE) };
};

describe('a page on the wire', () => {
  it('is all there, in as few segments as it fits into', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_536 }), (page) => {
        const { full, last } = sizesOf(page);
        const others = segmentsOf(page) - 1;
        const payload = others * (full - HEADERS) + (last - HEADERS);
        expect(payload).toBe(page + HTTP_HEADER);
        expect(others).toBe(Math.floor((page + HTTP_HEADER - 1) / FULL_SEGMENT));
      }),
    );
  });

  it.each([1, 2, 7])('that fills %d segments has a full one last', (segments) => {
    const page = segments * FULL_SEGMENT - HTTP_HEADER;
    expect(sizesOf(page)).toMatchObject({ full: 1514, last: 1514 });
    expect(segmentsOf(page)).toBe(segments);
    // A byte more needs another segment, for that byte.
    expect(sizesOf(page + 1).last).toBe(HEADERS + 1);
    expect(segmentsOf(page + 1)).toBe(segments + 1);
  });

  it('of 1 KB takes packets of the sizes that were measured, and 14 bytes of Ethernet each', () => {
    const sizes = new WireSizes([1024]);
    const measured = [
      [SYN, 60],
      [SYN_ACK, 60],
      [HANDSHAKE_ACK, 52],
      [REQUEST, 124],
      [REQUEST_ACK, 52],
      [RESPONSE, 1306],
      [RESPONSE_ACK, 52],
      [CLIENT_FIN, 52],
      [SERVER_FIN, 52],
      [LAST_ACK, 52],
    ] as const;
    for (const [type, bytes] of measured) {
      expect([type, sizes.of(packetOf(makeConnection(0, 0, 0), type))]).toEqual([type, 14 + bytes]);
    }
    // What an empty packet is at the least.
    expect(sizes.smallest).toBe(14 + 52);
  });
});

describe('sizes', () => {
  it("are those of the packet's own client", () => {
    const sizes = new WireSizes([100, 200, 300]);
    const lasts = [0, 1, 2].map((client) =>
      sizes.of(packetOf(makeConnection(client, 255, 4095), RESPONSE)),
    );
    expect(lasts).toEqual([100, 200, 300].map((page) => HEADERS + HTTP_HEADER + page));
  });
});
