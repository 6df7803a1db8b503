/** A jiffy of the guests, HZ = 100; also Xen 3.3's default period of a guest's timer. */
export const JIFFY_NS = 10_000_000;

/** The whole jiffies in a time, as nanoseconds; 0 for a negative one. */
export function wholeJiffiesNs(ns: number): number {
  return Math.max(0, Math.floor(ns / JIFFY_NS)) * JIFFY_NS;
}
