/**
 * What a domain, or a group of them together, may have in the coming accounting period, in the
 * place of what is configured.
 */
export interface Allowance {
  /** Percent of one PCPU; Infinity for no cap, 0 for nothing. */
  readonly capPct: number;
  /** A VCPU is parked below minus its part of the credit that this cap would give. */
  readonly parkCapPct: number;
  /** Percent of one PCPU by which the share by weight is lowered. */
  readonly shareDebitPct: number;
}

/** Whom a scheduler asks, before it hands out CPU time, what each domain may have. */
export interface AllocationPolicy {
  /** At each tick of the first PCPU; before what follows, if that is an accounting. */
  atTick(): void;
  /** An accounting begins: `allowanceOf` is asked next, for each domain that takes part. */
  beforeAccounting(): void;
  /** Null for a domain that has what is configured; the group's for one that is in a group. */
  allowanceOf(domain: number): Allowance | null;
}

/** Plain Xen: every domain has what is configured. */
export const AS_CONFIGURED: AllocationPolicy = {
  atTick: () => undefined,
  beforeAccounting: () => undefined,
  allowanceOf: () => null,
};
