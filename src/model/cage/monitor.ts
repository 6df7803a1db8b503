import type { GuestKernel } from '../guest/kernel.js';
import type { Task } from '../guest/task.js';
import type { CageInput } from '../input.js';

/**
 * OC-Monitor: the time of a process as the hypervisor can see it, that is, while the process's
 * page directory is in CR3 and its VCPU runs (paper, section 4.2). Interrupts, softirqs and kernel
 * threads that run meanwhile are in it, because they load no page directory of their own.
 */
export class Monitor {
  private readonly kernel: GuestKernel;
  private readonly cells: Int32Array;

  /** `counts` chooses what is measured; anything but `cr3` is an ablation. */
  constructor(kernel: GuestKernel, task: Task, counts: CageInput['counts']) {
    this.kernel = kernel;
    this.cells = cellsOf(kernel, task, counts);
  }

  /** Time up to the kernel's last accrual, in nanoseconds. */
  readNs(): number {
    const ns = this.kernel.ledger.ns;
    let sum = 0;
    for (let i = 0; i < this.cells.length; i++) sum += ns[this.cells[i]!]!;
    return sum;
  }
}

/** The ledger cells that a measure of a process adds up. */
function cellsOf(kernel: GuestKernel, task: Task, counts: CageInput['counts']): Int32Array {
  const { ledger, tasks } = kernel;
  const cells: number[] = [];
  for (let space = 0; space < ledger.spaces; space++) {
    for (const other of tasks) {
      ledger.kinds.forEach((kind, k) => {
        const ofTask = other === task && (kind.context === 'user' || kind.context === 'kernel');
        const isThread = other.space === 0 && other.index !== 0;
        const counted =
          counts === 'own'
            ? ofTask
            : space === task.space && !(counts === 'no-kernel-threads' && isThread);
        if (counted) cells.push(ledger.base(space, other.index) + k);
      });
    }
  }
  return Int32Array.from(cells);
}
