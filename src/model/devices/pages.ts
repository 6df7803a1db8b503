import { CONNECTIONS_PER_CLIENT } from '../limits.js';
import { HEADER_BYTES, lastSegmentBytes, segmentsOf } from './packet.js';

/** The pages that a client's connections ask for, where they are not all the same. */
export class Pages {
  /** By index of the connection: segments of its page, and bytes of the last one on the wire. */
  readonly segments = new Uint8Array(CONNECTIONS_PER_CLIENT);
  readonly lastBytes = new Uint16Array(CONNECTIONS_PER_CLIENT);

  /** A connection is opened for a page of so many bytes. */
  set(index: number, pageBytes: number): void {
    this.segments[index] = segmentsOf(pageBytes);
    this.lastBytes[index] = HEADER_BYTES + lastSegmentBytes(pageBytes);
  }
}
