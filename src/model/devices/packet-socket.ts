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
  /** Packets of the batch being read that are still in the buffer. */
  batch = 0;
  private readonly wireSizes: WireSizes;
  private readonly overheadBytes: number;
  private freeBytes: number;
  /** What the smallest packet takes: with less, none fits. */
  private readonly smallest: number;
  /**
   * Of each packet in the buffer, oldest at `head`: all bytes that had come when it was in. Such
   * totals are kept as 32 bits; only their differences matter.
   */
  private readonly totals: Int32Array;
  private readonly mask: number;
  private head = 0;
  /** Bytes that have come in and that have left. */
  private inBytes = 0;
  private outBytes = 0;

  constructor(limitBytes: number, overheadBytes: number, wireSizes: WireSizes) {
    this.freeBytes = limitBytes;
    this.overheadBytes = overheadBytes;
    this.wireSizes = wireSizes;
    this.smallest = wireSizes.smallest + overheadBytes;
    let slots = 1;
    while (slots * this.smallest < limitBytes) slots *= 2;
    this.totals = new Int32Array(slots);
    this.mask = slots - 1;
  }

  /**
   * Copies packets `from` ... `to - 1` of a list until one does not fit. Returns the place of that
   * one, or `to`. The same as `offer` one by one, with the counts in locals: most packets of a run
   * come in here.
   */
  offerUntilFull(packets: Int32Array, from: number, to: number): number {
    const { totals, mask, overheadBytes, wireSizes } = this;
    const tail = this.head + this.queued - from;
    let { freeBytes, inBytes } = this;
    let at = from;
    for (; at < to; at++) {
      const size = wireSizes.of(packets[at]!) + overheadBytes;
      if (size > freeBytes) break;
      freeBytes -= size;
      inBytes = (inBytes + size) | 0;
      totals[(tail + at) & mask] = inBytes;
    }
    this.freeBytes = freeBytes;
    this.inBytes = inBytes;
    this.queued += at - from;
    this.offered += at - from;
    return at;
  }

  /** Copies those of packets `from` ... `to - 1` that fit, and counts the others as missed. */
  offerAll(packets: Int32Array, from: number, to: number): void {
    let at = from;
    while (at < to && this.freeBytes >= this.smallest) this.offer(packets[at++]!);
    this.offered += to - at;
    this.missed += to - at;
  }

  /** Copies a packet, or counts it as missed; true if it is in. */
  offer(packet: number): boolean {
    this.offered++;
    const size = this.sizeOf(packet);
    if (size > this.freeBytes) {
      this.missed++;
      return false;
    }
    this.freeBytes -= size;
    this.inBytes = (this.inBytes + size) | 0;
    this.totals[(this.head + this.queued) & this.mask] = this.inBytes;
    this.queued++;
    return true;
  }

  /** Whether a packet would be missed now. */
  isFullFor(packet: number): boolean {
    return this.sizeOf(packet) > this.freeBytes;
  }

  /** The reader starts on all that is queued; returns how many packets that is. */
  beginBatch(): number {
    this.batch = this.queued;
    return this.batch;
  }

  /** The reader has `unread` packets of its batch still to go: frees those before them. */
  readUpTo(unread: number): void {
    const read = this.batch - unread;
    if (read <= 0) return;
    const outBytes = this.totals[(this.head + read - 1) & this.mask]!;
    this.freeBytes += (outBytes - this.outBytes) | 0;
    this.outBytes = outBytes;
    this.head = (this.head + read) & this.mask;
    this.queued -= read;
    this.batch = unread;
  }

  private sizeOf(packet: number): number {
    return this.wireSizes.of(packet) + this.overheadBytes;
  }
}
