import { ZERO_NS } from '../engine/clock.js';

/**
 * Values on their way, each with the time at which it arrives; order is kept. Grows as needed:
 * what is on its way is bounded by what its senders may have outstanding.
 */
export class DelayLine {
  /** Arrivals, in a ring from `head` up to `tail`, where Infinity stands: an empty line's next. */
  private times = new Float64Array(256).fill(Infinity);
  private values = new Int32Array(256);
  private head = 0;
  private tail = 0;
  private lastNs = ZERO_NS;

  /** Arrival of the oldest value; Infinity if nothing is on its way. */
  nextNs(): number {
    return this.times[this.head]!;
  }

  /** Adds a value; it cannot overtake the one before it. Returns its arrival. */
  push(timeNs: number, value: number): number {
    const arrivalNs = Math.max(timeNs, this.lastNs);
    this.lastNs = arrivalNs;
    const at = this.tail;
    this.times[at] = arrivalNs;
    this.values[at] = value;
    this.tail = (at + 1) & (this.times.length - 1);
    if (this.tail === this.head) this.grow();
    this.times[this.tail] = Infinity;
    return arrivalNs;
  }

  /** Takes the oldest value; only while something is on its way. */
  shift(): number {
    const value = this.values[this.head]!;
    this.head = (this.head + 1) & (this.times.length - 1);
    return value;
  }

  /** Doubles a ring that is full up to the last place. */
  private grow(): void {
    const size = this.times.length;
    const times = new Float64Array(size * 2);
    const values = new Int32Array(size * 2);
    for (let i = 0; i < size; i++) {
      const from = (this.head + i) & (size - 1);
      times[i] = this.times[from]!;
      values[i] = this.values[from]!;
    }
    this.times = times;
    this.values = values;
    this.head = 0;
    this.tail = size;
  }
}
