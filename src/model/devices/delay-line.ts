import { ZERO_NS } from '../engine/clock.js';

/**
 * Values on their way, each with the time at which it arrives; order is kept. Grows as needed:
 * what is on its way is bounded by what its senders may have outstanding.
 */
export class DelayLine {
  /** Arrival of the oldest value; Infinity if nothing is on its way. Read only for others. */
  nextNs = Infinity;
  /** What is on its way stands in one piece, from `head` up to before `tail`. */
  private times = new Float64Array(256);
  private values = new Int32Array(256);
  private head = 0;
  private tail = 0;
  private lastNs = ZERO_NS;

  /** Adds a value; it cannot overtake the one before it. */
  push(timeNs: number, value: number): void {
    const arrivalNs = Math.max(timeNs, this.lastNs);
    this.lastNs = arrivalNs;
    if (this.tail === this.times.length) this.makeRoom();
    const { tail } = this;
    if (tail === this.head) this.nextNs = arrivalNs;
    this.times[tail] = arrivalNs;
    this.values[tail] = value;
    this.tail = tail + 1;
  }

  /** Takes the oldest value; only while something is on its way. */
  shift(): number {
    const value = this.values[this.head]!;
    this.head++;
    if (this.head === this.tail) {
      this.head = 0;
      this.tail = 0;
      this.nextNs = Infinity;
    } else {
      this.nextNs = this.times[this.head]!;
    }
    return value;
  }

  /** Moves what there is to the beginning; into twice the room if it fills more than half. */
  private makeRoom(): void {
    const { times, values, head, tail } = this;
    const size = times.length;
    if (2 * (tail - head) > size) {
      this.times = new Float64Array(2 * size);
      this.values = new Int32Array(2 * size);
    }
    this.times.set(times.subarray(head, tail));
    this.values.set(values.subarray(head, tail));
    this.head = 0;
    this.tail = tail - head;
  }
}
