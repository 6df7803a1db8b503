import { segmentsOf } from '../devices/packet.js';
import { PacketRing } from '../devices/packet-ring.js';
import { planReceiver } from '../devices/reception/receptions.js';
import { type ConnectionEvents, TcpListener } from '../devices/tcp-listener.js';
import type { KernelPlan } from '../guest/kernel-plan.js';
import type { KernelTimer } from '../guest/kernel-timer.js';
import { RescheduleIpi } from '../guest/reschedule-ipi.js';
import type { Task } from '../guest/task.js';
import type { CostsInput, ProcessBase } from '../input.js';
import type { CgiRequests } from './cgi-requests.js';
import type { PlacedTask, ProgramKind } from './program-kind.js';
import { type WebServerCosts, WebWorker, type WorkerPlace } from './web-worker.js';

/** A web server that answers every request with one page of `pageBytes`. */
export interface WebServerInput extends ProcessBase {
  readonly program: 'webserver';
  readonly pageBytes: number;
  /** Listen backlog: connections established but not yet accepted. */
  readonly backlog: number;
  /** It has a worker on each VCPU of its domain, all of which accept from one queue. */
  readonly workers?: 'per-vcpu';
}

/** One listener for each client that asks it, or one of its CGI processes. */
export const WEB_SERVER: ProgramKind<WebServerInput> = {
  plan: (process, { input, task, beneficiary, kernel: plan, vcpus: plans }) => {
    const { reception } = input.domains[plan.domain]!;
    const { guestPacketNs: packetNs } = input.costs;
    const receiverSite = { task, kernel: plan, beneficiary, packetNs };
    const makeReceiver = planReceiver(reception, receiverSite);
    const others = process.workers === 'per-vcpu' ? plans.slice(1) : [];
    const workers = others.map((one) => planWorker(process, one, beneficiary));
    const ipiKind = workers.length === 0 ? 0 : addIpiKind(plan, beneficiary);
    return ({ kernel, vcpus, clock, network, cgiRequestsOf }) => {
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
      const server = new WebServer(process.backlog);
      const addWorker = (place: WorkerPlace, sendKind: number) =>
        server.addWorker(place, clients.length, costsOf(costs, sendKind));
      const first = addWorker({ kernel, task, remote: null }, kinds.send);
      const toFirst = workers.length === 0 ? null : new RescheduleIpi(kernel, ipiKind);
      workers.forEach((worker, i) => {
        const own = vcpus[i + 1]!;
        const remote = { toIt: new RescheduleIpi(own, worker.ipiKind), toFirst: toFirst! };
        worker.task.program = addWorker(
          { kernel: own, task: worker.task, remote },
          worker.sendKind,
        );
      });
      const receiver = makeReceiver(kernel, netfront, first);
      const { channels } = receiver;
      const listeners: TcpListener[] = [];
      clients.forEach((client, c) => {
        const requests = cgiNames.includes(client.target) ? cgiRequestsOf(client.target) : null;
        if (client.target !== process.name && requests === null) return;
        const pages = network.pages[c] ?? null;
        const listener = new TcpListener(clock, netfront, server.accept, segments, server, pages);
        server.listen(c, listener, requests);
        requests?.listen(c, listener);
        receiver.listen(c, listener, client.name);
        listeners.push(listener);
      });
      kernel.addTimer(server);
      const sum = (count: (listener: TcpListener) => number) => () =>
        listeners.reduce((total, listener) => total + count(listener), 0);
      const dropped = sum(({ overflows }) => overflows);
      return {
        program: receiver.program,
        others: workers.map(({ task }, i): PlacedTask => ({ kernel: vcpus[i + 1]!, task })),
        queues: [
          {
            name: 'accept queue',
            unit: 'connections',
            length: () => server.accept.length,
            dropped,
          },
          ...(channels === null ? [] : [channels]),
        ],
        counters: {
          'accept queue full': dropped,
          ...(channels === null ? {} : { 'socket channel full': channels.dropped }),
          'server retransmissions': sum(({ retransmits }) => retransmits),
        },
      };
    };
  },
};

/** A worker on another VCPU than the first: its task, and the kinds of work in its kernel. */
interface WorkerPlan {
  readonly task: Task;
  readonly sendKind: number;
  readonly ipiKind: number;
}

function planWorker(
  { name, nice }: ProcessBase,
  plan: KernelPlan,
  beneficiary: number,
): WorkerPlan {
  const { kinds } = plan;
  return {
    task: plan.addProcess(name, nice, kinds.add('user', 'webserver', beneficiary)),
    sendKind: kinds.add('kernel', 'TCP send', beneficiary),
    ipiKind: addIpiKind(plan, beneficiary),
  };
}

function addIpiKind({ kinds }: KernelPlan, beneficiary: number): number {
  return kinds.add('interrupt', 'reschedule interrupts', beneficiary);
}

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

/** What the workers of a web server have in common: its listening socket. */
export class WebServer implements KernelTimer, ConnectionEvents {
  /** Established and not yet accepted. */
  readonly accept: PacketRing;
  private readonly workers: WebWorker[] = [];
  /** By client index. */
  private readonly listeners: (TcpListener | undefined)[] = [];
  /** By client index: to whom its requests are handed over. */
  private readonly cgi: (CgiRequests | null)[] = [];
  private waits = 0;

  /** Linux lets an accept queue hold one more than its backlog. */
  constructor(backlog: number) {
    this.accept = new PacketRing(backlog + 1);
  }

  addWorker(place: WorkerPlace, clients: number, costs: WebServerCosts): WebWorker {
    const worker = new WebWorker(this, this.workers.length, place, clients, costs);
    this.workers.push(worker);
    return worker;
  }

  /** A client asks it; `requests` for pages of a CGI process, null for its own. */
  listen(client: number, listener: TcpListener, requests: CgiRequests | null): void {
    this.listeners[client] = listener;
    this.cgi[client] = requests;
  }

  listenerOf(client: number): TcpListener {
    return this.listeners[client]!;
  }

  cgiOf(client: number): CgiRequests | null {
    return this.cgi[client]!;
  }

  /** A worker has nothing to do and waits for a connection: its number in the line. */
  nextWait(): number {
    return ++this.waits;
  }

  /** Wakes the one that has waited longest, as Linux does: it waits in a line for `accept`. */
  acceptable(): void {
    const { workers } = this;
    let first = workers[0]!;
    for (let i = 1; i < workers.length; i++) {
      const worker = workers[i]!;
      if (worker.waits < first.waits) first = worker;
    }
    first.wake();
  }

  requested(connection: number, worker: number): void {
    this.workers[worker]!.serveLater(connection);
  }

  hungUp(connection: number, worker: number): void {
    this.workers[worker]!.closeLater(connection);
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
}
