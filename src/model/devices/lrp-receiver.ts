import type { Container } from '../guest/containers/container.js';
import { type ContainerRunQueue, containersOf } from '../guest/containers/container-run-queue.js';
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
  return (kernel: GuestKernel, netfront: Netfront, program: ServingProgram, packetNs: number) => {
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

/** A process's own work, and the index of the client for whom it was begun last. */
export interface ServingProgram extends Program {
  readonly client: number;
}

/** A listening socket; without a container of its own, it is bound to that of its process. */
interface ListeningSocket {
  readonly container: Container | null;
  readonly channel: PacketRing;
}

/**
 * The sockets of one process under lazy receiver processing, and the process itself. Netfront's
 * poll finds a packet's socket and puts it into that socket's bounded channel, or discards it at
 * once if the channel is full. The protocol work is done by the receiving process, at its priority
 * and charged to it, packet by packet, in turn with the process's own work: as LRP does TCP by a
 * thread of the process's priority.
 *
 * A connection has its socket once it is established; before, it is the listening socket's. With
 * resource containers, a container that has clients has a listening socket for them, and what is
 * done for them is charged to it.
 */
export class LrpReceiver implements PacketSink, Program {
  private discarded = 0;
  private readonly connected: PacketRing;
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly netfront: Netfront;
  private readonly program: ServingProgram;
  private readonly ownKind: number;
  private readonly slots: number;
  private readonly costs: LrpCosts;
  private readonly containers: ContainerRunQueue | null;
  /** By client index: where its packets go; and by connection, how many its channel has. */
  private readonly listeners: (TcpListener | undefined)[] = [];
  private readonly queued: (Uint16Array | undefined)[] = [];
  private readonly socketOf: (ListeningSocket | undefined)[] = [];
  /** One for all clients, and one for each container that has clients of its own. */
  private readonly sockets: ListeningSocket[] = [];
  private isProtocolsTurn = true;
  /** Of the connections, 0, and the sockets after it: whose turn it is. */
  private turn = 0;
  /** The packet whose protocol work is being done. */
  private packet = NO_PACKET;

  /** @param program what the process runs besides */
  constructor(
    kernel: GuestKernel,
    task: Task,
    netfront: Netfront,
    program: ServingProgram,
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
    this.containers = containersOf(kernel);
    this.connected = new PacketRing(slots * CONNECTIONS_PER_CLIENT);
  }

  /** From now on it receives what a client sends to a listener. */
  listen(client: number, listener: TcpListener, name: string): void {
    this.listeners[client] = listener;
    this.queued[client] = new Uint16Array(CONNECTIONS_PER_CLIENT);
    this.socketOf[client] = this.socketIn(this.containers?.ofClient(name) ?? null);
    this.netfront.listen(client, this);
  }

  private socketIn(container: Container | null): ListeningSocket {
    const known = this.sockets.find((one) => one.container === container);
    if (known !== undefined) return known;
    const socket = { container, channel: new PacketRing(this.slots) };
    this.sockets.push(socket);
    return socket;
  }

  /** Its channels, for a trace and for what is counted. */
  readonly watched = {
    name: 'socket channels',
    unit: 'packets',
    length: () =>
      this.sockets.reduce((sum, { channel }) => sum + channel.length, this.connected.length),
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
      this.bindTo(this.program.client);
      return ns;
    }
    if (this.takePacket() || this.takeIdlePacket()) return this.beginPacket();
    this.sleepUntilLimitsEnd();
    return 0;
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
    if (!this.listeners[client]!.hasSocket(connection)) {
      return this.socketOf[client]!.channel.push(packet);
    }
    const queued = this.queued[client]!;
    const at = indexOf(connection);
    if (queued[at]! >= this.slots || !this.connected.push(packet)) return false;
    queued[at]!++;
    return true;
  }

  /** Takes the oldest packet of the connections, or of one of the sockets, in turn. */
  private takePacket(): boolean {
    const { sockets } = this;
    for (let i = 0; i <= sockets.length; i++) {
      const at = this.turn;
      this.turn = at === sockets.length ? 0 : at + 1;
      if (at === 0 ? this.takeConnected() : this.takeFrom(sockets[at - 1]!, false)) return true;
    }
    return false;
  }

  /** Nothing else is left to do: takes one of a container without a share. */
  private takeIdlePacket(): boolean {
    return this.sockets.some((socket) => this.takeFrom(socket, true));
  }

  private takeConnected(): boolean {
    if (this.connected.length === 0) return false;
    this.packet = this.connected.shift();
    this.queued[clientOf(this.packet)]![indexOf(connectionOf(this.packet))]!--;
    return true;
  }

  /** A container that has had its limit waits, and what does not fit into its channel is lost. */
  private takeFrom({ container, channel }: ListeningSocket, isIdle: boolean): boolean {
    if (channel.length === 0 || (container?.sharePct === 0) !== isIdle) return false;
    if (container !== null && this.resumesNs(container) < Infinity) return false;
    this.packet = channel.shift();
    return true;
  }

  /** What still waits here waits for its container. */
  private sleepUntilLimitsEnd(): void {
    for (const { container, channel } of this.sockets) {
      if (container === null || channel.length === 0) continue;
      this.kernel.sleepUntil(this.task, this.resumesNs(container));
    }
  }

  private resumesNs(container: Container): number {
    return this.containers?.resumesNs(container) ?? Infinity;
  }

  private beginPacket(): number {
    const { protocolNs, answerNs, kind } = this.costs;
    this.isProtocolsTurn = false;
    this.task.kind = kind;
    this.bindTo(clientOf(this.packet));
    const isAnswered = ((ANSWERED >> typeOf(this.packet)) & 1) === 1;
    return isAnswered ? protocolNs + answerNs : protocolNs;
  }

  /** What is done from now on is charged to the container of a client's socket. */
  private bindTo(client: number): void {
    this.containers?.bind(this.task, this.socketOf[client]!.container);
  }
}
