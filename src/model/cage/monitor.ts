import type { GuestKernel } from '../guest/kernel.js';
import type { Ledger } from '../guest/ledger.js';
import type { Task } from '../guest/task.js';
import type { CageInput } from '../input.js';

/**
 * OC-Monitor: the time of a process as the hypervisor can see it, that is, while the process's
 * page directory is in CR3 and its VCPU runs (paper, section 4.2). Interrupts, softirqs and kernel
 * threads that run meanwhile are in it, because they load no page directory of their own.
 */
export class Monitor {
  private readonly ledger: Ledger;
  private readonly cells: Int32Array;

  /** `counts` chooses what is measured; anything but `cr3` is an ablation. */
  constructor(kernel: GuestKernel, task: Task, counts: CageInput['counts']) {
    this.ledger = kernel.ledger;
    this.cells = cellsOf(kernel, task, counts);
  }

  /** Time up to the kernel's last accrual, in nanoseconds. */
  readNs(): number {
    return this.ledger.sumNs(this.cells);
  }
}

/** The ledger cells that a measure of a process adds up. */
function cellsOf(
  { ledger, tasks }: GuestKernel,
  task: Task,
  counts: CageInput['counts'],
): Int32Array {
  return ledger.select((space, index, { context }) => {
    if (counts === 'own') {
      return index === task.index && (context === 'user' || context === 'kernel');
    }
    const isThread = tasks[index]!.space === 0 && index !== 0;
    return space === task.space && !(counts === 'no-kernel-threads' && isThread);
  });
}
