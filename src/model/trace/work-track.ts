import type { GuestKernel } from '../guest/kernel.js';
import type { Context } from '../result.js';
import type { TraceLabel, TraceSink } from './trace-sink.js';
import { NO_LABEL } from './tracks.js';

/** The track of a VCPU that shows the work of a context. */
const TRACK_OF: Readonly<Record<Context, 'task' | 'softirq' | 'interrupt' | 'hypervisor'>> = {
  user: 'task',
  kernel: 'task',
  softirq: 'softirq',
  interrupt: 'interrupt',
  hypervisor: 'hypervisor',
};

/**
 * What a VCPU works on, as the ledger has it. What a kernel books at a time, it did in a known
 * order: first what was owed, then what is on top of its stack. So the slices are the ledger with
 * its times. Equal work in a row is one slice.
 */
export class WorkTrack {
  private readonly sink: TraceSink;
  private readonly kernel: GuestKernel;
  /** By ledger cell: its label, if it has one yet, and its time as far as it was traced. */
  private readonly labels: Int32Array;
  private readonly tracedNs: Float64Array;
  private readonly labelOf: (cell: number) => number;
  /** Ledger cells of what the kernel does next, in that order. */
  private readonly order: Int32Array;
  private ahead = 0;
  /** End of what was traced last. */
  private atNs = 0;
  private label = NO_LABEL;
  private sinceNs = 0;

  /** Adds its tracks to the group of the kernel's domain. The kernel's ledger is up to date. */
  constructor(sink: TraceSink, group: number, kernel: GuestKernel, domains: readonly string[]) {
    this.sink = sink;
    this.kernel = kernel;
    const { ns, kinds } = kernel.ledger;
    this.labels = new Int32Array(ns.length).fill(NO_LABEL);
    this.tracedNs = ns.slice();
    this.order = new Int32Array(kinds.length + 1);
    const tracks = {
      task: sink.track(group, 'task'),
      softirq: sink.track(group, 'softirq'),
      interrupt: sink.track(group, 'interrupt'),
      hypervisor: sink.track(group, 'hypervisor'),
    };
    this.labelOf = (cell) => {
      const { context, label } = describeCell(kernel, cell, domains);
      return sink.label(tracks[TRACK_OF[context]], label);
    };
  }

  /** The VCPU has started to run, or has gone on at once on another PCPU. */
  runs(nowNs: number): void {
    if (this.atNs === nowNs) return;
    this.end();
    this.atNs = nowNs;
  }

  /** Time goes on and nothing else happens: notes what the VCPU, which runs, has before it. */
  beforeAccrual(): void {
    const { owed, base, kind } = this.kernel;
    for (let i = 0; i < owed.count; i++) this.order[i] = base + owed.kindAt(i);
    this.order[owed.count] = base + kind;
    this.ahead = owed.count + 1;
  }

  /** The kernel has booked what it did in that time. */
  afterAccrual(): void {
    const { ns } = this.kernel.ledger;
    for (let i = 0; i < this.ahead; i++) {
      const cell = this.order[i]!;
      const doneNs = ns[cell]! - this.tracedNs[cell]!;
      if (doneNs === 0) continue;
      this.tracedNs[cell] = ns[cell]!;
      this.did(cell, doneNs);
    }
  }

  /** Ends the open slice where the last work ends. */
  end(): void {
    if (this.label !== NO_LABEL) this.sink.slice(this.label, this.sinceNs, this.atNs);
    this.label = NO_LABEL;
  }

  private did(cell: number, ns: number): void {
    if (this.labels[cell] === NO_LABEL) this.labels[cell] = this.labelOf(cell);
    const label = this.labels[cell]!;
    if (label !== this.label) {
      this.end();
      this.label = label;
      this.sinceNs = this.atNs;
    }
    this.atNs += ns;
  }
}

/** A process's own work has the process's name; all other work has a name of its own. */
function describeCell(
  { ledger, tasks }: GuestKernel,
  cell: number,
  domains: readonly string[],
): { readonly context: Context; readonly label: TraceLabel } {
  const { context, work, beneficiary } = ledger.kinds[cell % ledger.kinds.length]!;
  const row = Math.floor(cell / ledger.kinds.length);
  const task = tasks[row % ledger.tasks]!;
  const space = Math.floor(row / ledger.tasks);
  const owner = tasks.find((one) => one.space === space);
  return {
    context,
    label: {
      name: context === 'user' ? task.name : work,
      category: context,
      details: {
        task: task.name,
        ...(space === 0 || owner === undefined ? {} : { cr3: owner.name }),
        ...(beneficiary < 0 ? {} : { for: domains[beneficiary]! }),
      },
    },
  };
}
