import type { PacketRing } from './packet-ring.js';
import type { WireSizes } from './wire-sizes.js';

/**
 * The packet socket through which a sniffer sees an interface: every packet is copied into a
 * receive buffer of so many bytes, and is missed when the buffer is full. The reader takes the
 * queue in batches; a batch's packets leave the buffer one after another as it gets through them.
 */
export class PacketSocket {
  offered = 0;
  missed = 0;
  /** Packets in the buffer, those of the batch being read included. */
  queued = 0;
  private readonly overheadBytes: number;
  private readonly sizes: Uint16Array;
  private readonly mask: number;
  private head = 0;
  private readonly limitBytes: number;
  private freeBytes: number;
  /** Packets of the batch being read that are still in the buffer, and their bytes. */
  batch = 0;
  private batchBytes = 0;

  constructor(limitBytes: number, overheadBytes: number) {
    this.limitBytes = limitBytes;
    this.freeBytes = limitBytes;
    this.overheadBytes = overheadBytes;
    let slots = 1;
    while (slots * overheadBytes < limitBytes) slots *= 2;
    this.sizes = new Uint16Array(slots);
    this.mask = slots - 1;
  }

  /** Whether a packet of that size would be missed now. */
  isFullFor(bytes: number): boolean {
    return bytes + this.overheadBytes > this.freeBytes;
  }

  /**
   * Copies a ring's packets, from the one `from` places behind its head up to before `to`, until
   * one does not fit. Returns the place of that one, or `to`.
   */
  offerFrom(ring: PacketRing, from: number, to: number, wireSizes: WireSizes): number {
    const { sizes, mask, overheadBytes } = this;
    const tail = this.head + this.queued - from;
    let { freeBytes } = this;
    let at = from;
    for (; at < to; at++) {
      const size = wireSizes.of(ring.peek(at)) + overheadBytes;
      if (size > freeBytes) break;
      sizes[(tail + at) & mask] = size;
      freeBytes -= size;
    }
    this.freeBytes = freeBytes;
    this.queued += at - from;
    this.offered += at - from;
    return at;
  }

  /** Copies a packet into the buffer, or counts it as missed; true if it is in. */
  offer(bytes: number): boolean {
    this.offered++;
    const size = bytes + this.overheadBytes;
    if (size > this.freeBytes) {
      this.missed++;
      return false;
    }
    this.sizes[(this.head + this.queued) & this.mask] = size;
    this.queued++;
    this.freeBytes -= size;
    return true;
  }

  /** The reader starts on all that is queued; returns how many packets that is. */
  beginBatch(): number {
    this.batch = this.queued;
    this.batchBytes = this.limitBytes - this.freeBytes;
    return this.batch;
  }

  /** The reader has `unread` packets of its batch still to go: frees those before them. */
  readUpTo(unread: number): void {
    const read = this.batch - unread;
    if (read <= 0) return;
    const bytes = unread === 0 ? this.batchBytes : this.bytesOf(read);
    this.batchBytes -= bytes;
    this.freeBytes += bytes;
    this.head = (this.head + read) & this.mask;
    this.queued -= read;
    this.batch = unread;
  }

  /** Buffer space of the oldest packets. */
  private bytesOf(count: number): number {
    const { sizes, mask, head } = this;
    let bytes = 0;
    for (let i = 0; i < count; i++) bytes += sizes[(head + i) & mask]!;
    return bytes;
  }
}
