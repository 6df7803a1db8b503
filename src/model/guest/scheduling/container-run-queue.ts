import { type Clock, ZERO_NS } from '../../engine/clock.js';
import type { KernelTimer } from '../kernel-timer.js';
import type { SchedClock } from '../sched-clock.js';
import type { Task } from '../task.js';
import { Container, type ContainerInput } from './container.js';
import type { GuestSchedulerKind } from './guest-scheduler.js';
import type { GuestSchedulerInput } from './guest-schedulers.js';
import type { SocketPrincipals } from './principal.js';
import type { RunQueue } from './run-queue.js';

/** Resource containers, and the scheduler of the tasks within each. */
export interface ContainersInput {
  readonly policy: 'containers';
  readonly containers: readonly ContainerInput[];
  readonly within: GuestSchedulerInput;
}

/** The tasks that are in no container, and the kernel itself. */
const KERNEL = { parent: null, limitPct: 0, windowNs: 1, processes: [], clients: [] } as const;

/**
 * A guest's process scheduler with resource containers. On each level of the tree the child goes
 * first that has run least for its share: start-time fair queueing, where one that comes back after
 * a sleep begins where the others are. A container above its limit does not run until its window
 * ends. Within a leaf, the kernel's own scheduler decides.
 *
 * A task is scheduled by the container of its process. What it runs is charged to the container
 * that it is bound to meanwhile, which a process changes with the client that it works for.
 */
export class ContainerRunQueue implements RunQueue, SocketPrincipals {
  readonly principals: readonly Container[];
  readonly sockets: SocketPrincipals = this;
  /** An idle kernel has no ticks: it needs one when a container may run again. */
  readonly timer: KernelTimer = {
    tick: () => undefined,
    nextTimerNs: () => this.nextResumeNs(),
  };
  private readonly clock: Clock;
  private readonly schedClock: SchedClock;
  private readonly inputs: readonly ContainerInput[];
  private readonly root: Container;
  /** By index of the task: the leaf that it is in, and what it is bound to. */
  private readonly homes: readonly Container[];
  private readonly bound: Container[];
  private running: Task | null = null;
  private sinceNs = ZERO_NS;

  /**
   * @param makeQueue makes a process scheduler of the kernel's kind
   * @param tasks all of the kernel's, by their index
   */
  constructor(
    clock: Clock,
    schedClock: SchedClock,
    inputs: readonly ContainerInput[],
    makeQueue: () => RunQueue,
    tasks: readonly Task[],
  ) {
    this.clock = clock;
    this.schedClock = schedClock;
    this.inputs = inputs;
    this.root = new Container({ ...KERNEL, name: '', sharePct: 100 }, null, null);
    const made = new Map<string, Container>();
    const make = (input: ContainerInput): Container => {
      const { name, parent } = input;
      const known = made.get(name);
      if (known !== undefined) return known;
      const above = inputs.find((one) => one.name === parent);
      const isLeaf = inputs.every((one) => one.parent !== name);
      const container = new Container(
        input,
        above === undefined ? this.root : make(above),
        isLeaf ? makeQueue() : null,
      );
      made.set(name, container);
      return container;
    };
    this.principals = inputs.map(make);
    const givenPct = inputs.reduce((sum, one) => sum + (one.parent === null ? one.sharePct : 0), 0);
    // The kernel's own threads are among them: they may not starve.
    const others = { ...KERNEL, name: '', sharePct: Math.max(1, 100 - givenPct) };
    const rest = new Container(others, this.root, makeQueue());
    this.homes = tasks.map(
      ({ name }) =>
        this.principals[inputs.findIndex(({ processes }) => processes.includes(name))] ?? rest,
    );
    this.bound = [...this.homes];
  }

  ofClient(name: string): Container | null {
    const at = this.inputs.findIndex(({ clients }) => clients.includes(name));
    return this.principals[at] ?? null;
  }

  bind(task: Task, container: Container | null): void {
    const next = container ?? this.homes[task.index]!;
    if (this.bound[task.index] === next) return;
    if (this.running === task) this.charge();
    this.bound[task.index] = next;
  }

  wake(task: Task, current: Task, byInterrupt: boolean): boolean {
    this.charge();
    const home = this.homes[task.index]!;
    const goesFirst = home.queue!.wake(task, current, byInterrupt);
    for (let one: Container | null = home; one !== null; one = one.parent) {
      if (one.runnable++ === 0 && one.parent !== null) {
        one.virtualNs = Math.max(one.virtualNs, one.parent.childrenNs);
      }
    }
    if (!current.runnable) return true;
    return this.homes[current.index] === home ? goesFirst : this.leaf() === home;
  }

  sleep(task: Task): void {
    this.charge();
    this.running = null;
    this.homes[task.index]!.queue!.sleep(task);
    this.leave(task);
  }

  remove(task: Task): void {
    this.homes[task.index]!.queue!.remove(task);
    this.leave(task);
  }

  pick(): Task | null {
    this.charge();
    const leaf = this.leaf();
    if (leaf === null) return null;
    for (let one = leaf; one.parent !== null; one = one.parent) {
      if (one.sharePct > 0) one.parent.childrenNs = Math.max(one.parent.childrenNs, one.virtualNs);
    }
    return leaf.queue!.pick();
  }

  runs(task: Task): void {
    this.running = task;
    this.sinceNs = this.schedClock.nowNs();
    this.homes[task.index]!.queue!.runs(task);
  }

  preempted(task: Task): void {
    this.charge();
    this.running = null;
    this.homes[task.index]!.queue!.preempted(task);
  }

  tick(task: Task): boolean {
    this.charge();
    const home = this.homes[task.index]!;
    const isOver = home.queue!.tick(task);
    return isOver || this.leaf() !== home;
  }

  private nextResumeNs(): number {
    let nextNs = Infinity;
    for (let i = 0; i < this.principals.length; i++) {
      const container = this.principals[i]!;
      if (container.runnable === 0) continue;
      nextNs = Math.min(nextNs, container.resumesNs(this.clock.nowNs));
    }
    return nextNs;
  }

  private leave(task: Task): void {
    for (let one: Container | null = this.homes[task.index]!; one !== null; one = one.parent) {
      one.runnable--;
    }
  }

  /** Charges what the running task has run since the last call. */
  private charge(): void {
    const { running } = this;
    if (running === null) return;
    const nowNs = this.schedClock.nowNs();
    const ns = nowNs - this.sinceNs;
    if (ns === 0) return;
    this.sinceNs = nowNs;
    const home = this.homes[running.index]!;
    for (let one: Container | null = home; one !== null; one = one.parent) one.ran(ns);
    const bound = this.bound[running.index]!;
    for (let one: Container | null = bound; one !== null; one = one.parent) {
      one.charge(ns, this.clock.nowNs);
    }
  }

  /** The leaf whose task should run; null if none may. */
  private leaf(): Container | null {
    let at = this.root;
    while (at.queue === null) {
      const child = this.firstOf(at);
      if (child === null) return null;
      at = child;
    }
    return at;
  }

  /** Of the children that may run, the one that has run least for its share. */
  private firstOf({ children }: Container): Container | null {
    let first: Container | null = null;
    for (let i = 0; i < children.length; i++) {
      const child = children[i]!;
      if (!this.mayRun(child)) continue;
      if (first === null || isBefore(child, first)) first = child;
    }
    return first;
  }

  private mayRun(container: Container): boolean {
    if (container.runnable === 0 || container.isThrottled(this.clock.nowNs)) return false;
    return container.queue !== null || this.firstOf(container) !== null;
  }
}

/** A container without a share comes after all others. */
function isBefore(a: Container, b: Container): boolean {
  if (a.sharePct === 0 || b.sharePct === 0) return a.sharePct > b.sharePct;
  return a.virtualNs < b.virtualNs;
}

export const CONTAINERS: GuestSchedulerKind<ContainersInput> = {
  asksClock: true,
  make: ({ containers, within }, { clock, schedClock, tasks, makePart }) =>
    new ContainerRunQueue(clock, schedClock, containers, () => makePart(within), tasks),
};
