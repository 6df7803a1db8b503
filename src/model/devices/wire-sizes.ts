import {
  clientOf,
  connectionOf,
  HEADER_BYTES,
  indexOf,
  lastSegmentBytes,
  PACKET_TYPES,
  REQUEST,
  RESPONSE,
  SEGMENT,
  SEGMENT_BYTES,
  SYN,
  SYN_ACK,
} from './packet.js';
import type { Pages } from './pages.js';

const SYN_BYTES = 74;
/** With the request line and its headers. */
const REQUEST_BYTES = 138;

/** Bytes of packets on the wire: by client, as their servers' pages differ, and by packet type. */
export class WireSizes {
  /** Bytes of the smallest packet there may be. */
  readonly smallest = HEADER_BYTES;
  private readonly bytes: Uint16Array;
  /** By client. */
  private readonly pages: readonly (Pages | null)[];

  /** By client: the size of its server's page, and its own pages if they are not all the same. */
  constructor(pageBytes: readonly number[], pages: readonly (Pages | null)[] = []) {
    this.pages = pages;
    this.bytes = new Uint16Array(pageBytes.length * PACKET_TYPES).fill(HEADER_BYTES);
    pageBytes.forEach((page, client) => {
      const sizes = this.ofClient(client);
      sizes[SYN] = SYN_BYTES;
      sizes[SYN_ACK] = SYN_BYTES;
      sizes[REQUEST] = REQUEST_BYTES;
      sizes[SEGMENT] = HEADER_BYTES + SEGMENT_BYTES;
      // 0: it depends on the connection.
      sizes[RESPONSE] = pages[client] == null ? HEADER_BYTES + lastSegmentBytes(page) : 0;
    });
  }

  /** Bytes by packet type. */
  ofClient(client: number): Uint16Array {
    return this.bytes.subarray(client * PACKET_TYPES, (client + 1) * PACKET_TYPES);
  }

  /** A packet's size: its client and its type, without the connection between them. */
  of(packet: number): number {
    const size = this.bytes[((packet >> 20) & -PACKET_TYPES) | (packet & (PACKET_TYPES - 1))]!;
    return size === 0 ? this.ofPage(packet) : size;
  }

  private ofPage(packet: number): number {
    return this.pages[clientOf(packet)]!.lastBytes[indexOf(connectionOf(packet))]!;
  }
}
