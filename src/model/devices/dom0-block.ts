import type { GuestKernel } from '../guest/kernel.js';
import type { Blkback } from './blkback.js';
import type { Disk } from './disk.js';
import type { LoopDevice } from './loop-device.js';

/** Domain 0's block softirq, next to those of its network. */
export const BLOCK = 2;

/** Ledger kinds in domain 0 of the work for one reader of the disk. */
export interface BlockKinds {
  readonly interrupt: number;
  readonly softirq: number;
}

/**
 * Domain 0's end of the disk: its interrupt, the block softirq that completes requests, and the
 * events from guests' virtual disks.
 */
export class Dom0Block {
  private readonly kernel: GuestKernel;
  private readonly disk: Disk;
  /** By reader of the disk. */
  private readonly loops: readonly LoopDevice[];
  private readonly blkbacks: readonly (Blkback | undefined)[];
  private readonly kinds: readonly BlockKinds[];
  private readonly requestNs: number;

  /** `requestNs` is the CPU time for one request of the disk, from submission to completion. */
  constructor(
    kernel: GuestKernel,
    disk: Disk,
    loops: readonly LoopDevice[],
    blkbacks: readonly (Blkback | undefined)[],
    kinds: readonly BlockKinds[],
    requestNs: number,
  ) {
    this.kernel = kernel;
    this.disk = disk;
    this.loops = loops;
    this.blkbacks = blkbacks;
    this.kinds = kinds;
    this.requestNs = requestNs;
  }

  /** Ledger kind of the disk's interrupt: for the reader of the first request that is done. */
  diskInterruptKind(): number {
    return this.interruptKind(this.disk.firstFinished());
  }

  /** Ledger kind of an interrupt on behalf of a reader. */
  interruptKind(reader: number): number {
    return this.kinds[reader]!.interrupt;
  }

  /** The disk's interrupt handler. */
  diskInterrupt(): void {
    this.kernel.raiseSoftirq(BLOCK);
  }

  /** An event from a guest's virtual disk. */
  blkbackEvent(): void {
    for (let i = 0; i < this.blkbacks.length; i++) this.blkbacks[i]?.event();
  }

  begin(): number {
    const reader = this.disk.firstFinished();
    if (reader < 0) return 0;
    this.kernel.kind = this.kinds[reader]!.softirq;
    return this.requestNs;
  }

  finish(): void {
    this.loops[this.disk.takeFinished()]!.diskDone();
    if (this.disk.firstFinished() >= 0) this.kernel.raiseSoftirq(BLOCK);
  }
}
