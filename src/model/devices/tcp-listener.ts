import type { Clock } from '../engine/clock.js';
import { CONNECTIONS_PER_CLIENT } from '../limits.js';
import type { Netfront, PacketSink } from './netfront.js';
import {
  CLIENT_FIN,
  connectionOf,
  FIN_ACK,
  HANDSHAKE_ACK,
  indexOf,
  LAST_ACK,
  NO_PACKET,
  packetOf,
  REQUEST,
  REQUEST_ACK,
  RESET,
  RESPONSE,
  RESPONSE_ACK,
  SEGMENT,
  SERVER_FIN,
  SYN,
  SYN_ACK,
  typeOf,
} from './packet.js';
import type { PacketRing } from './packet-ring.js';
import type { Pages } from './pages.js';
import { RetransmitTimers } from './retransmit-timers.js';

// States of a connection, in the order in which it goes through them.
const CLOSED = 0;
const SYN_RECEIVED = 1;
const ESTABLISHED = 2;
const REQUESTED = 3;
const ANSWERED = 4;
const ACKNOWLEDGED = 5;
const CLOSING = 6;
const LAST_ACK_WAIT = 7;

/** Linux 2.6 gives up a connection after 15 repetitions of data. */
const MAX_RETRIES = 15;

/** What the server is told; `worker` is who has accepted the connection. */
export interface ConnectionEvents {
  /** A connection is in the accept queue. */
  acceptable(): void;
  /** The request of a connection that was accepted before it came. */
  requested(connection: number, worker: number): void;
  /** The client has closed; the server may. */
  hungUp(connection: number, worker: number): void;
}

/**
 * The listening end of TCP in a guest's kernel, for one client: handshake, accept queue with its
 * bounded backlog, acknowledgements, retransmission. A full accept queue drops new SYNs, and the
 * last ACK of a handshake that came too late, as Linux 2.6 does.
 */
export class TcpListener implements PacketSink {
  overflows = 0;
  retransmits = 0;
  private readonly clock: Clock;
  private readonly netfront: Netfront;
  /** The server's queue of connections to accept, shared by all its clients. */
  readonly accept: PacketRing;
  private readonly segments: number;
  private readonly pages: Pages | null;
  private readonly events: ConnectionEvents;
  private readonly timers = new RetransmitTimers();
  private readonly connections = new Int32Array(CONNECTIONS_PER_CLIENT).fill(-1);
  private readonly states = new Uint8Array(CONNECTIONS_PER_CLIENT);
  /** By which worker, counted from 1; 0 = not yet. */
  private readonly accepted = new Uint8Array(CONNECTIONS_PER_CLIENT);
  /** When the last SYN-ACK was sent. */
  private readonly synAckNs = new Float64Array(CONNECTIONS_PER_CLIENT);

  constructor(
    clock: Clock,
    netfront: Netfront,
    accept: PacketRing,
    segments: number,
    events: ConnectionEvents,
    pages: Pages | null = null,
  ) {
    this.clock = clock;
    this.netfront = netfront;
    this.accept = accept;
    this.segments = segments;
    this.pages = pages;
    this.events = events;
  }

  receive(packet: number): number {
    const connection = connectionOf(packet);
    const at = indexOf(connection);
    const type = typeOf(packet);
    if (this.connections[at] !== connection) {
      if (type !== SYN) return NO_PACKET;
      this.connections[at] = connection;
      this.states[at] = CLOSED;
      this.accepted[at] = 0;
    }
    switch (type) {
      case SYN:
        return this.receiveSyn(connection, at);
      case HANDSHAKE_ACK:
        this.establish(connection, at);
        return NO_PACKET;
      case REQUEST:
        return this.receiveRequest(connection, at);
      case RESPONSE_ACK:
        this.receiveResponseAck(connection, at);
        return NO_PACKET;
      case CLIENT_FIN:
        return this.receiveFin(connection, at);
      case LAST_ACK:
      case RESET:
        this.states[at] = CLOSED;
        this.timers.close(connection);
        return NO_PACKET;
      default:
        return NO_PACKET;
    }
  }

  /** Whether a connection is established: before, its packets are the listening socket's. */
  hasSocket(connection: number): boolean {
    const at = indexOf(connection);
    return this.connections[at] === connection && this.states[at]! >= ESTABLISHED;
  }

  /** Segments of the page that a connection asks for. */
  segmentsOf(connection: number): number {
    return this.pages === null ? this.segments : this.pages.segments[indexOf(connection)]!;
  }

  /** A worker of the server accepts a connection; true if its request is there already. */
  acceptConnection(connection: number, worker: number): boolean {
    const at = indexOf(connection);
    if (this.connections[at] !== connection) return true;
    this.accepted[at] = worker + 1;
    return this.states[at] !== ESTABLISHED;
  }

  /** The server process has written its answer. Abandoned connections get one all the same. */
  respond(connection: number): void {
    const at = indexOf(connection);
    this.sendPage(connection);
    if (this.connections[at] !== connection || this.states[at] !== REQUESTED) return;
    this.states[at] = ANSWERED;
    this.timers.arm(connection, this.clock.nowNs);
  }

  /** The server process closes its end. */
  close(connection: number): void {
    const at = indexOf(connection);
    if (this.connections[at] !== connection || this.states[at] !== CLOSING) return;
    this.states[at] = LAST_ACK_WAIT;
    this.netfront.send(packetOf(connection, SERVER_FIN));
    this.timers.arm(connection, this.clock.nowNs);
  }

  /** The guest's timer tick: repeats what was not acknowledged in time. */
  tick(): void {
    for (;;) {
      const connection = this.timers.nextExpired(this.clock.nowNs);
      if (connection < 0) return;
      const at = indexOf(connection);
      if (this.timers.retriesOf(connection) > MAX_RETRIES) {
        this.states[at] = CLOSED;
        this.timers.close(connection);
        continue;
      }
      this.retransmits++;
      this.repeat(connection, at);
    }
  }

  private repeat(connection: number, at: number): void {
    if (this.states[at] === SYN_RECEIVED) {
      this.synAckNs[at] = this.clock.nowNs;
      this.netfront.repeat(packetOf(connection, SYN_ACK));
    } else if (this.states[at] === ANSWERED) {
      this.netfront.pay(this.segmentsOf(connection));
      this.sendPage(connection);
    } else {
      this.netfront.repeat(packetOf(connection, SERVER_FIN));
    }
  }

  nextTimerNs(): number {
    return this.timers.nextCheckNs;
  }

  private receiveSyn(connection: number, at: number): number {
    if (this.states[at]! > SYN_RECEIVED) return NO_PACKET;
    if (this.states[at] === CLOSED) {
      if (this.accept.length === this.accept.capacity) {
        this.overflows++;
        return NO_PACKET;
      }
      this.states[at] = SYN_RECEIVED;
      this.timers.open(connection, this.clock.nowNs);
    }
    this.synAckNs[at] = this.clock.nowNs;
    return packetOf(connection, SYN_ACK);
  }

  /** Ends a handshake; false if the accept queue has no room. */
  private establish(connection: number, at: number): boolean {
    if (this.states[at] !== SYN_RECEIVED) return this.states[at] !== CLOSED;
    if (!this.accept.push(connection)) {
      this.overflows++;
      return false;
    }
    this.states[at] = ESTABLISHED;
    this.timers.measured(connection, this.clock.nowNs - this.synAckNs[at]!);
    this.timers.disarm(connection);
    this.events.acceptable();
    return true;
  }

  private receiveRequest(connection: number, at: number): number {
    if (!this.establish(connection, at)) return NO_PACKET;
    if (this.states[at] === ESTABLISHED) {
      this.states[at] = REQUESTED;
      const accepted = this.accepted[at]!;
      if (accepted > 0) this.events.requested(connection, accepted - 1);
    }
    return packetOf(connection, REQUEST_ACK);
  }

  private receiveResponseAck(connection: number, at: number): void {
    if (this.states[at] !== ANSWERED) return;
    this.states[at] = ACKNOWLEDGED;
    this.timers.disarm(connection);
  }

  private receiveFin(connection: number, at: number): number {
    if (this.states[at] === ANSWERED || this.states[at] === ACKNOWLEDGED) {
      this.states[at] = CLOSING;
      this.timers.disarm(connection);
      this.events.hungUp(connection, this.accepted[at]! - 1);
      return NO_PACKET;
    }
    if (this.states[at] === CLOSING) this.netfront.repeat(packetOf(connection, FIN_ACK));
    return NO_PACKET;
  }

  private sendPage(connection: number): void {
    const segments = this.segmentsOf(connection);
    for (let i = 1; i < segments; i++) this.netfront.send(packetOf(connection, SEGMENT));
    this.netfront.send(packetOf(connection, RESPONSE));
  }
}
