import type { GuestKernel } from '../../guest/kernel.js';
import type { Program } from '../../guest/program.js';
import type { Principal, SocketPrincipals } from '../../guest/scheduling/principal.js';
import type { Task } from '../../guest/task.js';
import { CONNECTIONS_PER_CLIENT } from '../../limits.js';
import type { Netfront, PacketSink } from '../netfront.js';
import { clientOf, connectionOf, indexOf, NO_PACKET, typeOf } from '../packet.js';
import { PacketRing } from '../packet-ring.js';
import type { TcpListener } from '../tcp-listener.js';
import { ANSWERED } from '../vif.js';
import type { WatchedQueue } from '../watched-queue.js';
import type { Receiver, ServingProgram } from './reception.js';

export interface LrpCosts {
  /** TCP's part of a received packet, and a packet that answers it. */
  readonly protocolNs: number;
  readonly answerNs: number;
  /** Ledger kind of the protocol work. */
  readonly kind: number;
}

/** A listening socket; without a principal of its own, work for it is its process's. */
interface ListeningSocket {
  readonly principal: Principal | null;
  readonly channel: PacketRing;
}

/**
 * The sockets of one process under lazy receiver processing, and the process itself. Netfront's
 * poll finds a packet's socket and puts it into that socket's bounded channel, or discards it at
 * once if the channel is full. The protocol work is done by the receiving process, at its priority
 * and charged to it, packet by packet, in turn with the process's own work: as LRP does TCP by a
 * thread of the process's priority.
 *
 * A connection has its socket once it is established; before, it is the listening socket's. If the
 * kernel charges principals for sockets, such as containers, one that has clients has a listening
 * socket for them, and what is done for them is charged to it.
 */
export class LrpReceiver implements PacketSink, Program, Receiver {
  private discarded = 0;
  private readonly connected: PacketRing;
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly netfront: Netfront;
  private readonly own: ServingProgram;
  private readonly ownKind: number;
  private readonly slots: number;
  private readonly costs: LrpCosts;
  private readonly principals: SocketPrincipals | null;
  /** By client index: where its packets go; and by connection, how many its channel has. */
  private readonly listeners: (TcpListener | undefined)[] = [];
  private readonly queued: (Uint16Array | undefined)[] = [];
  private readonly socketOf: (ListeningSocket | undefined)[] = [];
  /** One for all clients, and one for each principal that has clients of its own. */
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
    this.own = program;
    this.ownKind = task.kind;
    this.slots = slots;
    this.costs = costs;
    this.principals = kernel.runQueue.sockets ?? null;
    this.connected = new PacketRing(slots * CONNECTIONS_PER_CLIENT);
  }

  /** From now on it receives what a client sends to a listener. */
  listen(client: number, listener: TcpListener, name: string): void {
    this.listeners[client] = listener;
    this.queued[client] = new Uint16Array(CONNECTIONS_PER_CLIENT);
    this.socketOf[client] = this.socketIn(this.principals?.ofClient(name) ?? null);
    this.netfront.listen(client, this);
  }

  private socketIn(principal: Principal | null): ListeningSocket {
    const known = this.sockets.find((one) => one.principal === principal);
    if (known !== undefined) return known;
    const socket = { principal, channel: new PacketRing(this.slots) };
    this.sockets.push(socket);
    return socket;
  }

  /** The process does both, in turn. */
  get program(): Program {
    return this;
  }

  readonly channels: WatchedQueue = {
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
    const ns = this.own.begin();
    if (ns > 0) {
      this.isProtocolsTurn = true;
      this.task.kind = this.ownKind;
      this.bindTo(this.own.client);
      return ns;
    }
    if (this.takePacket() || this.takeIdlePacket()) return this.beginPacket();
    this.sleepUntilLimitsEnd();
    return 0;
  }

  finish(): void {
    const { packet } = this;
    if (packet === NO_PACKET) {
      this.own.finish();
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

  /** Nothing else is left to do: takes one of a principal that comes last. */
  private takeIdlePacket(): boolean {
    return this.sockets.some((socket) => this.takeFrom(socket, true));
  }

  private takeConnected(): boolean {
    if (this.connected.length === 0) return false;
    this.packet = this.connected.shift();
    this.queued[clientOf(this.packet)]![indexOf(connectionOf(this.packet))]!--;
    return true;
  }

  /** What waits for a principal that has had its limit, and does not fit its channel, is lost. */
  private takeFrom({ principal, channel }: ListeningSocket, isIdle: boolean): boolean {
    if (channel.length === 0 || (principal?.isLast === true) !== isIdle) return false;
    if (principal !== null && this.resumesNs(principal) < Infinity) return false;
    this.packet = channel.shift();
    return true;
  }

  /** What still waits here waits for its principal. */
  private sleepUntilLimitsEnd(): void {
    for (const { principal, channel } of this.sockets) {
      if (principal === null || channel.length === 0) continue;
      this.kernel.sleepUntil(this.task, this.resumesNs(principal));
    }
  }

  private resumesNs(principal: Principal): number {
    return principal.resumesNs(this.kernel.clock.nowNs);
  }

  private beginPacket(): number {
    const { protocolNs, answerNs, kind } = this.costs;
    this.isProtocolsTurn = false;
    this.task.kind = kind;
    this.bindTo(clientOf(this.packet));
    const isAnswered = ((ANSWERED >> typeOf(this.packet)) & 1) === 1;
    return isAnswered ? protocolNs + answerNs : protocolNs;
  }

  /** What is done from now on is charged to the principal of a client's socket. */
  private bindTo(client: number): void {
    this.principals?.bind(this.task, this.socketOf[client]!.principal);
  }
}
