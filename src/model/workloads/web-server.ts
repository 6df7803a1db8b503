import { clientOfConnection, connectionOf, packetOf, typeOf } from '../devices/packet.js';
import { PacketRing } from '../devices/packet-ring.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Task } from '../guest/task.js';
import { CONNECTIONS_PER_CLIENT } from '../limits.js';
import type { ConnectionEvents, TcpListener } from './tcp-listener.js';

// A job is a connection with what is to be done for it in place of a packet's type.
const SERVE = 0;
const CLOSE = 1;

export interface WebServerCosts {
  /** Accepting, reading, answering; the process's own part. */
  readonly serveNs: number;
  /** Closing, likewise. */
  readonly closeNs: number;
  /** The kernel's part of sending the page, and of sending the FIN. */
  readonly sendPageNs: number;
  readonly sendFinNs: number;
  /** Ledger kind of the kernel's part. */
  readonly sendKind: number;
}

/**
 * The web server process: accepts connections in order, answers their request with one page, and
 * closes after the client has. One request at a time, as a run-to-completion server does it.
 */
export class WebServer implements ConnectionEvents {
  /** Established and not yet accepted. */
  readonly accept: PacketRing;
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly costs: WebServerCosts;
  /** By client index. */
  private readonly listeners: (TcpListener | undefined)[] = [];
  /** Accepted connections with something to do. */
  private readonly ready: PacketRing;
  private job = 0;

  /** Linux lets an accept queue hold one more than its backlog. */
  constructor(
    backlog: number,
    clients: number,
    kernel: GuestKernel,
    task: Task,
    costs: WebServerCosts,
  ) {
    this.accept = new PacketRing(backlog + 1);
    this.ready = new PacketRing(2 * clients * CONNECTIONS_PER_CLIENT);
    this.kernel = kernel;
    this.task = task;
    this.costs = costs;
  }

  listen(client: number, listener: TcpListener): void {
    this.listeners[client] = listener;
  }

  /** Handshakes of all clients that found the accept queue full. */
  get overflows(): number {
    return this.listeners.reduce((sum, listener) => sum + (listener?.overflows ?? 0), 0);
  }

  acceptable(): void {
    this.kernel.wakeTask(this.task);
  }

  requested(connection: number): void {
    this.addJob(connection, SERVE);
  }

  hungUp(connection: number): void {
    this.addJob(connection, CLOSE);
  }

  begin(): number {
    if (this.ready.length > 0) {
      this.job = this.ready.shift();
      if (typeOf(this.job) === CLOSE) {
        this.kernel.owe(this.costs.sendKind, this.costs.sendFinNs);
        return this.costs.closeNs;
      }
      this.kernel.owe(this.costs.sendKind, this.costs.sendPageNs);
      return this.costs.serveNs;
    }
    while (this.accept.length > 0) {
      const connection = this.accept.shift();
      if (this.listenerOf(connection).acceptConnection(connection)) {
        this.job = packetOf(connection, SERVE);
        this.kernel.owe(this.costs.sendKind, this.costs.sendPageNs);
        return this.costs.serveNs;
      }
    }
    return 0;
  }

  finish(): void {
    const connection = connectionOf(this.job);
    const listener = this.listenerOf(connection);
    if (typeOf(this.job) === CLOSE) listener.close(connection);
    else listener.respond(connection);
  }

  /** The guest's timer tick, for the timers of its connections. */
  tick(): void {
    for (let i = 0; i < this.listeners.length; i++) this.listeners[i]?.tick();
  }

  nextTimerNs(): number {
    let earliestNs = Infinity;
    for (let i = 0; i < this.listeners.length; i++) {
      const listener = this.listeners[i];
      if (listener !== undefined) earliestNs = Math.min(earliestNs, listener.nextTimerNs());
    }
    return earliestNs;
  }

  private addJob(connection: number, job: number): void {
    if (!this.ready.push(packetOf(connection, job))) throw new Error('web server: too many jobs');
    this.kernel.wakeTask(this.task);
  }

  private listenerOf(connection: number): TcpListener {
    return this.listeners[clientOfConnection(connection)]!;
  }
}
