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
  private readonly limitBytes: number;
  private readonly overheadBytes: number;
  private readonly sizes: Uint16Array;
  private readonly mask: number;
  private head = 0;
  private usedBytes = 0;
  /** Packets of the current batch that are still in the buffer. */
  private batch = 0;

  constructor(limitBytes: number, overheadBytes: number) {
    this.limitBytes = limitBytes;
    this.overheadBytes = overheadBytes;
    let slots = 1;
    while (slots * overheadBytes < limitBytes) slots *= 2;
    this.sizes = new Uint16Array(slots);
    this.mask = slots - 1;
  }

  /** Whether a packet of that size would be missed now. */
  isFullFor(bytes: number): boolean {
    return this.usedBytes + bytes + this.overheadBytes > this.limitBytes;
  }

  /** Copies a packet into the buffer, or counts it as missed; true if it is in. */
  offer(bytes: number): boolean {
    this.offered++;
    if (this.isFullFor(bytes)) {
      this.missed++;
      return false;
    }
    const size = bytes + this.overheadBytes;
    this.sizes[(this.head + this.queued) & this.mask] = size;
    this.queued++;
    this.usedBytes += size;
    return true;
  }

  /** The reader starts on all that is queued; returns how many packets that is. */
  beginBatch(): number {
    this.batch = this.queued;
    return this.batch;
  }

  /** The reader has `unread` packets of its batch still to go: frees those before them. */
  readUpTo(unread: number): void {
    while (this.batch > unread) {
      this.usedBytes -= this.sizes[this.head]!;
      this.head = (this.head + 1) & this.mask;
      this.queued--;
      this.batch--;
    }
  }
}
