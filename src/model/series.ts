/**
 * The names of what a run records. Each series has one value per sample: CPU time in nanoseconds,
 * or a count of what happened within the sample.
 */

/** CPU time in which no VCPU ran, over all PCPUs. */
export const IDLE_SERIES = 'idle';

/** The columns of a CPU's line in /proc/stat. */
export const PROC_COLUMNS = ['user', 'system', 'softirq', 'steal', 'idle'] as const;

export type ProcColumn = (typeof PROC_COLUMNS)[number];

/** Series of a domain. */
export const domainSeries = {
  /** Time in which its VCPU ran. */
  cpu: (domain: string) => `domain:${domain}:cpu`,
  /** Domain 0's network work for it. */
  dom0net: (domain: string) => `domain:${domain}:dom0net`,
  /** Domain 0's disk work for it, if anything reads the disk. */
  dom0disk: (domain: string) => `domain:${domain}:dom0disk`,
  /** Its kernel's own view of its CPU. */
  proc: (domain: string, column: ProcColumn) => `domain:${domain}:proc:${column}`,
  /** The sum of the columns that its tools take for all the time there is. */
  procTotal: (domain: string) => `domain:${domain}:proc:total`,
  /** CPU time of domain 0 that the scheduler charges to it, if it charges any. */
  charged: (domain: string) => `domain:${domain}:charged`,
  /** Packets lost on the way between NIC and guest. */
  dropped: (domain: string) => `domain:${domain}:dropped`,
};

/** Series of a process. */
export const processSeries = {
  /** OC-Monitor's measure: time in which its page directory was in CR3. */
  cr3: (process: string) => `process:${process}:cr3`,
  /** The same without what kernel threads do meanwhile. */
  noThreads: (process: string) => `process:${process}:no-threads`,
  /** Its own work: user time and system calls. */
  own: (process: string) => `process:${process}:true`,
  /** What its kernel charges it: /proc/PID/stat. */
  proc: (process: string) => `process:${process}:proc`,
};

/** Series of a process that listens on a packet socket, in packets. */
export const snifferSeries = {
  offered: (process: string) => `sniffer:${process}:offered`,
  missed: (process: string) => `sniffer:${process}:missed`,
};

/** Series of a process that scans files. */
export const scanSeries = {
  files: (process: string) => `scan:${process}:files`,
  bytes: (process: string) => `scan:${process}:bytes`,
  scans: (process: string) => `scan:${process}:scans`,
};

/** Series of an OC-Limiter. */
export const limiterSeries = {
  /** Time in which its target was allowed to run. */
  allowed: (process: string) => `limiter:${process}:allowed`,
  stops: (process: string) => `limiter:${process}:stops`,
};

/** Series of a periodic process. */
export const periodicSeries = {
  runs: (process: string) => `periodic:${process}:runs`,
};

/** Facts of a batch job. */
export const batchFacts = {
  /** From its start to its end; null if it has not ended. */
  makespan: (process: string) => `batch:${process}:makespan`,
};

/** Series of a cage: what all its members used. */
export const cageSeries = {
  used: (cage: string) => `cage:${cage}:used`,
};

/** Series of whom a kernel charges besides its tasks, such as a container, with what is below. */
export const principalSeries = {
  used: (domain: string, principal: string) => `principal:${domain}:${principal}:used`,
};

/** Series of a load generator, in connections and packets. */
export const clientSeries = {
  attempts: (client: string) => `client:${client}:attempts`,
  replies: (client: string) => `client:${client}:replies`,
  errors: (client: string) => `client:${client}:errors`,
  retransmits: (client: string) => `client:${client}:retransmits`,
  /** The number of open connections, summed up over the time. */
  open: (client: string) => `client:${client}:open`,
  /** The sum of the times from a connection's first SYN to its reply. */
  response: (client: string) => `client:${client}:response`,
};

/** Series of the disk, if anything reads it. */
export const diskSeries = {
  busy: 'disk:busy',
  bytes: 'disk:bytes',
};

/** What is counted over the whole run and machine, in the order in which it is shown. */
export const COUNTER_NAMES = [
  'NIC ring full',
  'vif queue full',
  'guest receive ring full',
  'guest transmit queue full',
  'accept queue full',
  'sniffer buffer full',
  'client retransmissions',
  'server retransmissions',
] as const;

/** What is counted besides where there is such a thing. */
export const SPECIAL_COUNTER_NAMES = ['socket channel full'] as const;

export type CounterName = (typeof COUNTER_NAMES | typeof SPECIAL_COUNTER_NAMES)[number];
