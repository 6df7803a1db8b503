import { planLrp, type ServingProgram } from '../devices/lrp-receiver.js';
import {
  clientOfConnection,
  connectionOf,
  packetOf,
  segmentsOf,
  typeOf,
} from '../devices/packet.js';
import { PacketRing } from '../devices/packet-ring.js';
import { type ConnectionEvents, TcpListener } from '../devices/tcp-listener.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { KernelTimer } from '../guest/kernel-timer.js';
import type { Task } from '../guest/task.js';
import type { CostsInput, ProcessBase } from '../input.js';
import { CONNECTIONS_PER_CLIENT } from '../limits.js';
import type { CgiRequests } from './cgi-requests.js';
import type { ProgramKind } from './program-kind.js';

/** A web server that answers every request with one page of `pageBytes`. */
export interface WebServerInput extends ProcessBase {
  readonly program: 'webserver';
  readonly pageBytes: number;
  /** Listen backlog: connections established but not yet accepted. */
  readonly backlog: number;
}

/** One listener for each client that asks it, or one of its CGI processes. */
export const WEB_SERVER: ProgramKind<WebServerInput> = {
  plan: (process, { input, task, beneficiary, kernel: plan }) => {
    const { lrp } = input.domains[plan.domain]!;
    const makeReceiver = lrp === undefined ? null : planLrp(lrp, task, plan, beneficiary);
    return ({ kernel, clock, network, cgiRequestsOf }) => {
      const { clients, costs, processes } = input;
      const cgiNames = processes.flatMap((one) =>
        one.program === 'cgi' && one.server === process.name ? [one.name] : [],
      );
      const netfront = network.netfronts[kernel.domain];
      const kinds = network.kinds[kernel.domain];
      if (netfront === undefined || kinds === undefined) {
        throw new Error(`${process.name}: a web server in a domain without a network device`);
      }
      const segments = segmentsOf(process.pageBytes);
      const serverCosts = costsOf(costs, kinds.send);
      const server = new WebServer(process.backlog, clients.length, kernel, task, serverCosts);
      const receiver = makeReceiver?.(kernel, netfront, server, costs.guestPacketNs) ?? null;
      const listeners: TcpListener[] = [];
      clients.forEach((client, c) => {
        const requests = cgiNames.includes(client.target) ? cgiRequestsOf(client.target) : null;
        if (client.target !== process.name && requests === null) return;
        const pages = network.pages[c] ?? null;
        const listener = new TcpListener(clock, netfront, server.accept, segments, server, pages);
        server.listen(c, listener, requests);
        requests?.listen(c, listener);
        if (receiver === null) netfront.listen(c, listener);
        else receiver.listen(c, listener, client.name);
        listeners.push(listener);
      });
      kernel.addTimer(server);
      const sum = (count: (listener: TcpListener) => number) => () =>
        listeners.reduce((total, listener) => total + count(listener), 0);
      const dropped = sum(({ overflows }) => overflows);
      return {
        program: receiver ?? server,
        queues: [
          {
            name: 'accept queue',
            unit: 'connections',
            length: () => server.accept.length,
            dropped,
          },
          ...(receiver === null ? [] : [receiver.watched]),
        ],
        counters: {
          'accept queue full': dropped,
          ...(receiver === null ? {} : { 'socket channel full': receiver.watched.dropped }),
          'server retransmissions': sum(({ retransmits }) => retransmits),
        },
      };
    };
  },
};

function costsOf(costs: CostsInput, sendKind: number): WebServerCosts {
  const { webRequestNs, webCloseSharePct, guestPacketNs } = costs;
  // A unit of no time would be no work at all.
  const closeNs = Math.max(1, Math.round((webRequestNs * webCloseSharePct) / 100));
  return {
    serveNs: Math.max(1, webRequestNs - closeNs),
    closeNs,
    packetNs: guestPacketNs,
    sendKind,
  };
}

// A job is a connection with what is to be done for it in place of a packet's type.
const SERVE = 0;
const CLOSE = 1;

interface WebServerCosts {
  /** Accepting, reading, answering; the process's own part. */
  readonly serveNs: number;
  /** Closing, likewise. */
  readonly closeNs: number;
  /** The kernel's part of sending a packet. */
  readonly packetNs: number;
  /** Ledger kind of the kernel's part. */
  readonly sendKind: number;
}

/**
 * The web server process: accepts connections in order, answers their request with one page or
 * hands it to a CGI process, and closes after the client has. One request at a time, as a
 * run-to-completion server does it.
 */
class WebServer implements ServingProgram, KernelTimer, ConnectionEvents {
  /** Established and not yet accepted. */
  readonly accept: PacketRing;
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly costs: WebServerCosts;
  /** By client index. */
  private readonly listeners: (TcpListener | undefined)[] = [];
  /** By client index: to whom its requests are handed over. */
  private readonly cgi: (CgiRequests | null)[] = [];
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

  get client(): number {
    return clientOfConnection(connectionOf(this.job));
  }

  /** A client asks it; `requests` for pages of a CGI process, null for its own. */
  listen(client: number, listener: TcpListener, requests: CgiRequests | null): void {
    this.listeners[client] = listener;
    this.cgi[client] = requests;
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
        this.kernel.owe(this.costs.sendKind, this.costs.packetNs);
        return this.costs.closeNs;
      }
      return this.serve(connectionOf(this.job));
    }
    while (this.accept.length > 0) {
      const connection = this.accept.shift();
      if (this.listenerOf(connection).acceptConnection(connection)) {
        this.job = packetOf(connection, SERVE);
        return this.serve(connection);
      }
    }
    return 0;
  }

  private serve(connection: number): number {
    if (this.cgiOf(connection) === null) {
      const segments = this.listenerOf(connection).segmentsOf(connection);
      this.kernel.owe(this.costs.sendKind, segments * this.costs.packetNs);
    }
    return this.costs.serveNs;
  }

  finish(): void {
    const connection = connectionOf(this.job);
    const listener = this.listenerOf(connection);
    if (typeOf(this.job) === CLOSE) {
      listener.close(connection);
      return;
    }
    const requests = this.cgiOf(connection);
    if (requests === null) listener.respond(connection);
    else requests.add(connection);
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

  private cgiOf(connection: number): CgiRequests | null {
    return this.cgi[clientOfConnection(connection)]!;
  }

  private listenerOf(connection: number): TcpListener {
    return this.listeners[clientOfConnection(connection)]!;
  }
}
