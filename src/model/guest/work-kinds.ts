import type { KernelKinds } from './kernel-parts.js';
import type { WorkKind } from './ledger.js';

/** Collects the kinds of work of one kernel and hands out their ledger indices. */
export class WorkKinds {
  readonly list: WorkKind[] = [];
  readonly kernel: KernelKinds;

  constructor() {
    this.kernel = {
      schedulerPass: this.add('hypervisor', 'scheduler pass', -1),
      // With the pass that led to it: the commonest work of all is one piece, not two.
      vcpuSwitch: this.add('hypervisor', 'VCPU switch', -1),
      // Loading CR3 is a hypercall under Xen.
      processSwitch: this.add('hypervisor', 'process switch', -1),
      timer: this.add('interrupt', 'timer tick', -1),
    };
  }

  /** `beneficiary` is a domain's index, -1 for a kernel's own upkeep. */
  add(context: WorkKind['context'], work: string, beneficiary: number): number {
    this.list.push({ context, work, beneficiary });
    return this.list.length - 1;
  }

  /** Work on the way between the disk and its reader. */
  addDisk(context: WorkKind['context'], work: string, beneficiary: number): number {
    this.list.push({ context, work, beneficiary, device: 'disk' });
    return this.list.length - 1;
  }
}
