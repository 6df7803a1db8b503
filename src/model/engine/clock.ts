/**
 * Time 0, and no time at all, for fields that hold nanoseconds. Minus zero counts and compares as
 * zero but is a double. A field that starts as the integer 0 stays one for V8 up to 2^31 ns; in
 * the third second of every run it would change its kind, and all code compiled so far be lost.
 */
export const ZERO_NS = -0;

/** The simulated time, shared by everything in one machine: integer nanoseconds from the start. */
export class Clock {
  nowNs = ZERO_NS;
}
