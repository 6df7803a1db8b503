import { Monitor } from './cage/monitor.js';
import { STEAL } from './guest/accounting/accounting.js';
import { PAGE_BYTES } from './guest/block-device.js';
import type { GuestKernel } from './guest/kernel.js';
import { BLOCKED, OFFLINE, RUNNABLE, RUNNING } from './hypervisor/runstate.js';
import type { CageInput, ModelInput } from './input.js';
import type { Machine } from './machine.js';
import type { Total } from './programs/program-kind.js';
import type { LedgerRow, RunResult, RunstateRow, Series } from './result.js';
import {
  COUNTER_NAMES,
  type CounterName,
  cageSeries,
  clientSeries,
  diskSeries,
  domainSeries,
  IDLE_SERIES,
  PROC_COLUMNS,
  principalSeries,
  processSeries,
  SPECIAL_COUNTER_NAMES,
} from './series.js';

/** Reads the machine's totals at every sample, as one reading has them, into a result. */
export class Recorder {
  private readonly machine: Machine;
  private readonly totals: readonly Total[];
  private readonly counters: readonly Total[];
  private readonly series: readonly Float64Array[];
  private readonly last: Float64Array;
  private readonly firstCounts: readonly number[];
  private readonly firstLedgers: readonly Float64Array[];
  private readonly firstRunstates: readonly RunstateRow[];
  private readonly firstResponses: readonly Float64Array[];
  private readonly startNs: number;
  private taken = 0;

  /** Measuring starts now. `reading` is the place of `input` among the run's readings. */
  constructor(machine: Machine, samples: number, input: ModelInput, reading: number) {
    this.machine = machine;
    this.startNs = machine.parts.clock.nowNs;
    this.totals = totalsOf(machine, input, reading);
    this.counters = countersOf(machine);
    this.series = this.totals.map(() => new Float64Array(samples));
    this.last = Float64Array.from(this.totals, (total) => total.read());
    this.firstCounts = this.counters.map((counter) => counter.read());
    this.firstLedgers = machine.parts.kernels.map((kernel) => kernel.ledger.ns.slice());
    this.firstRunstates = runstatesOf(machine);
    this.firstResponses = machine.parts.clients.map(({ responses }) => responses.counts.slice());
  }

  /** Ends a sample. */
  take(): void {
    for (let i = 0; i < this.totals.length; i++) {
      const now = this.totals[i]!.read();
      this.series[i]![this.taken] = now - this.last[i]!;
      this.last[i] = now;
    }
    this.taken++;
  }

  result(sampleNs: number): RunResult {
    const runstates = runstatesOf(this.machine).map((now, d) => {
      const first = this.firstRunstates[d]!;
      return {
        domain: now.domain,
        runningNs: now.runningNs - first.runningNs,
        runnableNs: now.runnableNs - first.runnableNs,
        blockedNs: now.blockedNs - first.blockedNs,
        offlineNs: now.offlineNs - first.offlineNs,
      };
    });
    const ledger = this.ledgerRows();
    this.checkConservation(ledger, runstates);
    return {
      sampleNs,
      samples: this.taken,
      series: this.totals.map(({ key, unit }, i) => ({ key, unit, values: this.series[i]! })),
      histograms: this.responses(),
      facts: factsOf(this.machine),
      ledger,
      runstates,
      counters: this.counters.map(({ key, read }, i) => ({
        name: key,
        count: read() - this.firstCounts[i]!,
      })),
      events: this.machine.events,
    };
  }

  private responses() {
    const { input, clients } = this.machine.parts;
    return clients.map(({ responses }, i) => ({
      key: clientSeries.response(input.clients[i]!.name),
      counts: responses.counts.map((count, bucket) => count - this.firstResponses[i]![bucket]!),
    }));
  }

  private ledgerRows(): LedgerRow[] {
    const rows: LedgerRow[] = [];
    const { kernels, input } = this.machine.parts;
    kernels.forEach(({ domain, ledger, tasks }, k) => {
      for (let space = 0; space < ledger.spaces; space++) {
        for (const task of tasks) {
          ledger.kinds.forEach((kind, i) => {
            const cell = ledger.base(space, task.index) + i;
            const ns = ledger.ns[cell]! - this.firstLedgers[k]![cell]!;
            if (ns === 0) return;
            rows.push({
              domain: input.domains[domain]!.name,
              cr3: space === 0 ? null : tasks.find((one) => one.space === space)!.name,
              task: task.name,
              context: kind.context,
              work: kind.work,
              beneficiary: kind.beneficiary < 0 ? null : input.domains[kind.beneficiary]!.name,
              ...(kind.device === undefined ? {} : { device: kind.device }),
              ns,
            });
          });
        }
      }
    });
    return rows;
  }

  /** Every nanosecond of every PCPU is either in a ledger or idle; a difference would be a lie. */
  private checkConservation(ledger: readonly LedgerRow[], runstates: readonly RunstateRow[]): void {
    const { input } = this.machine.parts;
    const wallNs = (this.machine.parts.clock.nowNs - this.startNs) * input.pcpus;
    const workNs = ledger.reduce((sum, row) => sum + row.ns, 0);
    const runningNs = runstates.reduce((sum, row) => sum + row.runningNs, 0);
    const idleNs = this.series[0]!.reduce((sum, ns) => sum + ns, 0);
    if (workNs !== runningNs || workNs + idleNs !== wallNs) {
      throw new Error(
        `CPU time does not add up: work ${workNs} + idle ${idleNs} ns of ${wallNs} ns, ` +
          `VCPUs ran ${runningNs} ns`,
      );
    }
  }
}

type AddTotal = (key: string, unit: Series['unit'], read: () => number) => void;

function totalsOf(machine: Machine, input: ModelInput, reading: number): Total[] {
  const { kernels, cages } = machine.parts;
  const totals: Total[] = [];
  const add: AddTotal = (key, unit, read) => totals.push({ key, unit, read });
  addDomains(machine, input, reading, add);
  addProcesses(machine, reading, totals);
  addDisk(machine, add);
  for (const cage of cages) {
    add(cageSeries.used(cage.input.name), 'ns', () => {
      let sum = 0;
      for (const { domain, ledger } of kernels) {
        if (cage.vms.includes(domain)) sum += ledger.totalNs();
      }
      for (const monitor of cage.monitors) sum += monitor.readNs();
      return sum;
    });
  }
  addPrincipals(machine, add);
  machine.parts.clients.forEach((client, i) => {
    const { name } = input.clients[i]!;
    add(clientSeries.attempts(name), 'count', () => client.attempts);
    add(clientSeries.replies(name), 'count', () => {
      client.settle(machine.parts.clock.nowNs);
      return client.replies;
    });
    add(clientSeries.errors(name), 'count', () => client.errors);
    add(clientSeries.retransmits(name), 'count', () => client.retransmits);
    add(clientSeries.open(name), 'ns', () => client.openTimeNs(machine.parts.clock.nowNs));
    add(clientSeries.response(name), 'ns', () => client.responseSumNs);
  });
  return totals;
}

function addPrincipals({ parts }: Machine, add: AddTotal): void {
  for (const kernel of parts.kernels) {
    const { name } = parts.input.domains[kernel.domain]!;
    for (const principal of kernel.runQueue.principals ?? []) {
      add(principalSeries.used(name, principal.name), 'ns', () => principal.usedNs);
    }
  }
}

function addDomains(machine: Machine, input: ModelInput, reading: number, add: AddTotal): void {
  const { host, kernels, network, scheduler } = machine.parts;
  add(IDLE_SERIES, 'ns', () => {
    let sum = 0;
    for (let p = 0; p < input.pcpus; p++) sum += host.idleTimeNs(p);
    return sum;
  });
  input.domains.forEach(({ name, procTotal }, d) => {
    const own = kernels.filter(({ domain }) => domain === d);
    const sum = (of: (kernel: GuestKernel) => number) =>
      own.reduce((total, kernel) => total + of(kernel), 0);
    const countsSteal = procTotal === 'all-columns';
    add(domainSeries.cpu(name), 'ns', () => sum(({ ledger }) => ledger.totalNs()));
    PROC_COLUMNS.forEach((column, c) => {
      add(domainSeries.proc(name, column), 'ns', () => sum((one) => one.statNs(c, reading)));
    });
    const counted = [...PROC_COLUMNS.keys()].filter((c) => c !== STEAL || countsSteal);
    add(domainSeries.procTotal(name), 'ns', () =>
      counted.reduce((total, c) => total + sum((one) => one.statNs(c, reading)), 0),
    );
  });
  for (const vif of network.vifs) {
    const { name } = input.domains[vif.domain]!;
    const dom0 = kernels[0]!.ledger;
    const cells = dom0.select(
      (_space, _task, { beneficiary, context, device }) =>
        beneficiary === vif.domain && context !== 'user' && device === undefined,
    );
    add(domainSeries.dom0net(name), 'ns', () => dom0.sumNs(cells));
    add(
      domainSeries.dropped(name),
      'count',
      () => vif.droppedIn + vif.droppedFull + vif.droppedOut + vif.droppedBarred,
    );
    if (hasDebts(input)) {
      add(domainSeries.charged(name), 'ns', () => scheduler.chargedNs(vif.domain));
    }
  }
}

/** Whether guests are charged for the work of domain 0. */
function hasDebts({ hypervisor }: ModelInput): boolean {
  return hypervisor.scheduler === 'sedf' && hypervisor.debts !== null;
}

function addProcesses({ parts }: Machine, reading: number, totals: Total[]): void {
  for (const { name, tasks, made } of parts.processes) {
    const measured = (counts: CageInput['counts']) => {
      const monitors = tasks.map(({ kernel, task }) => new Monitor(kernel, task, counts));
      return () => monitors.reduce((sum, monitor) => sum + monitor.readNs(), 0);
    };
    const charged = () =>
      tasks.reduce(
        (sum, { kernel, task }) =>
          sum + kernel.accountings[reading]!.chargedNs(task, kernel.current),
        0,
      );
    totals.push(
      { key: processSeries.cr3(name), unit: 'ns', read: measured('cr3') },
      { key: processSeries.noThreads(name), unit: 'ns', read: measured('no-kernel-threads') },
      { key: processSeries.own(name), unit: 'ns', read: measured('own') },
      { key: processSeries.proc(name), unit: 'ns', read: charged },
      ...(made.totals ?? []),
    );
  }
}

/** The disk's totals, and domain 0's work for it apart from the readers' own system calls. */
function addDisk({ parts }: Machine, add: AddTotal): void {
  const { storage, network, kernels, input } = parts;
  if (storage === null) return;
  const { ledger, tasks } = kernels[0]!;
  for (const { domain } of network.vifs) {
    const cells = ledger.select((_space, task, { beneficiary, context, device }) => {
      const isOwn = context === 'kernel' && tasks[task]!.space !== 0;
      return beneficiary === domain && device === 'disk' && !isOwn;
    });
    add(domainSeries.dom0disk(input.domains[domain]!.name), 'ns', () => ledger.sumNs(cells));
  }
  add(diskSeries.busy, 'ns', () => storage.disk.busyNs());
  add(diskSeries.bytes, 'count', () => storage.disk.pagesRead * PAGE_BYTES);
}

function countersOf({ parts }: Machine): Total[] {
  const { nic, network, processes, clients } = parts;
  const counters = new Map<string, (() => number)[]>(COUNTER_NAMES.map((name) => [name, []]));
  const add = (name: CounterName, read: () => number) => {
    const reads = counters.get(name);
    if (reads === undefined) counters.set(name, [read]);
    else reads.push(read);
  };
  add('NIC ring full', () => nic.arrivals.lost);
  for (const vif of [...network.vifs, ...network.mirrors.map(({ to }) => to)]) {
    add('vif queue full', () => vif.droppedIn);
    add('guest receive ring full', () => vif.droppedFull);
    add('guest transmit queue full', () => vif.droppedOut);
  }
  for (const client of clients) add('client retransmissions', () => client.retransmits);
  for (const { made } of processes) {
    for (const name of [...COUNTER_NAMES, ...SPECIAL_COUNTER_NAMES]) {
      const read = made.counters?.[name];
      if (read !== undefined) add(name, read);
    }
  }
  return [...counters].map(([key, reads]) => ({
    key,
    unit: 'count',
    read: () => reads.reduce((sum, read) => sum + read(), 0),
  }));
}

function factsOf({ parts }: Machine) {
  return parts.processes.flatMap(({ made }) =>
    Object.entries(made.facts ?? {}).map(([key, read]) => ({ key, ns: read() })),
  );
}

function runstatesOf(machine: Machine): RunstateRow[] {
  const { host, input, kernels } = machine.parts;
  return input.domains.map(({ name }, d) => {
    const inNs = (state: number) =>
      kernels.reduce(
        (sum, { domain, vcpu }) =>
          domain === d ? sum + host.runstates[vcpu]!.timeInNs(state) : sum,
        0,
      );
    return {
      domain: name,
      runningNs: inNs(RUNNING),
      runnableNs: inNs(RUNNABLE),
      blockedNs: inNs(BLOCKED),
      offlineNs: inNs(OFFLINE),
    };
  });
}
