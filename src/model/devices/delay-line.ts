import { ZERO_NS } from '../engine/clock.js';

/**
 * Values on their way, each with the time at which it arrives; order is kept. Grows as needed:
 * what is on its way is bounded by what its senders may have outstanding.
 */
export class DelayLine {
  length = 0;
  private times = new Float64Array(256);
  private values = new Int32Array(256);
  private head = 0;
  private lastNs = ZERO_NS;

  /** Arrival of the oldest value; Infinity if nothing is on its way. */
  nextNs(): number {
    return this.length === 0 ? Infinity : this.times[this.head]!;
  }

  /** Adds a value; it cannot overtake the one before it. Returns its arrival. */
  push(timeNs: number, value: number): number {
    if (this.length === this.times.length) this.grow();
    const arrivalNs = Math.max(timeNs, this.lastNs);
    this.lastNs = arrivalNs;
    const at = (this.head + this.length) & (this.times.length - 1);
    this.times[at] = arrivalNs;
    this.values[at] = value;
    this.length++;
    return arrivalNs;
  }

  /** Takes the oldest value; only while something is on its way. */
  shift(): number {
    const value = this.values[this.head]!;
    this.head = (this.head + 1) & (this.times.length - 1);
    this.length--;
    return value;
  }

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
  }
}
