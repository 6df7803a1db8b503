/**
 * What a run of the model returns: true CPU time by who really worked and whose page tables were
 * loaded, counters per sample, and totals. Plain data: it crosses worker threads as it is.
 */

export type Context = 'user' | 'kernel' | 'softirq' | 'interrupt' | 'hypervisor';

/** CPU time of one kind of work while one address space was loaded, over the measured time. */
export interface LedgerRow {
  readonly domain: string;
  /** Process whose page directory was in CR3, or null while none had run yet. */
  readonly cr3: string | null;
  /** The task that ran or was interrupted: a process, a kernel thread, or "idle". */
  readonly task: string;
  readonly context: Context;
  /** What the work was, e.g. "netback rx". */
  readonly work: string;
  /** Domain on whose behalf it was done; null for a kernel's own upkeep. */
  readonly beneficiary: string | null;
  /** Set for work on the way between a disk and its reader. */
  readonly device?: 'disk';
  readonly ns: number;
}

/** A series of one value per sample: nanoseconds or counts within the sample. */
export interface Series {
  readonly key: string;
  readonly unit: 'ns' | 'count';
  readonly values: Float64Array;
}

export interface RunResult {
  readonly sampleNs: number;
  readonly samples: number;
  /** Their names are those of `series.ts`. */
  readonly series: readonly Series[];
  readonly ledger: readonly LedgerRow[];
  /** Times by how often they occurred over the measured time; for `quantileNs`. */
  readonly histograms: readonly { readonly key: string; readonly counts: Float64Array }[];
  /** Lengths of time of which a run has one; null if what they measure has not ended. */
  readonly facts: readonly { readonly key: string; readonly ns: number | null }[];
  /** Time in each runstate over the measured time, by domain. */
  readonly runstates: readonly RunstateRow[];
  /** Named drop and event counters over the measured time, e.g. `NIC ring full`. */
  readonly counters: readonly { readonly name: string; readonly count: number }[];
  /** Events the engine has executed, warm-up included. */
  readonly events: number;
}

export interface RunstateRow {
  readonly domain: string;
  readonly runningNs: number;
  readonly runnableNs: number;
  readonly blockedNs: number;
  readonly offlineNs: number;
}
