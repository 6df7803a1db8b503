import { createIdsUse } from '../cage/ids-use.js';
import { Monitor } from '../cage/monitor.js';
import { type Cage, OcScheduler } from '../cage/oc-scheduler.js';
import { Clock } from '../engine/clock.js';
import { EventQueue } from '../engine/event-queue.js';
import { RandomStream } from '../engine/random-stream.js';
import { GuestKernel } from '../guest/kernel.js';
import { Ledger } from '../guest/ledger.js';
import { CreditScheduler, TICK_NS } from '../hypervisor/credit-scheduler.js';
import { ExactDebit } from '../hypervisor/exact-debit.js';
import { Host } from '../hypervisor/host.js';
import type { CageInput, ModelInput } from '../input.js';
import { Machine, type MachineLimiter, type MachineProcess } from '../machine.js';
import {
  NIC_INTERRUPT,
  PERIODIC_TIMER,
  SINGLE_SHOT,
  SLICE,
  Slots,
  TICKER,
} from '../machine-slots.js';
import type { Snort } from '../workloads/snort.js';
import type { TcpListener } from '../workloads/tcp-listener.js';
import type { WebServer } from '../workloads/web-server.js';
import { Dispatch } from './dispatch.js';
import { KernelPlan } from './kernel-plan.js';
import { makeKernelPolicy } from './kernel-policy.js';
import { makeNetwork, makeVifs } from './network.js';
import { makeLimiter, makeSnort, makeWebServer } from './programs.js';
import { makeStorage, planStorage } from './storage.js';
import { domainIndex, schedulerTopology, vmParts } from './topology.js';

/** Interrupt lines of a kernel: the timer and up to four devices. */
const IRQS = 5;

/** Builds the machine that an input describes, at time 0. */
export function assemble(input: ModelInput, seed: number): Machine {
  const { domains, processes } = input;
  const disks = processes.some((process) => process.program === 'tripwire') ? 1 : 0;
  const { length: clientCount } = input.clients;
  const slots = new Slots(input.pcpus, domains.length, clientCount, processes.length, disks);
  const clock = new Clock();
  const queue = new EventQueue(slots.count, slots.first[NIC_INTERRUPT]!);
  const sampled = input.debit === 'sampled';
  const scheduler = new CreditScheduler(schedulerTopology(input), sampled);
  const dispatch = new Dispatch();
  const kernels: GuestKernel[] = [];
  const cages: Cage[] = [];
  const ocScheduler = new OcScheduler(clock, scheduler, kernels, cages);
  const exactDebit = sampled ? null : new ExactDebit(ocScheduler, scheduler);
  const policy = exactDebit ?? ocScheduler;
  const hostSlots = { firstTicker: slots.first[TICKER]!, firstSlice: slots.first[SLICE]! };
  const lateness = {
    mostNs: input.costs.tickerLatenessNs,
    random: new RandomStream(seed, 'xen.ticker'),
  };
  const host = new Host(clock, scheduler, queue, hostSlots, lateness, policy, kernels);
  exactDebit?.connect(host);

  const plans = domains.map((_, d) => new KernelPlan(d));
  const vifs = makeVifs(input, plans[0]!);
  const tasks = planTasks(input, plans);
  const readers = planStorage(input, plans, tasks);
  plans.forEach((plan, d) => {
    const ledger = new Ledger(plan.spaces, plan.tasks.length, plan.kinds.list);
    kernels.push(
      new GuestKernel({
        vcpu: d,
        clock,
        queue,
        host,
        ledger,
        work: dispatch,
        tasks: plan.tasks,
        ...makeKernelPolicy(domains[d]!, clock, host, d, plan.tasks.length),
        costs: input.costs,
        kinds: plan.kinds.kernel,
        slots: {
          periodicTimer: slots.first[PERIODIC_TIMER]! + d,
          singleShot: slots.first[SINGLE_SHOT]! + d,
        },
        irqKinds: new Int32Array(IRQS).fill(plan.interruptKind),
      }),
    );
  });

  const network = makeNetwork(input, seed, clock, queue, slots, kernels, plans, vifs, dispatch);
  const storage = makeStorage(input, seed, clock, queue, slots, kernels, readers, dispatch);
  const snorts: Snort[] = [];
  const webServers: WebServer[] = [];
  const serversOf: WebServer[][] = domains.map(() => []);
  const listeners: TcpListener[] = [];
  const machineProcesses = processes.map((process, i): MachineProcess => {
    const domain = domainIndex(input, process.domain);
    const kernel = kernels[domain]!;
    const task = tasks[i]!;
    let snort: Snort | null = null;
    let webServer: WebServer | null = null;
    if (process.program === 'snort') {
      snort = makeSnort(input, process, kernel, task, network);
      snorts.push(snort);
    } else if (process.program === 'webserver') {
      const sendKind = plans[domain]!.sendKind;
      const made = makeWebServer(input, process, clock, kernel, task, network, sendKind);
      webServer = made.server;
      webServers.push(webServer);
      serversOf[domain]!.push(webServer);
      listeners.push(...made.listeners);
    }
    const cr3 = new Monitor(kernel, task, 'cr3');
    const own = new Monitor(kernel, task, 'own');
    const { name, startNs } = process;
    const reads = process.program === 'tripwire';
    const tripwire = reads ? storage!.tripwires[task.instance]! : null;
    return { name, domain, task, startNs, cr3, own, snort, webServer, tripwire };
  });
  cages.push(...input.cages.map((cage) => makeCage(input, cage, machineProcesses, kernels)));
  const limiters = makeLimiters(input, clock, kernels, machineProcesses);
  const limiterPrograms = limiters.map(({ program }) => program);
  dispatch.connect(kernels, network, storage, snorts, webServers, limiterPrograms, serversOf);
  const { nic, clients } = network;
  return new Machine({
    input,
    clock,
    queue,
    slots,
    scheduler,
    host,
    kernels,
    cages,
    clients,
    listeners,
    nic,
    vifs,
    processes: machineProcesses,
    limiters,
    dom0Network: network.dom0Network,
    storage,
  });
}

/** Adds every process to its domain's plan; an IDS works for the domain that it watches. */
function planTasks(input: ModelInput, plans: readonly KernelPlan[]) {
  const instances = { loop: 0, snort: 0, webserver: 0, tripwire: 0, 'oc-limiter': 0 };
  return input.processes.map((process) => {
    const plan = plans[domainIndex(input, process.domain)]!;
    const served = 'watches' in process ? process.watches : process.domain;
    return plan.addProcess(process, instances[process.program]++, domainIndex(input, served));
  });
}

/** The limiters in the order of their tasks' instances. */
function makeLimiters(
  input: ModelInput,
  clock: Clock,
  kernels: readonly GuestKernel[],
  processes: readonly MachineProcess[],
): MachineLimiter[] {
  return input.processes.flatMap((process, i) => {
    if (process.program !== 'oc-limiter') return [];
    const { domain, task } = processes[i]!;
    const kernel = kernels[domain]!;
    const target = processes.find(({ name }) => name === process.target)!;
    const cage = input.cages.find(({ processes: members }) => members.includes(target.name))!;
    const monitor = new Monitor(kernel, target.task, cage.counts);
    const limited = { task: target.task, monitor };
    const program = makeLimiter(input, process, clock, kernel, task, limited);
    return [{ name: process.name, program }];
  });
}

function makeCage(
  input: ModelInput,
  cage: CageInput,
  processes: readonly MachineProcess[],
  kernels: readonly GuestKernel[],
): Cage {
  const vms = vmParts(input, cage).map(({ vm, part }) => ({
    domain: domainIndex(input, vm.name),
    part,
  }));
  const inside = new Set(vms.map((vm) => vm.domain));
  const monitors = processes
    .filter((process) => cage.processes.includes(process.name) && !inside.has(process.domain))
    .map((process) => new Monitor(kernels[process.domain]!, process.task, cage.counts));
  return { input: cage, vms, monitors, idsUse: createIdsUse(cage.idsWindow, TICK_NS) };
}
