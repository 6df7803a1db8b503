import { createIdsUse } from './cage/ids-use.js';
import { Monitor } from './cage/monitor.js';
import { type Cage, OcScheduler } from './cage/oc-scheduler.js';
import { Dom0Network } from './devices/dom0-network.js';
import { Link } from './devices/link.js';
import { Netfront } from './devices/netfront.js';
import { Nic } from './devices/nic.js';
import { segmentsOf, wireSizes } from './devices/packet.js';
import { PacketSocket } from './devices/packet-socket.js';
import { Taps } from './devices/taps.js';
import { Vif } from './devices/vif.js';
import { Dispatch } from './dispatch.js';
import { Clock } from './engine/clock.js';
import { EventQueue } from './engine/event-queue.js';
import { RandomStream } from './engine/random-stream.js';
import { GuestKernel } from './guest/kernel.js';
import { Ledger } from './guest/ledger.js';
import {
  PROGRAM_IDLE,
  PROGRAM_KSOFTIRQD,
  PROGRAM_LOOP,
  PROGRAM_SNORT,
  PROGRAM_WEB_SERVER,
  Task,
} from './guest/task.js';
import { CreditScheduler } from './hypervisor/credit-scheduler.js';
import { Host } from './hypervisor/host.js';
import type { CageInput, ModelInput, ProcessInput, WebServerInput } from './input.js';
import { Machine, type MachineProcess } from './machine.js';
import {
  NIC_INTERRUPT,
  PERIODIC_TIMER,
  SINGLE_SHOT,
  SLICE,
  Slots,
  TICKER,
} from './slots.js';
import { WorkKinds } from './work-kinds.js';
import { HttperfClient } from './workloads/httperf.js';
import { Snort } from './workloads/snort.js';
import { TcpListener } from './workloads/tcp-listener.js';
import { WebServer } from './workloads/web-server.js';

const PROGRAMS = { loop: PROGRAM_LOOP, snort: PROGRAM_SNORT, webserver: PROGRAM_WEB_SERVER };
const PERIOD_NS = 30_000_000;

/** What is known of a domain before its kernel exists. */
interface DomainPlan {
  readonly kinds: WorkKinds;
  readonly tasks: Task[];
  /** Ledger kinds of a guest's network work; unused in domain 0. */
  readonly netfrontKind: number;
  readonly sendKind: number;
  readonly irqKind: number;
}

/** Builds the machine that an input describes, at time 0. */
export function assemble(input: ModelInput, seed: number): Machine {
  const { domains, processes, clients } = input;
  const indexOf = new Map(domains.map((domain, i) => [domain.name, i]));
  const domainOf = (name: string) => indexOf.get(name)!;
  const slots = new Slots(input.pcpus, domains.length, clients.length, processes.length);
  const clock = new Clock();
  const queue = new EventQueue(slots.count);
  const scheduler = new CreditScheduler(schedulerTopology(input));

  const plans = domains.map((_, d) => planDomain(d));
  const dom0Kinds = plans[0]!.kinds;
  const vifs = domains
    .slice(1)
    .map(
      (_, i) =>
        new Vif(
          i + 1,
          dom0Kinds.addVif(i + 1),
          input.network.netfrontRxSlots,
          input.network.netfrontTxSlots,
          input.network.vifQueueSlots,
        ),
    );
  const programCounts = new Map<number, number>();
  const tasks = processes.map((process) => {
    const beneficiary = domainOf(process.program === 'snort' ? process.watches : process.domain);
    const instance = programCounts.get(PROGRAMS[process.program]) ?? 0;
    programCounts.set(PROGRAMS[process.program], instance + 1);
    return planProcess(plans[domainOf(process.domain)]!, process, instance, beneficiary);
  });

  const dispatch = new Dispatch();
  const kernels: GuestKernel[] = [];
  const cages: Cage[] = [];
  const policy = new OcScheduler(clock, scheduler, kernels, cages);
  const host = new Host(
    clock,
    scheduler,
    queue,
    { firstTicker: slots.first[TICKER]!, firstSlice: slots.first[SLICE]! },
    policy,
    kernels,
  );
  plans.forEach((plan, d) => {
    const spaces = 1 + plan.tasks.filter((task) => task.space !== 0).length;
    kernels.push(
      new GuestKernel(
        d,
        clock,
        queue,
        host.workEnds,
        host,
        dispatch,
        new Ledger(spaces, plan.tasks.length, plan.kinds.list),
        plan.tasks,
        input.costs,
        plan.kinds.kernel,
        {
          periodicTimer: slots.first[PERIODIC_TIMER]! + d,
          singleShot: slots.first[SINGLE_SHOT]! + d,
        },
        new Int32Array(3).fill(plan.irqKind),
      ),
    );
  });

  const taps = new Taps(domains.length);
  const links = clients.map((client) => makeLink(input, client.target, seed, client.name));
  const machineClients = clients.map((client, i) => {
    const phase = new RandomStream(seed, `${client.name}.phase`).integer(client.tickNs);
    return new HttperfClient(i, client, links[i]!, phase);
  });
  const vifOf = clients.map((client) => vifs[domainOf(domainOfServer(input, client.target)) - 1]!);
  const nic = new Nic(
    clock,
    queue,
    slots.first[NIC_INTERRUPT]!,
    links,
    input.network.nicRingSlots,
    input.network.interruptGapNs,
  );
  const bridgePacketNs = Math.round(
    (input.costs.dom0PacketNs * input.costs.bridgeSharePct) / 100,
  );
  const dom0Network = new Dom0Network(
    kernels[0]!,
    nic,
    vifs,
    vifOf,
    links,
    machineClients,
    taps.vif,
    dispatch,
    {
      bridgePacketNs,
      netbackPacketNs: input.costs.dom0PacketNs - bridgePacketNs,
      pollBudget: input.network.pollBudget,
    },
  );
  const sinks: (TcpListener | undefined)[][] = domains.map(() => []);
  const netfronts = domains.map((_, d) =>
    d === 0
      ? undefined
      : new Netfront(
          kernels[d]!,
          vifs[d - 1]!,
          links,
          sinks[d]!,
          taps.guest[d]!,
          dispatch,
          input.costs.guestPacketNs,
          input.network.pollBudget,
          plans[d]!.netfrontKind,
        ),
  );
  const snorts: Snort[] = [];
  const webServers: WebServer[] = [];
  const serversOf: WebServer[][] = domains.map(() => []);
  const listeners: TcpListener[] = [];
  const machineProcesses = processes.map((process, i): MachineProcess => {
    const domain = domainOf(process.domain);
    const kernel = kernels[domain]!;
    const task = tasks[i]!;
    let snort: Snort | null = null;
    if (process.program === 'snort') {
      const { snifferBufferBytes, snifferOverheadBytes } = input.network;
      const socket = new PacketSocket(snifferBufferBytes, snifferOverheadBytes);
      snort = new Snort(socket, kernel, task, input.costs.snortPacketNs);
      snorts.push(snort);
      const watched = domainOf(process.watches);
      (domain === 0 ? taps.vif : taps.guest)[watched]!.push(snort);
    } else if (process.program === 'webserver') {
      const server = makeWebServer(input, process, kernel, task, plans[domain]!.sendKind);
      webServers.push(server);
      serversOf[domain]!.push(server);
      clients.forEach((client, c) => {
        if (client.target !== process.name) return;
        const segments = segmentsOf(process.pageBytes);
        const listener = new TcpListener(clock, netfronts[domain]!, server.accept, segments, server);
        server.listen(c, listener);
        sinks[domain]![c] = listener;
        listeners.push(listener);
      });
    }
    return {
      name: process.name,
      domain,
      task,
      startNs: process.startNs,
      cr3: new Monitor(kernel, task, 'cr3'),
      own: new Monitor(kernel, task, 'own'),
      snort,
    };
  });
  input.cages.forEach((cage) => {
    cages.push(makeCage(input, cage, machineProcesses, kernels, domainOf));
  });

  dispatch.kernels = kernels;
  dispatch.dom0Network = dom0Network;
  dispatch.netfronts = netfronts;
  dispatch.snorts = snorts;
  dispatch.webServers = webServers;
  dispatch.serversOf = serversOf;
  dispatch.netbackEventKinds = Int32Array.from(domains, (_, d) =>
    d === 0 ? 0 : vifs[d - 1]!.kinds.interrupt,
  );
  return new Machine({
    input,
    clock,
    queue,
    slots,
    scheduler,
    host,
    kernels,
    processes: machineProcesses,
    cages,
    clients: machineClients,
    listeners,
    nic,
    vifs,
    dom0Network,
  });
}

function schedulerTopology(input: ModelInput) {
  const caged = new Map<string, { weight: number; part: number }>();
  for (const cage of input.cages) {
    if (!cage.enforce) continue;
    for (const { name, part } of vmParts(input, cage)) {
      caged.set(name, { weight: cage.weight, part });
    }
  }
  return {
    pcpus: input.pcpus,
    domains: input.domains.map((domain) => {
      const cage = caged.get(domain.name);
      const weight = cage ? Math.max(1, Math.round(cage.weight * cage.part)) : domain.weight;
      return { weight, capPct: domain.capPct };
    }),
    vcpus: input.domains.map((domain, d) => ({
      domain: d,
      pcpu: domain.affinity[0]!,
      affinity: domain.affinity,
    })),
  };
}

/** A cage's VMs share what it leaves them by their own weights. */
function vmParts(input: ModelInput, cage: CageInput) {
  const vms = input.domains.filter((domain) => cage.vms.includes(domain.name));
  const sum = vms.reduce((total, vm) => total + vm.weight, 0);
  return vms.map((vm) => ({ name: vm.name, part: vm.weight / sum }));
}

function planDomain(domain: number): DomainPlan {
  const kinds = new WorkKinds();
  const idle = new Task('idle', 0, PROGRAM_IDLE, 0, 0, 0, 0);
  const ksoftirqd = new Task('ksoftirqd', 1, PROGRAM_KSOFTIRQD, 0, 0, 19, 0);
  const tasks = [idle, ksoftirqd];
  if (domain === 0) return { kinds, tasks, netfrontKind: 0, sendKind: 0, irqKind: 0 };
  return {
    kinds,
    tasks,
    netfrontKind: kinds.add('softirq', 'netfront and TCP', domain),
    sendKind: kinds.add('kernel', 'TCP send', domain),
    irqKind: kinds.add('interrupt', 'network interrupts', domain),
  };
}

function planProcess(
  plan: DomainPlan,
  process: ProcessInput,
  instance: number,
  beneficiary: number,
): Task {
  const space = plan.tasks.filter((task) => task.space !== 0).length + 1;
  const task = new Task(
    process.name,
    plan.tasks.length,
    PROGRAMS[process.program],
    instance,
    space,
    process.nice,
    plan.kinds.addProcess(process, beneficiary),
  );
  plan.tasks.push(task);
  return task;
}

function domainOfServer(input: ModelInput, name: string): string {
  return serverOf(input, name).domain;
}

function serverOf(input: ModelInput, name: string): WebServerInput {
  const server = input.processes.find((process) => process.name === name);
  if (server?.program !== 'webserver') throw new Error(`${name} is not a web server`);
  return server;
}

function makeLink(input: ModelInput, target: string, seed: number, client: string): Link {
  const { linkBitsPerSecond, latencyNs, jitterNs } = input.network;
  return new Link(
    { bitsPerSecond: linkBitsPerSecond, latencyNs, jitterNs },
    wireSizes(serverOf(input, target).pageBytes),
    new RandomStream(seed, `${client}.jitter`),
  );
}

function makeWebServer(
  input: ModelInput,
  process: WebServerInput,
  kernel: GuestKernel,
  task: Task,
  sendKind: number,
): WebServer {
  const { webRequestNs, webCloseSharePct, guestPacketNs } = input.costs;
  const closeNs = Math.round((webRequestNs * webCloseSharePct) / 100);
  return new WebServer(process.backlog, input.clients.length, kernel, task, {
    serveNs: webRequestNs - closeNs,
    closeNs,
    sendPageNs: guestPacketNs * segmentsOf(process.pageBytes),
    sendFinNs: guestPacketNs,
    userKind: task.kind,
    sendKind,
  });
}

function makeCage(
  input: ModelInput,
  cage: CageInput,
  processes: readonly MachineProcess[],
  kernels: readonly GuestKernel[],
  domainOf: (name: string) => number,
): Cage {
  const vms = vmParts(input, cage).map(({ name, part }) => ({ domain: domainOf(name), part }));
  const inside = new Set(vms.map((vm) => vm.domain));
  const monitors = processes
    .filter((process) => cage.processes.includes(process.name) && !inside.has(process.domain))
    .map((process) => new Monitor(kernels[process.domain]!, process.task, cage.counts));
  return { input: cage, vms, monitors, idsUse: createIdsUse(cage.idsWindow, PERIOD_NS) };
}
