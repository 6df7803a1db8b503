/**
 * What the model is given: a complete machine with every cost, already validated and resolved.
 * Times are integer nanoseconds, shares are percent of one PCPU, entities refer to each other by
 * name. `definition/` builds these objects from YAML; nothing in `model/` checks user input.
 */
import type { ClientInput } from './clients/clients.js';
import type { ReceptionInput } from './devices/reception/receptions.js';
import type { OtherHz } from './guest/jiffies.js';
import type { GuestSchedulerInput } from './guest/scheduling/guest-schedulers.js';
import type { SchedulerInput } from './hypervisor/schedulers.js';
import type { OtherProcess, OtherPrograms, ProcessInput } from './programs/programs.js';
import type { CostsInput, DiskInput, NetworkInput } from './quantities.js';

export type { ClientInput, ClientInputOf, ClientKindName } from './clients/clients.js';
export type {
  ReceptionInput,
  ReceptionInputOf,
  ReceptionName,
} from './devices/reception/receptions.js';
export type {
  GuestPolicyInputOf,
  GuestPolicyName,
  GuestSchedulerInput,
  GuestSchedulerName,
} from './guest/scheduling/guest-schedulers.js';
export type {
  SchedulerInput,
  SchedulerInputOf,
  SchedulerName,
} from './hypervisor/schedulers.js';
export type {
  OtherPrograms,
  ProcessInput,
  ProcessInputOf,
  ProgramName,
} from './programs/programs.js';
export type { CostsInput, DiskInput, NetworkInput } from './quantities.js';

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

/** The same with processes that run other programs than the model's own. */
export type ModelInputWith<Others extends OtherPrograms> = Omit<ModelInput, 'processes'> & {
  readonly processes: readonly (ProcessInput | OtherProcess<Others>)[];
};

export interface DomainInput {
  readonly name: string;
  readonly weight: number;
  /** Percent of one PCPU; 0 = no cap. */
  readonly capPct: number;
  /** How many VCPUs it has, if that is not one. Devices interrupt the first. */
  readonly vcpus?: number;
  /** PCPUs that its VCPUs may run on. */
  readonly affinity: readonly number[];
  /** Its kernel's process scheduler. */
  readonly scheduler: GuestSchedulerInput;
  /** Timer ticks per second of its kernel, if they are not the 100 of Xen's kernels. */
  readonly hz?: OtherHz;
  /** How its kernel receives packets, if not in the softirq as Linux does. */
  readonly reception?: ReceptionInput;
  /** How its kernel accounts CPU time; see `guest/accounting/`. */
  readonly accounting: AccountingInput;
  /** What its tools take for all the time there is. */
  readonly procTotal: ProcTotalInput;
}

export type AccountingInput = 'o1' | 'o1-steal' | 'cfs' | 'cfs-hvm';

/** All columns of the CPU's line in /proc/stat, or all but steal. */
export type ProcTotalInput = 'all-columns' | 'without-steal';

/** What every process has; each program adds its own (`programs/`). */
export interface ProcessBase {
  readonly name: string;
  readonly domain: string;
  /** The VCPU of its domain to which it is bound, if that is not the first, 0. */
  readonly vcpu?: number;
  readonly nice: number;
  /** When the process starts, counted from the beginning of the warm-up. */
  readonly startNs: number;
}

/** What every load generator has; each kind adds its own (`clients/`). */
export interface ClientBase {
  readonly name: string;
  /** Name of the web server or CGI process. */
  readonly target: string;
  /** It works once a tick of its clock. */
  readonly tickNs: number;
  /** The client's clock runs fast by this many parts per million (negative: slow). */
  readonly clockSkewPpm: number;
  /** From a packet's arrival at the client to its answer on the wire; 0 if it answers none. */
  readonly responseNs: number;
  /** Descriptors: connections open at the same time at most; 0 if it keeps none. */
  readonly maxOpen: number;
  /** Give up a connection after this long; 0 = never. */
  readonly timeoutNs: number;
  /** By attempt: the size of the page that it asks for, if that is not the server's. */
  readonly pageBytes?: Int32Array;
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
  /** The formulas' total credit is that of all PCPUs, not of one. */
  readonly ofAllPcpus?: true;
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
