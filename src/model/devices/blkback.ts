import type { BlockReader } from '../guest/block-device.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Program } from '../guest/program.js';
import type { Task } from '../guest/task.js';
import type { BlockRing } from './block-ring.js';
import type { LoopDevice } from './loop-device.js';

/**
 * Domain 0's end of a virtual disk: a kernel thread that maps a guest's pages and passes its
 * requests on to the loop device of the disk's image. What a response takes is in the cost of the
 * request.
 */
export class Blkback implements Program, BlockReader {
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly ring: BlockRing;
  private readonly loop: LoopDevice;
  private readonly requestNs: number;
  private batch = 0;

  constructor(
    kernel: GuestKernel,
    task: Task,
    ring: BlockRing,
    loop: LoopDevice,
    requestNs: number,
  ) {
    this.kernel = kernel;
    this.task = task;
    this.ring = ring;
    this.loop = loop;
    this.requestNs = requestNs;
  }

  /** The event channel's handler: there may be requests. */
  event(): void {
    if (this.ring.requests.length > 0) this.kernel.wakeTask(this.task);
  }

  /** The thread's next unit of work: all requests in the ring. */
  begin(): number {
    this.batch = this.ring.requests.length;
    return this.batch * this.requestNs;
  }

  finish(): void {
    const { requests } = this.ring;
    for (let n = this.batch; n > 0; n--) {
      this.loop.read(requests.firstPage(), requests.pageCount());
      requests.shift();
    }
  }

  readDone(firstPage: number, pages: number): void {
    const { responses } = this.ring;
    responses.push(firstPage, pages);
    if (responses.length === 1) this.ring.front.notify();
  }
}
