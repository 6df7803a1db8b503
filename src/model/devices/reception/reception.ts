import type { GuestKernel } from '../../guest/kernel.js';
import type { KernelPlan } from '../../guest/kernel-plan.js';
import type { Program } from '../../guest/program.js';
import type { Task } from '../../guest/task.js';
import type { Netfront } from '../netfront.js';
import type { TcpListener } from '../tcp-listener.js';
import type { WatchedQueue } from '../watched-queue.js';

/**
 * The seat of the way in which a guest's kernel receives packets: what of it netfront's poll does,
 * and who does the rest. A kind is one file in this folder, with the shape of its input, and one
 * entry in `receptions.ts`.
 */
export interface ReceptionKind<Input> {
  /** What a packet costs in the poll, if all of it costs `packetNs`. */
  readonly poll: (input: Input, packetNs: number) => PollCosts;
  /**
   * Before the kernels exist: adds to their plan what a process needs that listens to clients, and
   * returns what makes its receiver once they do.
   */
  readonly plan: (input: Input, site: ReceiverSite) => MakeReceiver;
}

/** CPU time in the poll, in the softirq: per packet, and per packet that is answered at once. */
export interface PollCosts {
  readonly polledNs: number;
  readonly answerNs: number;
}

/** Where a receiver is planned. */
export interface ReceiverSite {
  readonly task: Task;
  readonly kernel: KernelPlan;
  /** Index of the domain that the process works for. */
  readonly beneficiary: number;
  /** What a packet costs in all. */
  readonly packetNs: number;
}

/** `program` is what the process runs besides. */
export type MakeReceiver = (
  kernel: GuestKernel,
  netfront: Netfront,
  program: ServingProgram,
) => Receiver;

/** A process's own work, and the index of the client for whom it was begun last. */
export interface ServingProgram extends Program {
  readonly client: number;
}

/** Who receives the packets of one process. */
export interface Receiver {
  /** What the process runs: its own program, and what it does for packets. */
  readonly program: Program;
  /** Where its packets wait for the process; null: nowhere. */
  readonly channels: WatchedQueue | null;
  /** From now on it hands what a client sends to a listener. */
  listen(client: number, listener: TcpListener, name: string): void;
}
