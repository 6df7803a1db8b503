import { ZERO_NS } from '../../engine/clock.js';
import type { Principal } from './principal.js';
import type { RunQueue } from './run-queue.js';

/** A resource container of a guest's kernel (Banga, Druschel and Mogul, OSDI 1999). */
export interface ContainerInput {
  readonly name: string;
  /** The container within which it has its share; null: the kernel itself. */
  readonly parent: string | null;
  /** What it is guaranteed of its parent's CPU time, in percent; 0: what nobody else wants. */
  readonly sharePct: number;
  /** Most CPU time, in percent of one PCPU over a window; 0 = no limit. */
  readonly limitPct: number;
  readonly windowNs: number;
  /** Processes whose threads are bound to it, unless they work for a client of another one. */
  readonly processes: readonly string[];
  /** Clients whose packets come to a socket of their own, which is bound to it. */
  readonly clients: readonly string[];
}

/** A node of the tree of containers: a leaf has tasks, the others have children. */
export class Container implements Principal {
  readonly name: string;
  readonly parent: Container | null;
  readonly children: Container[] = [];
  readonly sharePct: number;
  /** The process scheduler of its tasks; null if it has children. */
  readonly queue: RunQueue | null;
  /** How many tasks in it or below want to run. */
  runnable = 0;
  usedNs = ZERO_NS;
  /** CPU time by which it is scheduled, over its share: the least goes first. */
  virtualNs = ZERO_NS;
  /** Virtual time of the child that was chosen last. */
  childrenNs = ZERO_NS;
  private readonly quotaNs: number = ZERO_NS;
  private readonly windowNs: number = ZERO_NS;
  /** What it has run in its present window, and beyond the quotas of those before. */
  private windowUsedNs = ZERO_NS;
  private windowEndNs = ZERO_NS;

  constructor(
    { name, sharePct, limitPct, windowNs }: ContainerInput,
    parent: Container | null,
    queue: RunQueue | null,
  ) {
    this.name = name;
    this.parent = parent;
    this.sharePct = sharePct;
    this.queue = queue;
    this.windowNs = windowNs;
    this.quotaNs = (windowNs * limitPct) / 100;
    parent?.children.push(this);
  }

  /** A task that is scheduled with it has run so long. */
  ran(ns: number): void {
    if (this.sharePct > 0) this.virtualNs += (100 * ns) / this.sharePct;
  }

  /** A task that is bound to it has run so long, up to now. */
  charge(ns: number, nowNs: number): void {
    this.usedNs += ns;
    if (this.quotaNs === 0) return;
    this.roll(nowNs);
    this.windowUsedNs += ns;
  }

  /** Whether it has used up what its limit allows until now. */
  isThrottled(nowNs: number): boolean {
    if (this.quotaNs === 0) return false;
    this.roll(nowNs);
    return this.windowUsedNs >= this.quotaNs;
  }

  get isLast(): boolean {
    return this.sharePct === 0;
  }

  /** The first end of a window of its own or of one above it that has had its limit. */
  resumesNs(nowNs: number): number {
    const aboveNs = this.parent === null ? Infinity : this.parent.resumesNs(nowNs);
    return this.isThrottled(nowNs) ? Math.min(aboveNs, this.windowEndNs) : aboveNs;
  }

  /** Begins the window that `nowNs` is in: what was used too much is taken off its quota. */
  private roll(nowNs: number): void {
    if (nowNs < this.windowEndNs) return;
    const windows = Math.floor((nowNs - this.windowEndNs) / this.windowNs) + 1;
    this.windowUsedNs = Math.max(0, this.windowUsedNs - windows * this.quotaNs);
    this.windowEndNs += windows * this.windowNs;
  }
}
