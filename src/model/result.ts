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

/** A series of one value a sample: nanoseconds or counts within the sample. */
export interface Series {
  readonly key: string;
  readonly unit: 'ns' | 'count';
  readonly values: Float64Array;
}

export interface RunResult {
  readonly sampleNs: number;
  readonly samples: number;
  /**
   * Keys: `idle`; `domain:<name>:cpu`; `domain:<name>:dom0net` (domain 0's network work for it);
   * `domain:<name>:proc:user|system|softirq|steal|idle` (its kernel's own view, /proc/stat);
   * `process:<name>:cr3` (OC-Monitor's measure); `process:<name>:true`;
   * `process:<name>:proc` (what its kernel charges it, /proc/PID/stat);
   * `limiter:<process>:allowed|stops` of an OC-Limiter;
   * `cage:<name>:used`; `client:<name>:attempts|replies|errors|retransmits`;
   * `domain:<name>:dom0disk` (domain 0's disk work for it), `disk:busy`, `disk:bytes` and
   * `scan:<process>:files|bytes|scans` if there is a Tripwire;
   * `sniffer:<process>:offered|missed`; `domain:<name>:dropped` (packets lost on the way).
   */
  readonly series: readonly Series[];
  readonly ledger: readonly LedgerRow[];
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
