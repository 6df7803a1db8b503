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
  typeOf,
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

  /** `pageBytes` by client: the size of its server's page. */
  constructor(pageBytes: readonly number[]) {
    this.bytes = new Uint16Array(pageBytes.length * PACKET_TYPES).fill(HEADER_BYTES);
    pageBytes.forEach((page, client) => {
      const sizes = this.ofClient(client);
      sizes[SYN] = SYN_BYTES;
      sizes[SYN_ACK] = SYN_BYTES;
      sizes[REQUEST] = REQUEST_BYTES;
      sizes[SEGMENT] = HEADER_BYTES + SEGMENT_BYTES;
      sizes[RESPONSE] = HEADER_BYTES + lastSegmentBytes(page);
    });
  }

  /** Bytes by packet type. */
  ofClient(client: number): Uint16Array {
    return this.bytes.subarray(client * PACKET_TYPES, (client + 1) * PACKET_TYPES);
  }

  /** A packet's size: its client and its type, without the connection between them. */
  of(packet: number): number {
    return this.bytes[((packet >> 20) & -PACKET_TYPES) | (packet & (PACKET_TYPES - 1))]!;
  }
}

/** The same where some clients ask for pages of many sizes. */
export class PagedWireSizes extends WireSizes {
  /** By client; null for one whose pages are all the same. */
  private readonly pages: readonly (Pages | null)[];

  constructor(pageBytes: readonly number[], pages: readonly (Pages | null)[]) {
    super(pageBytes);
    this.pages = pages;
  }

  override of(packet: number): number {
    const pages = typeOf(packet) === RESPONSE ? (this.pages[clientOf(packet)] ?? null) : null;
    return pages === null ? super.of(packet) : pages.lastBytes[indexOf(connectionOf(packet))]!;
  }
}
