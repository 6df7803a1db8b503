import type { Context } from '../result.js';

/** One kind of work that a kernel can do. */
export interface WorkKind {
  readonly context: Context;
  readonly work: string;
  /** Domain index on whose behalf it is done; -1 for the kernel's own upkeep. */
  readonly beneficiary: number;
  /** Set for work on the way between a disk and its reader. */
  readonly device?: 'disk';
}

/**
 * True CPU time of one VCPU, in nanoseconds, by (address space loaded, task, kind of work).
 *
 * Everything that the tool says about CPU time is a sum over cells of this table: a domain's use
 * is the whole table, OC-Monitor's measure of a process is the rows of its address space, a
 * process's true time is its own task's cells. Address space 0 is "none loaded yet" and task 0 is
 * the idle task.
 */
export class Ledger {
  readonly ns: Float64Array;
  readonly kinds: readonly WorkKind[];
  readonly tasks: number;
  readonly spaces: number;
  /** Cells of one task in one address space, and of all tasks in it. */
  private readonly taskCells: number;
  private readonly spaceCells: number;

  constructor(spaces: number, tasks: number, kinds: readonly WorkKind[]) {
    this.spaces = spaces;
    this.tasks = tasks;
    this.kinds = kinds;
    this.taskCells = kinds.length;
    this.spaceCells = tasks * kinds.length;
    this.ns = new Float64Array(spaces * tasks * kinds.length);
  }

  /** Index of kind 0 of the cells for a task that runs with an address space loaded. */
  base(space: number, task: number): number {
    return space * this.spaceCells + task * this.taskCells;
  }

  /** The cells that a test picks, by address space, index of the task and kind. */
  select(test: (space: number, task: number, kind: WorkKind) => boolean): Int32Array {
    const cells: number[] = [];
    for (let space = 0; space < this.spaces; space++) {
      for (let task = 0; task < this.tasks; task++) {
        const base = this.base(space, task);
        this.kinds.forEach((kind, k) => {
          if (test(space, task, kind)) cells.push(base + k);
        });
      }
    }
    return Int32Array.from(cells);
  }

  /** Time in the cells of `select`. */
  sumNs(cells: Int32Array): number {
    let sum = 0;
    for (let i = 0; i < cells.length; i++) sum += this.ns[cells[i]!]!;
    return sum;
  }

  totalNs(): number {
    let sum = 0;
    for (let i = 0; i < this.ns.length; i++) sum += this.ns[i]!;
    return sum;
  }
}
