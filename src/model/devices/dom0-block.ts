import { EventChannel } from '../guest/event-channel.js';
import type { InterruptLine } from '../guest/interrupt-line.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Softirq } from '../guest/softirq.js';
import type { Blkback } from './blkback.js';
import type { Disk } from './disk.js';
import type { LoopDevice } from './loop-device.js';

/** Ledger kinds in domain 0 of the work for one reader of the disk. */
export interface BlockKinds {
  readonly interrupt: number;
  readonly softirq: number;
}

/**
 * Domain 0's end of the disk: its interrupt, the block softirq that completes requests, and the
 * events from guests' virtual disks.
 */
export class Dom0Block implements Softirq {
  private readonly kernel: GuestKernel;
  private readonly disk: Disk;
  private readonly softirq: number;
  private readonly diskLine: InterruptLine;
  private readonly blkbackLine: InterruptLine;
  /** By reader of the disk. */
  private readonly kinds: readonly BlockKinds[];
  private readonly loops: LoopDevice[] = [];
  private readonly blkbacks: Blkback[] = [];
  private readonly requestNs: number;

  /**
   * Takes a softirq and two interrupt lines of domain 0.
   * @param requestNs the CPU time for one request of the disk, from submission to completion
   */
  constructor(kernel: GuestKernel, disk: Disk, kinds: readonly BlockKinds[], requestNs: number) {
    this.kernel = kernel;
    this.disk = disk;
    this.kinds = kinds;
    this.requestNs = requestNs;
    this.softirq = kernel.softirqs.open(this);
    this.diskLine = kernel.addLine();
    this.diskLine.handler = () => kernel.softirqs.raise(this.softirq);
    this.blkbackLine = kernel.addLine();
    this.blkbackLine.handler = () => {
      for (let i = 0; i < this.blkbacks.length; i++) this.blkbacks[i]!.event();
    };
  }

  /** The loop device that a reader's requests of the disk are for. */
  attach(reader: number, loop: LoopDevice): void {
    this.loops[reader] = loop;
  }

  /** Domain 0's end of a virtual disk, which the guest's events are for. */
  attachBlkback(blkback: Blkback): void {
    this.blkbacks.push(blkback);
  }

  /** The event channel from a guest's virtual disk. */
  channel(reader: number): EventChannel {
    return new EventChannel(this.blkbackLine, this.kinds[reader]!.interrupt);
  }

  /** Time of the disk's slot: it interrupts, for the reader of the first request that is done. */
  diskFires(): void {
    this.disk.requestDone();
    this.diskLine.raise(this.kinds[this.disk.firstFinished()]!.interrupt);
  }

  begin(): number {
    const reader = this.disk.firstFinished();
    if (reader < 0) return 0;
    this.kernel.kind = this.kinds[reader]!.softirq;
    return this.requestNs;
  }

  finish(): void {
    this.loops[this.disk.takeFinished()]!.diskDone();
    if (this.disk.firstFinished() >= 0) this.kernel.softirqs.raise(this.softirq);
  }
}
