/** A bounded first-in first-out queue of packets. */
export class PacketRing {
  length = 0;
  readonly capacity: number;
  private readonly packets: Int32Array;
  private readonly mask: number;
  private head = 0;

  constructor(capacity: number) {
    let size = 1;
    while (size < capacity) size *= 2;
    this.capacity = capacity;
    this.packets = new Int32Array(size);
    this.mask = size - 1;
  }

  /** False, and nothing done, if the ring is full. */
  push(packet: number): boolean {
    if (this.length === this.capacity) return false;
    this.packets[(this.head + this.length) & this.mask] = packet;
    this.length++;
    return true;
  }

  /** The packet `at` places behind the head; only for `at < length`. */
  peek(at: number): number {
    return this.packets[(this.head + at) & this.mask]!;
  }

  /** Takes the oldest packet; only for a ring that is not empty. */
  shift(): number {
    const packet = this.packets[this.head]!;
    this.head = (this.head + 1) & this.mask;
    this.length--;
    return packet;
  }
}
