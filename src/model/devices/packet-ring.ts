import { typeOf } from './packet.js';

/**
 * A bounded first-in first-out queue of packets. They stand in one piece, so that whoever handles
 * many at once can walk over them.
 */
export class PacketRing {
  readonly capacity: number;
  /** The oldest packet stands at `head`, the youngest right before `tail`. Read only for others. */
  readonly packets: Int32Array;
  head = 0;
  tail = 0;
  private readonly slots: number;

  constructor(capacity: number) {
    this.capacity = capacity;
    // With twice the room, packets are moved to its beginning once in `capacity` at most.
    this.slots = 2 * capacity;
    this.packets = new Int32Array(this.slots);
  }

  get length(): number {
    return this.tail - this.head;
  }

  /** False, and nothing done, if the ring is full. */
  push(packet: number): boolean {
    if (this.tail - this.head === this.capacity) return false;
    if (this.tail === this.slots) this.moveToBeginning();
    this.packets[this.tail++] = packet;
    return true;
  }

  /** Takes packets `from` ... `to - 1` of a list as far as there is room; returns how many. */
  pushAll(packets: Int32Array, from: number, to: number): number {
    const count = Math.min(to - from, this.capacity - this.length);
    if (this.tail + count > this.slots) this.moveToBeginning();
    const { packets: own, tail } = this;
    for (let i = 0; i < count; i++) own[tail + i] = packets[from + i]!;
    this.tail = tail + count;
    return count;
  }

  /**
   * Takes packets `from` ... `to - 1` of a list, for all of which there is room; returns how many
   * of them are of the types whose bits are set.
   */
  pushCounting(packets: Int32Array, from: number, to: number, typeBits: number): number {
    if (this.tail + to - from > this.slots) this.moveToBeginning();
    const { packets: own } = this;
    const shift = this.tail - from;
    let found = 0;
    for (let at = from; at < to; at++) {
      const packet = packets[at]!;
      own[at + shift] = packet;
      found += (typeBits >> typeOf(packet)) & 1;
    }
    this.tail = to + shift;
    return found;
  }

  /** Forgets the oldest packets; only for `count <= length`. */
  drop(count: number): void {
    this.head += count;
    if (this.head === this.tail) {
      this.head = 0;
      this.tail = 0;
    }
  }

  /** The oldest packet; only for a ring that is not empty. */
  first(): number {
    return this.packets[this.head]!;
  }

  /** Takes the oldest packet; only for a ring that is not empty. */
  shift(): number {
    const packet = this.packets[this.head]!;
    this.drop(1);
    return packet;
  }

  /** How many of the oldest packets are of the types whose bits are set. */
  countOf(typeBits: number, count: number): number {
    const { packets, head } = this;
    const end = head + count;
    let found = 0;
    for (let at = head; at < end; at++) found += (typeBits >> typeOf(packets[at]!)) & 1;
    return found;
  }

  private moveToBeginning(): void {
    this.packets.copyWithin(0, this.head, this.tail);
    this.tail -= this.head;
    this.head = 0;
  }
}
