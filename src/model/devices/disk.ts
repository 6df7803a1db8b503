import { type Clock, ZERO_NS } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';
import type { RandomStream } from '../engine/random-stream.js';
import { PAGE_BYTES } from '../guest/block-device.js';
import type { DiskInput } from '../input.js';

/**
 * The machine's disk: one arm, one request at a time, in the order in which they came. A request
 * that begins where the last one ended needs no positioning, even after a pause, because the drive
 * reads on into its own buffer; any other takes a seek and waits for the platter, uniform between
 * nothing and a turn.
 */
export class Disk {
  pagesRead = 0;
  /** Requests that are out, the one being served included. */
  waitingCount = 0;
  private readonly clock: Clock;
  private readonly queue: EventQueue;
  private readonly slot: number;
  private readonly input: DiskInput;
  private readonly random: RandomStream;
  /** By reader: what it has asked for. A reader has one request out at most. */
  private readonly firstPages: Float64Array;
  private readonly pages: Float64Array;
  /** Readers that wait for the disk, the one being served first. */
  private readonly waiting: Int32Array;
  private readonly finished: Int32Array;
  private finishedCount = 0;
  private headPage = -1;
  private servedNs = ZERO_NS;
  private startedNs = ZERO_NS;

  constructor(
    clock: Clock,
    queue: EventQueue,
    slot: number,
    input: DiskInput,
    random: RandomStream,
    readers: number,
  ) {
    this.clock = clock;
    this.queue = queue;
    this.slot = slot;
    this.input = input;
    this.random = random;
    this.firstPages = new Float64Array(readers);
    this.pages = new Float64Array(readers);
    this.waiting = new Int32Array(readers);
    this.finished = new Int32Array(readers);
  }

  read(reader: number, firstPage: number, pages: number): void {
    this.firstPages[reader] = firstPage;
    this.pages[reader] = pages;
    this.waiting[this.waitingCount++] = reader;
    if (this.waitingCount === 1) this.start();
  }

  /** Time of its slot: a request is done, and the disk goes on with the next. */
  requestDone(): void {
    const reader = this.waiting[0]!;
    this.waiting.copyWithin(0, 1, this.waitingCount--);
    this.finished[this.finishedCount++] = reader;
    this.pagesRead += this.pages[reader]!;
    this.servedNs += this.clock.nowNs - this.startedNs;
    if (this.waitingCount > 0) this.start();
    else this.queue.cancel(this.slot);
  }

  /** The reader whose request was the first to be done and not yet taken; -1 if there is none. */
  firstFinished(): number {
    return this.finishedCount === 0 ? -1 : this.finished[0]!;
  }

  takeFinished(): number {
    const reader = this.finished[0]!;
    this.finished.copyWithin(0, 1, this.finishedCount--);
    return reader;
  }

  /** Time in which it was busy up to now. */
  busyNs(): number {
    const openNs = this.waitingCount === 0 ? 0 : this.clock.nowNs - this.startedNs;
    return this.servedNs + openNs;
  }

  private start(): void {
    const { seekNs, rotationNs, bytesPerSecond } = this.input;
    const reader = this.waiting[0]!;
    const firstPage = this.firstPages[reader]!;
    const pages = this.pages[reader]!;
    let serviceNs = Math.round((pages * PAGE_BYTES * 1e9) / bytesPerSecond);
    if (firstPage !== this.headPage) serviceNs += seekNs + this.random.integer(rotationNs);
    this.headPage = firstPage + pages;
    this.startedNs = this.clock.nowNs;
    this.queue.schedule(this.slot, this.startedNs + serviceNs);
  }
}
