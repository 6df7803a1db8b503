import { typeOf } from './packet.js';

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

  /** Moves the oldest packets to a ring that has room for them; only for `count <= length`. */
  moveTo(other: PacketRing, count: number): void {
    const { packets: from, mask: fromMask, head } = this;
    const { packets: to, mask: toMask } = other;
    const tail = other.head + other.length;
    for (let i = 0; i < count; i++) to[(tail + i) & toMask] = from[(head + i) & fromMask]!;
    other.length += count;
    this.drop(count);
  }

  /** Takes the oldest packets and forgets them; only for `count <= length`. */
  drop(count: number): void {
    this.head = (this.head + count) & this.mask;
    this.length -= count;
  }

  /** How many of the oldest packets are of the types whose bits are set. */
  countOf(typeBits: number, count: number): number {
    const { packets, mask, head } = this;
    let found = 0;
    for (let i = 0; i < count; i++) found += (typeBits >> typeOf(packets[(head + i) & mask]!)) & 1;
    return found;
  }

  /** Takes the oldest packet; only for a ring that is not empty. */
  shift(): number {
    const packet = this.packets[this.head]!;
    this.head = (this.head + 1) & this.mask;
    this.length--;
    return packet;
  }
}
