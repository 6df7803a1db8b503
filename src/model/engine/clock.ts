/** The simulated time, shared by everything in one machine: integer nanoseconds from the start. */
export class Clock {
  nowNs = 0;
}
