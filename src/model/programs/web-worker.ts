import { clientOfConnection, connectionOf, packetOf, typeOf } from '../devices/packet.js';
import { PacketRing } from '../devices/packet-ring.js';
import type { ServingProgram } from '../devices/reception/reception.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { RescheduleIpi } from '../guest/reschedule-ipi.js';
import type { Task } from '../guest/task.js';
import { CONNECTIONS_PER_CLIENT } from '../limits.js';
import type { WebServer } from './web-server.js';

// A job is a connection with what is to be done for it in place of a packet's type.
const SERVE = 0;
const CLOSE = 1;

/** In no line: it has something to do, or was woken. */
const NOT_WAITING = Infinity;

export interface WebServerCosts {
  /** Accepting, reading, answering; the process's own part. */
  readonly serveNs: number;
  /** Closing, likewise. */
  readonly closeNs: number;
  /** The kernel's part of sending a packet. */
  readonly packetNs: number;
  /** Ledger kind of the kernel's part. */
  readonly sendKind: number;
}

/** Where a worker runs. */
export interface WorkerPlace {
  readonly kernel: GuestKernel;
  readonly task: Task;
  /** The way from the VCPU that devices interrupt to its own and back; null if they are one. */
  readonly remote: { readonly toIt: RescheduleIpi; readonly toFirst: RescheduleIpi } | null;
}

/**
 * A worker of the web server: accepts connections in order, answers their request with one page or
 * hands it to a CGI process, and closes after the client has. One request at a time, as a
 * run-to-completion server does it. What it sends, its own VCPU's kernel does up to the ring of
 * netfront; what comes, the first VCPU's does.
 */
export class WebWorker implements ServingProgram {
  /** Its number in the line of those that wait for a connection. */
  waits = NOT_WAITING;
  private readonly server: WebServer;
  private readonly number: number;
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly remote: WorkerPlace['remote'];
  private readonly costs: WebServerCosts;
  /** Accepted connections with something to do. */
  private readonly ready: PacketRing;
  private job = 0;

  constructor(
    server: WebServer,
    number: number,
    { kernel, task, remote }: WorkerPlace,
    clients: number,
    costs: WebServerCosts,
  ) {
    this.server = server;
    this.number = number;
    this.kernel = kernel;
    this.task = task;
    this.remote = remote;
    this.costs = costs;
    this.ready = new PacketRing(2 * clients * CONNECTIONS_PER_CLIENT);
  }

  get client(): number {
    return clientOfConnection(connectionOf(this.job));
  }

  /** From the VCPU that devices interrupt. */
  wake(): void {
    this.waits = NOT_WAITING;
    if (this.remote === null) this.kernel.wakeTask(this.task);
    else this.remote.toIt.wake(this.task);
  }

  serveLater(connection: number): void {
    this.addJob(connection, SERVE);
  }

  closeLater(connection: number): void {
    this.addJob(connection, CLOSE);
  }

  begin(): number {
    const { server, ready } = this;
    if (ready.length > 0) {
      this.job = ready.shift();
      if (typeOf(this.job) === CLOSE) {
        this.kernel.owe(this.costs.sendKind, this.costs.packetNs);
        return this.costs.closeNs;
      }
      return this.serve(connectionOf(this.job));
    }
    while (server.accept.length > 0) {
      const connection = server.accept.shift();
      const listener = server.listenerOf(clientOfConnection(connection));
      if (listener.acceptConnection(connection, this.number)) {
        this.job = packetOf(connection, SERVE);
        return this.serve(connection);
      }
    }
    this.waits = server.nextWait();
    return 0;
  }

  private serve(connection: number): number {
    const client = clientOfConnection(connection);
    if (this.server.cgiOf(client) === null) {
      const segments = this.server.listenerOf(client).segmentsOf(connection);
      this.kernel.owe(this.costs.sendKind, segments * this.costs.packetNs);
    }
    return this.costs.serveNs;
  }

  finish(): void {
    if (this.remote === null) {
      this.complete();
      return;
    }
    // Processes of the first VCPU may wait for this: a sniffer, or one of CGI.
    const { toFirst } = this.remote;
    const wasDue = toFirst.isDue;
    this.complete();
    toFirst.sendUnless(wasDue);
  }

  private complete(): void {
    const connection = connectionOf(this.job);
    const client = clientOfConnection(connection);
    const listener = this.server.listenerOf(client);
    if (typeOf(this.job) === CLOSE) {
      listener.close(connection);
      return;
    }
    const requests = this.server.cgiOf(client);
    if (requests === null) listener.respond(connection);
    else requests.add(connection);
  }

  private addJob(connection: number, job: number): void {
    if (!this.ready.push(packetOf(connection, job))) throw new Error('web server: too many jobs');
    this.wake();
  }
}
