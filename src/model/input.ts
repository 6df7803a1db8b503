/**
 * What the model is given: a complete machine with every cost, already validated and resolved.
 * Times are integer nanoseconds, shares are percent of one PCPU, entities refer to each other by
 * name. `experiments/` builds these objects from YAML; nothing in `model/` checks user input.
 */
import type { ClientInput } from './clients/clients.js';
import type { SchedulerInput } from './hypervisor/schedulers.js';
import type { ProcessInput } from './programs/programs.js';

export type { ClientInput, ClientInputOf } from './clients/clients.js';
export type { SchedulerInput } from './hypervisor/schedulers.js';
export type { ProcessInput, ProcessInputOf, ProgramName } from './programs/programs.js';

/** One run: a machine, what runs on it, and for how long it is watched. */
export interface ModelInput {
  readonly pcpus: number;
  /** Time before the first sample; the ledger and all counters start afterwards. */
  readonly warmupNs: number;
  /** Measured time after the warm-up; a whole multiple of `sampleNs`. */
  readonly durationNs: number;
  readonly sampleNs: number;
  readonly costs: CostsInput;
  readonly network: NetworkInput;
  /** Null: the machine has none that anybody reads. */
  readonly disk: DiskInput | null;
  readonly hypervisor: SchedulerInput;
  /** The first domain is domain 0: it owns the NIC and every vif's back end. */
  readonly domains: readonly DomainInput[];
  readonly processes: readonly ProcessInput[];
  readonly clients: readonly ClientInput[];
  readonly cages: readonly CageInput[];
}

/** CPU costs in nanoseconds; what each means is said in `experiments/machines/*.yaml`. */
export interface CostsInput {
  readonly vcpuSwitchNs: number;
  readonly processSwitchNs: number;
  /** A PCPU's ticker runs up to this late and counts its next period from there; 0 = on time. */
  readonly tickerLatenessNs: number;
  readonly timerInterruptNs: number;
  readonly deviceInterruptNs: number;
  /** Domain 0's kernel work for one packet of a VM, NIC to netback or back. */
  readonly dom0PacketNs: number;
  /** The part of `dom0PacketNs` that NIC driver and bridge take, in percent; netback the rest. */
  readonly bridgeSharePct: number;
  /** The guest kernel's work for one packet, netfront and TCP. */
  readonly guestPacketNs: number;
  /** The web server process's work for one request of 1 KB. */
  readonly webRequestNs: number;
  /** The part of `webRequestNs` that closing the connection takes, in percent. */
  readonly webCloseSharePct: number;
  /** Snort's work for one packet. */
  readonly snortPacketNs: number;
  /** Tripwire's work for one file besides reading and hashing it. */
  readonly tripwireFileNs: number;
  /** Hashing 1 MB (10^6 bytes), the process's own part. */
  readonly tripwireMbNs: number;
  /** The kernel's part of reading 1 MB of a file in pieces of 4 KB. */
  readonly fileReadMbNs: number;
  /** A loop device's thread, for 1 MB. */
  readonly loopMbNs: number;
  /** Domain 0's work for one request of the disk, without the interrupt. */
  readonly diskRequestNs: number;
  /** Domain 0's and the guest's work for one request of a virtual disk. */
  readonly blkbackRequestNs: number;
  readonly blkfrontRequestNs: number;
  /** OC-Limiter's reading of the cage, and its sending a signal. */
  readonly limiterReadNs: number;
  readonly limiterSignalNs: number;
}

/** Link, NIC, rings and socket buffers. */
export interface NetworkInput {
  readonly linkBitsPerSecond: number;
  /** One-way delay of link and switch; the jitter is added to it, uniform in [0, jitter). */
  readonly latencyNs: number;
  readonly jitterNs: number;
  /** The NIC raises no interrupt sooner than this after the last. */
  readonly interruptGapNs: number;
  readonly nicRingSlots: number;
  /** Most packets that one poll of the NIC or of the backlog hands up. */
  readonly pollBudget: number;
  /** Packets a vif's device queue holds while netback cannot pass them to the guest. */
  readonly vifQueueSlots: number;
  /** Buffers that the front end posts for reception. */
  readonly netfrontRxSlots: number;
  readonly netfrontTxSlots: number;
  /** Receive buffer of a packet socket in bytes, and what the kernel adds to each packet's size. */
  readonly snifferBufferBytes: number;
  readonly snifferOverheadBytes: number;
}

/** A disk with one arm, and the memory that caches it. */
export interface DiskInput {
  /** A mean seek within the images, and a whole turn of the platter. */
  readonly seekNs: number;
  readonly rotationNs: number;
  readonly bytesPerSecond: number;
  /** What a domain's kernel can keep of files that are read once. */
  readonly pageCacheBytes: number;
}

export interface DomainInput {
  readonly name: string;
  readonly weight: number;
  /** Percent of one PCPU; 0 = no cap. */
  readonly capPct: number;
  /** PCPUs the domain's only VCPU may run on; it starts on the first. */
  readonly affinity: readonly number[];
  /** Its kernel's process scheduler. */
  readonly scheduler: 'o1-2.6.16' | 'o1-2.6.18' | 'cfs';
  /** How its kernel accounts CPU time; see `guest/accounting/`. */
  readonly accounting: AccountingInput;
}

export type AccountingInput = 'o1' | 'o1-steal' | 'cfs' | 'cfs-hvm';

/** What every process has; each program adds its own (`programs/`). */
export interface ProcessBase {
  readonly name: string;
  readonly domain: string;
  readonly nice: number;
  /** When the process starts, counted from the beginning of the warm-up. */
  readonly startNs: number;
}

/** What every load generator has; each kind adds its own (`clients/`). */
export interface ClientBase {
  readonly name: string;
  /** Name of the web server process. */
  readonly target: string;
  /** It works once a tick of its clock. */
  readonly tickNs: number;
  /** The client's clock runs fast by this many parts per million (negative: slow). */
  readonly clockSkewPpm: number;
  /** From a packet's arrival at the client to its answer on the wire. */
  readonly responseNs: number;
  /** Descriptors: connections open at the same time at most. */
  readonly maxOpen: number;
  /** Give up a connection after this long; 0 = never. */
  readonly timeoutNs: number;
}

/** Members share one limit. Which time the members' use is taken over is a named choice. */
export interface CageInput {
  readonly name: string;
  readonly vms: readonly string[];
  readonly processes: readonly string[];
  /** Percent of one PCPU; 0 = no cap. */
  readonly capPct: number;
  /** In the place of the VMs' own; 0 = none. */
  readonly weight: number;
  /** Whether OC-Scheduler enforces the limit, or OC-Monitor only records. */
  readonly enforce: boolean;
  readonly idsWindow: IdsWindowInput;
  /** What becomes of `RC.cap - RC.ids < 0`. */
  readonly excess: 'forgive' | 'carry';
  /** Most debt that `carry` keeps, in percent of one PCPU over one accounting period. */
  readonly excessLimitPct: number;
  /** A VCPU is parked below minus the credit of this cap. */
  readonly parkBelow: 'effective' | 'configured';
  readonly rounding: 'exact' | 'percent';
  /** What OC-Monitor counts as a process's time. */
  readonly counts: 'cr3' | 'no-kernel-threads' | 'own';
}

export type IdsWindowInput =
  | { readonly kind: 'period' }
  | { readonly kind: 'sliding'; readonly windowNs: number }
  | { readonly kind: 'ema'; readonly weight: number };
