import type { BlockDevice, BlockReader } from '../guest/block-device.js';
import type { GuestKernel } from '../guest/kernel.js';
import { type BlockRing, REQUEST_PAGES } from './block-ring.js';

/**
 * The guest's end of a virtual disk: cuts a read into requests of the ring's size, grants their
 * pages to domain 0, and hands them up when the responses come.
 */
export class Blkfront implements BlockDevice {
  private readonly kernel: GuestKernel;
  private readonly ring: BlockRing;
  private readonly kind: number;
  private readonly requestNs: number;
  private reader: BlockReader | null = null;

  /** `requestNs` is the guest's CPU time for a request, booked under `kind`. */
  constructor(kernel: GuestKernel, ring: BlockRing, kind: number, requestNs: number) {
    this.kernel = kernel;
    this.ring = ring;
    this.kind = kind;
    this.requestNs = requestNs;
  }

  /** To be called once, before the first read. */
  connect(reader: BlockReader): void {
    this.reader = reader;
  }

  read(firstPage: number, pages: number): void {
    const { requests } = this.ring;
    const wasEmpty = requests.length === 0;
    for (let done = 0; done < pages; done += REQUEST_PAGES) {
      requests.push(firstPage + done, Math.min(REQUEST_PAGES, pages - done));
      this.kernel.owe(this.kind, this.requestNs);
    }
    if (wasEmpty) this.ring.back.notify();
  }

  /** The interrupt handler: hands up what has come. */
  interrupt(): void {
    const { responses } = this.ring;
    while (responses.length > 0) {
      const firstPage = responses.firstPage();
      const pages = responses.pageCount();
      responses.shift();
      this.reader!.readDone(firstPage, pages);
    }
  }
}
