import type { KernelPlan } from '../guest/kernel-plan.js';
import { blkbackTask, loopTask } from '../guest/kernel-tasks.js';
import type { Task } from '../guest/task.js';
import type { BlockKinds } from './dom0-block.js';

/** Linux 2.6 runs the threads of loop devices at the highest nice value, other threads at -5. */
const LOOP_NICE = -20;
const BLKBACK_NICE = -5;

/** What the kernels need for one process that reads a disk image. */
export interface ImagePlan {
  /** Its number among the readers of the disk. */
  readonly reader: number;
  /** Index of the domain that reads it. */
  readonly domain: number;
  readonly loopTask: Task;
  readonly dom0Kinds: BlockKinds;
  /** For a reader outside domain 0; null within, where the loop device itself is read. */
  readonly virtualDisk: {
    readonly blkbackTask: Task;
    readonly blkfrontKind: number;
    readonly interruptKind: number;
  } | null;
}

/** Collects who will read the disk, and adds threads and kinds of work to the kernels' plans. */
export class StoragePlan {
  readonly images: ImagePlan[] = [];
  private readonly plans: readonly KernelPlan[];

  constructor(plans: readonly KernelPlan[]) {
    this.plans = plans;
  }

  /** A process of `domain` will read the image of domain `vm`. */
  addImage(domain: number, vm: number): ImagePlan {
    const dom0 = this.plans[0]!;
    const reader = this.images.length;
    const loopKind = dom0.kinds.addDisk('kernel', 'loop device', vm);
    const image = {
      reader,
      domain,
      loopTask: dom0.addThread(loopTask(reader), LOOP_NICE, loopKind),
      dom0Kinds: {
        interrupt: dom0.kinds.addDisk('interrupt', 'disk interrupts', vm),
        softirq: dom0.kinds.addDisk('softirq', 'block', vm),
      },
      virtualDisk: null,
    };
    const whole = domain === 0 ? image : { ...image, virtualDisk: this.virtualDisk(image, vm) };
    this.images.push(whole);
    return whole;
  }

  private virtualDisk({ reader, domain }: ImagePlan, vm: number) {
    const dom0 = this.plans[0]!;
    const { kinds } = this.plans[domain]!;
    const backKind = dom0.kinds.addDisk('kernel', 'blkback', vm);
    return {
      blkbackTask: dom0.addThread(blkbackTask(reader), BLKBACK_NICE, backKind),
      blkfrontKind: kinds.addDisk('kernel', 'blkfront', vm),
      interruptKind: kinds.addDisk('interrupt', 'disk interrupts', vm),
    };
  }
}
