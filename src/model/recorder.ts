import { PROC_COLUMNS } from './guest/accounting/accounting.js';
import { PAGE_BYTES } from './guest/block-device.js';
import { BLOCKED, OFFLINE, RUNNABLE, RUNNING } from './hypervisor/runstate.js';
import type { Machine } from './machine.js';
import type { LedgerRow, RunResult, RunstateRow, Series } from './result.js';

/** A running total of the machine, read at the end of each sample. */
interface Total {
  readonly key: string;
  readonly unit: Series['unit'];
  readonly read: () => number;
}

/** Reads the machine's totals at every sample and turns them into the result. */
export class Recorder {
  private readonly machine: Machine;
  private readonly totals: readonly Total[];
  private readonly counters: readonly Total[];
  private readonly series: readonly Float64Array[];
  private readonly last: Float64Array;
  private readonly firstCounts: readonly number[];
  private readonly firstLedgers: readonly Float64Array[];
  private readonly firstRunstates: readonly RunstateRow[];
  private readonly startNs: number;
  private taken = 0;

  /** Measuring starts now. */
  constructor(machine: Machine, samples: number) {
    this.machine = machine;
    this.startNs = machine.parts.clock.nowNs;
    this.totals = totalsOf(machine);
    this.counters = countersOf(machine);
    this.series = this.totals.map(() => new Float64Array(samples));
    this.last = Float64Array.from(this.totals, (total) => total.read());
    this.firstCounts = this.counters.map((counter) => counter.read());
    this.firstLedgers = machine.parts.kernels.map((kernel) => kernel.ledger.ns.slice());
    this.firstRunstates = runstatesOf(machine);
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
      ledger,
      runstates,
      counters: this.counters.map(({ key, read }, i) => ({
        name: key,
        count: read() - this.firstCounts[i]!,
      })),
      events: this.machine.events,
    };
  }

  private ledgerRows(): LedgerRow[] {
    const rows: LedgerRow[] = [];
    const { kernels, input } = this.machine.parts;
    kernels.forEach((kernel, d) => {
      const { ledger, tasks } = kernel;
      for (let space = 0; space < ledger.spaces; space++) {
        for (const task of tasks) {
          ledger.kinds.forEach((kind, k) => {
            const cell = ledger.base(space, task.index) + k;
            const ns = ledger.ns[cell]! - this.firstLedgers[d]![cell]!;
            if (ns === 0) return;
            rows.push({
              domain: input.domains[d]!.name,
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

function totalsOf(machine: Machine): Total[] {
  const { input, host, kernels, processes, clients, vifs } = machine.parts;
  const totals: Total[] = [];
  const add: AddTotal = (key, unit, read) => totals.push({ key, unit, read });
  add('idle', 'ns', () => {
    let sum = 0;
    for (let p = 0; p < input.pcpus; p++) sum += host.idleTimeNs(p);
    return sum;
  });
  kernels.forEach((kernel, d) => {
    add(`domain:${input.domains[d]!.name}:cpu`, 'ns', () => kernel.ledger.totalNs());
    PROC_COLUMNS.forEach((column, c) => {
      add(`domain:${input.domains[d]!.name}:proc:${column}`, 'ns', () => kernel.statNs(c));
    });
  });
  for (const vif of vifs) {
    const name = input.domains[vif.domain]!.name;
    const dom0 = kernels[0]!.ledger;
    const network = dom0.select(
      (_space, _task, { beneficiary, context, device }) =>
        beneficiary === vif.domain && context !== 'user' && device === undefined,
    );
    add(`domain:${name}:dom0net`, 'ns', () => dom0.sumNs(network));
    add(`domain:${name}:dropped`, 'count', () => vif.droppedIn + vif.droppedOut);
  }
  for (const process of processes) {
    add(`process:${process.name}:cr3`, 'ns', () => process.cr3.readNs());
    add(`process:${process.name}:true`, 'ns', () => process.own.readNs());
    const kernel = kernels[process.domain]!;
    add(`process:${process.name}:proc`, 'ns', () =>
      kernel.accounting.chargedNs(process.task, kernel.current),
    );
    const { snort, tripwire } = process;
    if (snort !== null) {
      add(`sniffer:${process.name}:offered`, 'count', () => snort.socket.offered);
      add(`sniffer:${process.name}:missed`, 'count', () => snort.socket.missed);
    }
    if (tripwire !== null) {
      add(`scan:${process.name}:files`, 'count', () => tripwire.files);
      add(`scan:${process.name}:bytes`, 'count', () => tripwire.bytes);
      add(`scan:${process.name}:scans`, 'count', () => tripwire.scans);
    }
  }
  for (const { name, program } of machine.parts.limiters) {
    add(`limiter:${name}:allowed`, 'ns', () => program.allowedNs());
    add(`limiter:${name}:stops`, 'count', () => program.stops);
  }
  addDisk(machine, add);
  for (const cage of machine.parts.cages) {
    add(`cage:${cage.input.name}:used`, 'ns', () => {
      let sum = 0;
      for (const vm of cage.vms) sum += kernels[vm.domain]!.ledger.totalNs();
      for (const monitor of cage.monitors) sum += monitor.readNs();
      return sum;
    });
  }
  clients.forEach((client, i) => {
    const name = input.clients[i]!.name;
    add(`client:${name}:attempts`, 'count', () => client.attempts);
    add(`client:${name}:replies`, 'count', () => {
      client.settle(machine.parts.clock.nowNs);
      return client.replies;
    });
    add(`client:${name}:errors`, 'count', () => client.errors);
    add(`client:${name}:retransmits`, 'count', () => client.retransmits);
  });
  return totals;
}

/** The disk's totals, and domain 0's work for it apart from the readers' own system calls. */
function addDisk({ parts }: Machine, add: AddTotal): void {
  const { storage, vifs, kernels, input } = parts;
  if (storage === null) return;
  const { ledger, tasks } = kernels[0]!;
  for (const { domain } of vifs) {
    const cells = ledger.select((_space, task, { beneficiary, context, device }) => {
      const isOwn = context === 'kernel' && tasks[task]!.space !== 0;
      return beneficiary === domain && device === 'disk' && !isOwn;
    });
    add(`domain:${input.domains[domain]!.name}:dom0disk`, 'ns', () => ledger.sumNs(cells));
  }
  add('disk:busy', 'ns', () => storage.disk.busyNs());
  add('disk:bytes', 'count', () => storage.disk.pagesRead * PAGE_BYTES);
}

function countersOf(machine: Machine): Total[] {
  const { nic, vifs, listeners, processes, clients } = machine.parts;
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const count = (key: string, read: () => number): Total => ({ key, unit: 'count', read });
  return [
    count('NIC ring full', () => nic.arrivals.lost),
    count('vif queue full', () => sum(vifs.map((vif) => vif.droppedIn))),
    count('guest transmit queue full', () => sum(vifs.map((vif) => vif.droppedOut))),
    count('accept queue full', () => sum(listeners.map((listener) => listener.overflows))),
    count('sniffer buffer full', () =>
      sum(processes.map((process) => process.snort?.socket.missed ?? 0)),
    ),
    count('client retransmissions', () => sum(clients.map((client) => client.retransmits))),
    count('server retransmissions', () => sum(listeners.map((one) => one.retransmits))),
  ];
}

function runstatesOf(machine: Machine): RunstateRow[] {
  const { host, input } = machine.parts;
  return input.domains.map((domain, v) => ({
    domain: domain.name,
    runningNs: host.runstates[v]!.timeInNs(RUNNING),
    runnableNs: host.runstates[v]!.timeInNs(RUNNABLE),
    blockedNs: host.runstates[v]!.timeInNs(BLOCKED),
    offlineNs: host.runstates[v]!.timeInNs(OFFLINE),
  }));
}
