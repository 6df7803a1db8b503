import type { Network } from '../devices/network.js';
import type { NetworkPlan } from '../devices/network-plan.js';
import type { Storage } from '../devices/storage.js';
import type { StoragePlan } from '../devices/storage-plan.js';
import type { WatchedQueue } from '../devices/watched-queue.js';
import type { Clock } from '../engine/clock.js';
import type { Alarm } from '../guest/alarm.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { KernelPlan } from '../guest/kernel-plan.js';
import type { Program } from '../guest/program.js';
import type { Task } from '../guest/task.js';
import type { ModelInput, ProcessBase } from '../input.js';
import type { CounterName } from '../series.js';
import type { CgiRequests } from './cgi-requests.js';

/**
 * The seat of a kind of program: how a process that runs it comes into a machine. A kind is one
 * file in this folder, with the shape of its input, and one entry in `programs.ts`.
 */
export interface ProgramKind<Input extends ProcessBase> {
  /** Name of the domain that it works for, if that is not its own. */
  readonly worksFor?: (process: Input) => string;
  /**
   * Before the kernels exist: adds to their plans what the process needs besides its own task, and
   * returns what makes the program once they do.
   */
  readonly plan: (process: Input, site: PlanSite) => (machine: ProgramSite) => MadeProgram;
}

/** Where a process is planned. */
export interface PlanSite {
  readonly input: ModelInput;
  readonly task: Task;
  /** Index of the domain that it works for. */
  readonly beneficiary: number;
  /** Of the kernel on its own VCPU, and of those on all VCPUs of its domain, the first first. */
  readonly kernel: KernelPlan;
  readonly vcpus: readonly KernelPlan[];
  readonly network: NetworkPlan;
  readonly storage: StoragePlan;
}

/** Where a program is made. */
export interface ProgramSite {
  readonly input: ModelInput;
  readonly seed: number;
  readonly clock: Clock;
  /** Of its own VCPU, and those of all VCPUs of its domain, the first first. */
  readonly kernel: GuestKernel;
  readonly vcpus: readonly GuestKernel[];
  readonly network: Network;
  /** Null if nothing reads the disk. */
  readonly storage: Storage | null;
  /** The exact timer of the process; its interrupts are booked under a ledger kind. */
  readonly makeAlarm: (kind: number) => Alarm;
  /** When the hypervisor's tick is next due on the PCPU of its domain. */
  readonly nextTickNs: () => number;
  /** The task of a process of the same machine, by name. */
  readonly taskOf: (process: string) => Task;
  /** What is handed to a CGI process of its domain, by name: the same for both ends. */
  readonly cgiRequestsOf: (process: string) => CgiRequests;
}

/** A program, and what a run records and a trace shows of it besides its CPU time. */
export interface MadeProgram {
  readonly program: Program;
  /** The process's tasks on other VCPUs, which start with it; they have their programs. */
  readonly others?: readonly PlacedTask[];
  readonly totals?: readonly Total[];
  readonly queues?: readonly WatchedQueue[];
  /** Lengths of time, in ns, by name from `series.ts`; null while they have not ended. */
  readonly facts?: Readonly<Record<string, () => number | null>>;
  /** Events that are counted together for the whole machine. */
  readonly counters?: Readonly<Partial<Record<CounterName, () => number>>>;
}

/** A task and its kernel. */
export interface PlacedTask {
  readonly kernel: GuestKernel;
  readonly task: Task;
}

/** A running total, read at the end of each sample. */
export interface Total {
  /** Name of its series, from `series.ts`. */
  readonly key: string;
  readonly unit: 'ns' | 'count';
  readonly read: () => number;
}
