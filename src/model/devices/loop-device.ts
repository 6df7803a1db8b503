import { type BlockDevice, type BlockReader, PAGE_BYTES } from '../guest/block-device.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Program } from '../guest/program.js';
import type { Task } from '../guest/task.js';
import type { Disk } from './disk.js';
import { PageQueue } from './page-queue.js';

/** Most reads under way: two windows of read-ahead, in requests of blkfront's size. */
const MAX_READS = 64;

/**
 * A loop device of domain 0: a file on the disk that looks like a block device. Its kernel thread
 * takes one read after another, waits for the disk, and copies the pages to whom asked for them.
 * The pages of the file itself are not kept: whoever reads the device keeps them already.
 */
export class LoopDevice implements Program, BlockDevice {
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly disk: Disk;
  /** Its number among the readers of the disk. */
  private readonly readerNumber: number;
  /** Where on the disk the file begins. */
  private readonly basePage: number;
  /** CPU time of the thread for 1 MB (10^6 bytes). */
  private readonly copyMbNs: number;
  private readonly reads = new PageQueue(MAX_READS);
  private reader: BlockReader | null = null;
  private waitsForDisk = false;
  private hasData = false;

  constructor(
    kernel: GuestKernel,
    task: Task,
    disk: Disk,
    readerNumber: number,
    basePage: number,
    copyMbNs: number,
  ) {
    this.kernel = kernel;
    this.task = task;
    this.disk = disk;
    this.readerNumber = readerNumber;
    this.basePage = basePage;
    this.copyMbNs = copyMbNs;
  }

  /** To be called once, before the first read. */
  connect(reader: BlockReader): void {
    this.reader = reader;
  }

  read(firstPage: number, pages: number): void {
    this.reads.push(firstPage, pages);
    this.kernel.wakeTask(this.task);
  }

  /** The disk's interrupt has been handled: the data of the oldest read are there. */
  diskDone(): void {
    this.waitsForDisk = false;
    this.hasData = true;
    this.kernel.wakeTask(this.task);
  }

  /** The thread's next unit of work: a copy. */
  begin(): number {
    const { reads } = this;
    if (this.hasData) {
      const bytes = reads.pageCount() * PAGE_BYTES;
      return Math.max(1, Math.round((bytes * this.copyMbNs) / 1e6));
    }
    if (!this.waitsForDisk && reads.length > 0) {
      this.waitsForDisk = true;
      this.disk.read(this.readerNumber, this.basePage + reads.firstPage(), reads.pageCount());
    }
    return 0;
  }

  finish(): void {
    const firstPage = this.reads.firstPage();
    const pages = this.reads.pageCount();
    this.reads.shift();
    this.hasData = false;
    this.reader!.readDone(firstPage, pages);
  }
}
