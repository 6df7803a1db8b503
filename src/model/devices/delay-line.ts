import { ZERO_NS } from '../engine/clock.js';
import type { PacketRing } from './packet-ring.js';

/**
 * Values on their way, each with the time at which it arrives; order is kept. Grows as needed:
 * what is on its way is bounded by what its senders may have outstanding.
 */
export class DelayLine {
  /** Arrival of the oldest value; Infinity if nothing is on its way. Read only for others. */
  nextNs = Infinity;
  /** Arrivals, in a ring from `head` up to `tail`, where Infinity stands: an empty line's next. */
  private times = new Float64Array(256).fill(Infinity);
  private values = new Int32Array(256);
  private mask = 255;
  private head = 0;
  private tail = 0;
  private lastNs = ZERO_NS;

  /** Adds a value; it cannot overtake the one before it. */
  push(timeNs: number, value: number): void {
    const arrivalNs = Math.max(timeNs, this.lastNs);
    this.lastNs = arrivalNs;
    const { tail } = this;
    if (tail === this.head) this.nextNs = arrivalNs;
    this.times[tail] = arrivalNs;
    this.values[tail] = value;
    this.tail = (tail + 1) & this.mask;
    if (this.tail === this.head) this.grow();
    this.times[this.tail] = Infinity;
  }

  /**
   * Moves the values that arrive at `untilNs` or earlier, and before `beforeNs`, into a ring;
   * returns how many found it full.
   */
  moveInto(ring: PacketRing, untilNs: number, beforeNs: number): number {
    const { times, values, mask } = this;
    let { head, nextNs } = this;
    let lost = 0;
    while (nextNs <= untilNs && nextNs < beforeNs) {
      if (!ring.push(values[head]!)) lost++;
      head = (head + 1) & mask;
      nextNs = times[head]!;
    }
    this.head = head;
    this.nextNs = nextNs;
    return lost;
  }

  /** Takes the oldest value; only while something is on its way. */
  shift(): number {
    const value = this.values[this.head]!;
    this.head = (this.head + 1) & this.mask;
    this.nextNs = this.times[this.head]!;
    return value;
  }

  /** Doubles a ring that is full up to the last place. */
  private grow(): void {
    const size = this.times.length;
    const times = new Float64Array(size * 2);
    const values = new Int32Array(size * 2);
    for (let i = 0; i < size; i++) {
      const from = (this.head + i) & this.mask;
      times[i] = this.times[from]!;
      values[i] = this.values[from]!;
    }
    this.times = times;
    this.values = values;
    this.mask = size * 2 - 1;
    this.head = 0;
    this.tail = size;
  }
}
