import {
  PACKET_TYPES,
  REQUEST,
  RESPONSE,
  RESPONSE_HEADER_BYTES,
  SEGMENT,
  SEGMENT_BYTES,
  SYN,
  SYN_ACK,
} from './packet.js';

/** Ethernet, IP and TCP headers with time stamps, and the request line with its headers. */
const HEADER_BYTES = 66;
const SYN_BYTES = 74;
const REQUEST_BYTES = 138;

/** Bytes of packets on the wire: by client, as their servers' pages differ, and by packet type. */
export class WireSizes {
  /** Bytes of the smallest packet there may be. */
  readonly smallest = HEADER_BYTES;
  private readonly bytes: Uint16Array;

  /** `pageBytes` by client. */
  constructor(pageBytes: readonly number[]) {
    this.bytes = new Uint16Array(pageBytes.length * PACKET_TYPES).fill(HEADER_BYTES);
    pageBytes.forEach((page, client) => {
      const sizes = this.ofClient(client);
      const tail = (page + RESPONSE_HEADER_BYTES) % SEGMENT_BYTES || SEGMENT_BYTES;
      sizes[SYN] = SYN_BYTES;
      sizes[SYN_ACK] = SYN_BYTES;
      sizes[REQUEST] = REQUEST_BYTES;
      sizes[SEGMENT] = HEADER_BYTES + SEGMENT_BYTES;
      sizes[RESPONSE] = HEADER_BYTES + tail;
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
