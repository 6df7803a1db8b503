/** Timer ticks per second of Linux as Xen's trees configure it. */
export const XEN_HZ = 100;

/** Other frequencies that Linux 2.6.16 and 2.6.18 can be built with. */
export type OtherHz = 250 | 1000;

/** A jiffy of a kernel with so many timer ticks per second. */
export function jiffyNsOf(hz: number = XEN_HZ): number {
  return 1e9 / hz;
}

/** A time in whole units, rounded down, in nanoseconds; 0 for a negative one. */
export function roundDownNs(ns: number, unitNs: number): number {
  return Math.max(0, Math.floor(ns / unitNs)) * unitNs;
}
