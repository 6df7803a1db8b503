import type { GuestKernel } from '../guest/kernel.js';
import type { KernelPlan } from '../guest/kernel-plan.js';
import type { Program } from '../guest/program.js';
import type { Task } from '../guest/task.js';
import { CONNECTIONS_PER_CLIENT } from '../limits.js';
import type { Netfront, PacketSink } from './netfront.js';
import { clientOf, connectionOf, indexOf, NO_PACKET, typeOf } from './packet.js';
import { PacketRing } from './packet-ring.js';
import type { TcpListener } from './tcp-listener.js';
import { ANSWERED } from './vif.js';

/** LRP in a guest's kernel (Druschel and Banga, OSDI 1996). */
export interface LrpInput {
  /** The part of a packet's cost in the guest that goes into finding its socket, in percent. */
  readonly demuxSharePct: number;
  /** Packets that wait for one socket at most. */
  readonly channelSlots: number;
}

/** CPU time of a received packet in the softirq, where nothing but its socket is found. */
export function demuxNs({ demuxSharePct }: LrpInput, packetNs: number): number {
  return Math.max(1, Math.round((packetNs * demuxSharePct) / 100));
}

/**
 * Plans LRP for a process that receives packets. Returns what makes its receiver, once its kernel
 * exists: `program` is what the process runs besides.
 * @param beneficiary index of the domain that it works for
 */
export function planLrp(lrp: LrpInput, task: Task, { kinds }: KernelPlan, beneficiary: number) {
  const kind = kinds.add('kernel', 'TCP, by the receiver', beneficiary);
  return (kernel: GuestKernel, netfront: Netfront, program: Program, packetNs: number) => {
    const protocolNs = Math.max(1, packetNs - demuxNs(lrp, packetNs));
    const costs = { protocolNs, answerNs: packetNs, kind };
    return new LrpReceiver(kernel, task, netfront, program, lrp.channelSlots, costs);
  };
}

export interface LrpCosts {
  /** TCP's part of a received packet, and a packet that answers it. */
  readonly protocolNs: number;
  readonly answerNs: number;
  /** Ledger kind of the protocol work. */
  readonly kind: number;
}

/**
 * The sockets of one process under lazy receiver processing, and the process itself. Netfront's
 * poll finds a packet's socket and puts it into that socket's bounded channel, or discards it at
 * once if the channel is full. The protocol work is done by the receiving process, at its priority
 * and charged to it, packet by packet, in turn with the process's own work: as LRP does TCP by a
 * thread of the process's priority.
 *
 * A connection has its socket once it is established; before, it is the listening socket's.
 */
export class LrpReceiver implements PacketSink, Program {
  private discarded = 0;
  private readonly listening: PacketRing;
  private readonly connected: PacketRing;
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly netfront: Netfront;
  private readonly program: Program;
  private readonly ownKind: number;
  private readonly slots: number;
  private readonly costs: LrpCosts;
  /** By client index; and by connection, how many packets its channel has. */
  private readonly listeners: (TcpListener | undefined)[] = [];
  private readonly queued: (Uint16Array | undefined)[] = [];
  private isProtocolsTurn = true;
  private isListenersTurn = true;
  /** The packet whose protocol work is being done. */
  private packet = NO_PACKET;

  /** `program` is what the process runs besides. */
  constructor(
    kernel: GuestKernel,
    task: Task,
    netfront: Netfront,
    program: Program,
    slots: number,
    costs: LrpCosts,
  ) {
    this.kernel = kernel;
    this.task = task;
    this.netfront = netfront;
    this.program = program;
    this.ownKind = task.kind;
    this.slots = slots;
    this.costs = costs;
    this.listening = new PacketRing(slots);
    this.connected = new PacketRing(slots * CONNECTIONS_PER_CLIENT);
  }

  /** From now on it receives what a client sends to a listener. */
  listen(client: number, listener: TcpListener): void {
    this.listeners[client] = listener;
    this.queued[client] = new Uint16Array(CONNECTIONS_PER_CLIENT);
    this.netfront.listen(client, this);
  }

  /** Its channels, for a trace and for what is counted. */
  readonly watched = {
    name: 'socket channels',
    unit: 'packets',
    length: () => this.listening.length + this.connected.length,
    dropped: () => this.discarded,
  };

  /** Early demultiplexing: nothing is answered here. */
  receive(packet: number): number {
    if (this.toChannel(packet)) this.kernel.wakeTask(this.task);
    else this.discarded++;
    return NO_PACKET;
  }

  begin(): number {
    if (this.isProtocolsTurn && this.takePacket()) return this.beginPacket();
    const ns = this.program.begin();
    if (ns > 0) {
      this.isProtocolsTurn = true;
      this.task.kind = this.ownKind;
      return ns;
    }
    return this.takePacket() ? this.beginPacket() : 0;
  }

  finish(): void {
    const { packet } = this;
    if (packet === NO_PACKET) {
      this.program.finish();
      return;
    }
    this.packet = NO_PACKET;
    const answer = this.listeners[clientOf(packet)]!.receive(packet);
    if (answer !== NO_PACKET) this.netfront.send(answer);
  }

  /** False if its channel is full. */
  private toChannel(packet: number): boolean {
    const client = clientOf(packet);
    const connection = connectionOf(packet);
    if (!this.listeners[client]!.hasSocket(connection)) return this.listening.push(packet);
    const queued = this.queued[client]!;
    const at = indexOf(connection);
    if (queued[at]! >= this.slots || !this.connected.push(packet)) return false;
    queued[at]!++;
    return true;
  }

  /** Takes the oldest packet of the listening socket or of the others, in turn. */
  private takePacket(): boolean {
    const { listening, connected } = this;
    if (listening.length > 0 && (this.isListenersTurn || connected.length === 0)) {
      this.isListenersTurn = false;
      this.packet = listening.shift();
      return true;
    }
    this.isListenersTurn = true;
    if (connected.length === 0) return false;
    this.packet = connected.shift();
    this.queued[clientOf(this.packet)]![indexOf(connectionOf(this.packet))]!--;
    return true;
  }

  private beginPacket(): number {
    const { protocolNs, answerNs, kind } = this.costs;
    this.isProtocolsTurn = false;
    this.task.kind = kind;
    const isAnswered = ((ANSWERED >> typeOf(this.packet)) & 1) === 1;
    return isAnswered ? protocolNs + answerNs : protocolNs;
  }
}
