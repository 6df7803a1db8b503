import { CONNECTIONS_PER_CLIENT } from '../limits.js';

/**
 * A packet is one integer: client (6 bits), the connection's generation (8), its index at the
 * client (12), and what it is in the exchange (4). The exchange is httperf's with one request a
 * connection: three packets open it, the client closes first; ten in all for a page of 1 KB.
 */
export const SYN = 0;
export const SYN_ACK = 1;
export const HANDSHAKE_ACK = 2;
export const REQUEST = 3;
export const REQUEST_ACK = 4;
/** A full segment of the page, and the client's acknowledgement of it. */
export const SEGMENT = 5;
export const SEGMENT_ACK = 6;
/** The last segment of the page, and its acknowledgement. */
export const RESPONSE = 7;
export const RESPONSE_ACK = 8;
export const CLIENT_FIN = 9;
export const SERVER_FIN = 10;
export const LAST_ACK = 11;
/** The kernel's answer to a repeated FIN while the server process has not closed yet. */
export const FIN_ACK = 12;
export const RESET = 13;

/** Stands for a packet that is not sent. */
export const NO_PACKET = -1;

/** How many packet types there may be. */
export const PACKET_TYPES = 16;

/** Ethernet, IP and TCP headers with time stamps. */
export const HEADER_BYTES = 66;
/** Payload of a full Ethernet segment with TCP time stamps. */
export const SEGMENT_BYTES = 1448;
/** HTTP response header of a small static page. */
export const RESPONSE_HEADER_BYTES = 230;

// Constants, not declarations: V8 puts a constant in place of its call for good, and checks for
// each call which function a declaration's name stands for.

export const packetOf = (connection: number, type: number): number => (connection << 4) | type;

/** A connection's identity: the packet without its type. */
export const connectionOf = (packet: number): number => packet >> 4;

export const typeOf = (packet: number): number => packet & 15;

/** Index of a packet's client machine. */
export const clientOf = (packet: number): number => packet >> 24;

export const clientOfConnection = (connection: number): number => connection >> 20;

export const makeConnection = (client: number, generation: number, index: number): number =>
  (client << 20) | ((generation & 255) << 12) | index;

/** What has to be added to a packet of one client to make it one of another. */
export function addressChange(from: number, to: number): number {
  return (to - from) << 24;
}

/** Index of a connection in its client's tables. */
export const indexOf = (connection: number): number => connection & (CONNECTIONS_PER_CLIENT - 1);

/** Segments that carry a page and its HTTP header. */
export function segmentsOf(pageBytes: number): number {
  return Math.ceil((pageBytes + RESPONSE_HEADER_BYTES) / SEGMENT_BYTES);
}

/** Payload of the last of them. */
export function lastSegmentBytes(pageBytes: number): number {
  return (pageBytes + RESPONSE_HEADER_BYTES) % SEGMENT_BYTES || SEGMENT_BYTES;
}
