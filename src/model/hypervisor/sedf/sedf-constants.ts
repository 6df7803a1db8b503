/** Constants of the SEDF scheduler of Xen 3.3. */

/** How long a VCPU runs at a time that was chosen from an extra queue. */
export const EXTRA_QUANTUM_NS = 500_000;
/** How long a PCPU idles that has no VCPU awake. */
export const IDLE_NS = 1_000_000_000;

/** The period of what is reserved by weight, and what of it is not given away. */
export const WEIGHT_PERIOD_NS = 100_000_000;
export const WEIGHT_SAFETY_NS = 5_000_000;

/** Limits of what a domain may be set to, and what it is created with. */
export const SEDF_LIMITS = {
  leastPeriodNs: 10_000,
  mostPeriodNs: 10_000_000_000,
  /** A slice is at most its period. */
  leastSliceNs: 5_000,
  /** Weights in extra time are kept in 16 bits with a sign. */
  mostWeight: 32_767,
  dom0: { periodNs: 20_000_000, sliceNs: 15_000_000 },
  /** Nothing but extra time. */
  others: { periodNs: 100_000_000, sliceNs: 0 },
} as const;

/** Score after a run in extra time, by weight: this divided by the weight. */
export const WEIGHT_SCORE = 131_072;
/** Scores of a reservation: the period in these units, divided by the slice or by what was lost. */
export const SCORES_PER_PERIOD = 1024;

/** How a VCPU was chosen: by its deadline. */
export const EDF = 0;
/** From the penalty queue: it lost a part of its slice by a short block. */
export const PENALTY = 1;
/** From the utilisation queue: it takes extra time. */
export const UTILISATION = 2;
