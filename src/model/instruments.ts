import { asksClock } from './guest/scheduling/guest-schedulers.js';
import type { AccountingInput, DomainInput, ModelInput } from './input.js';

/** A domain without how its kernel accounts for time and what its tools make of that. */
export type BareDomain = Omit<DomainInput, 'accounting' | 'procTotal'> & {
  /** Whether what it schedules by is told of stolen time; null if that does not ask. */
  readonly seesSteal: boolean | null;
};

/** All that a run hangs on. */
export type BareInput = Omit<ModelInput, 'domains'> & { readonly domains: readonly BareDomain[] };

/**
 * An input without its instruments. Inputs that are equal without them describe one run, of which
 * each is a reading: how a kernel accounts for time has no effect on what it does.
 */
export function withoutInstruments(input: ModelInput): BareInput {
  const domains = input.domains.map(({ accounting, procTotal, ...domain }) => ({
    ...domain,
    seesSteal: asksClock(domain.scheduler) ? seesSteal(accounting) : null,
  }));
  return { ...input, domains };
}

/** Whether a kernel's clock leaves out stolen time: a fully virtualised one is not told of it. */
export function seesSteal(accounting: AccountingInput): boolean {
  return accounting !== 'cfs-hvm';
}
