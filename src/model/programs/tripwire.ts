import { ZERO_NS } from '../engine/clock.js';
import { RandomStream } from '../engine/random-stream.js';
import { type BlockReader, PAGE_BYTES } from '../guest/block-device.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Program } from '../guest/program.js';
import { ReadAhead } from '../guest/read-ahead.js';
import type { Task } from '../guest/task.js';
import type { ProcessBase } from '../input.js';
import { scanSeries } from '../series.js';
import { type FileGroupInput, FileTree } from './file-tree.js';
import type { ProgramKind } from './program-kind.js';

/**
 * Tripwire: scans a file system, that of its own domain through a virtual disk, or in domain 0 that
 * of `watches` through a loop device on its image.
 */
export interface TripwireInput extends ProcessBase {
  readonly program: 'tripwire';
  /** The domain whose files it checks. */
  readonly watches: string;
  /** From the start of one scan to that of the next; a scan that takes longer delays it. */
  readonly everyNs: number;
  /** The file tree, in the order in which it is scanned. */
  readonly tree: readonly FileGroupInput[];
}

export const TRIPWIRE: ProgramKind<TripwireInput> = {
  worksFor: ({ watches }) => watches,
  plan: (process, { input, task, beneficiary, kernel: { kinds, domain }, storage: plan }) => {
    const readKind = kinds.addDisk('kernel', 'file reads', beneficiary);
    const image = plan.addImage(domain, beneficiary);
    return ({ seed, kernel, storage }) => {
      const { name } = process;
      const tree = new FileTree(process.tree, new RandomStream(seed, `${name}.files`));
      // There is storage if an image was planned.
      const { device, cache } = storage!.open(image, tree.imagePages);
      const readAhead = new ReadAhead(device, cache, cache.reserve(tree.imagePages));
      const { tripwireFileNs: fileNs, tripwireMbNs: hashMbNs, fileReadMbNs } = input.costs;
      const costs = { fileNs, hashMbNs, readMbNs: fileReadMbNs, readKind };
      const tripwire = new Tripwire(tree, kernel, task, readAhead, process.everyNs, costs);
      device.connect(tripwire);
      return {
        program: tripwire,
        totals: [
          { key: scanSeries.files(name), unit: 'count', read: () => tripwire.files },
          { key: scanSeries.bytes(name), unit: 'count', read: () => tripwire.bytes },
          { key: scanSeries.scans(name), unit: 'count', read: () => tripwire.scans },
        ],
      };
    };
  },
};

interface TripwireCosts {
  /** Opening a file and comparing its attributes and sums with the database. */
  readonly fileNs: number;
  /** Hashing 1 MB (10^6 bytes), and the kernel's part of reading it in pieces of 4 KB. */
  readonly hashMbNs: number;
  readonly readMbNs: number;
  /** Ledger kind of the kernel's part. */
  readonly readKind: number;
}

/**
 * Tripwire: opens one file of the tree after another, reads it to its end and hashes it, and waits
 * for the disk where the page cache and read-ahead have nothing for it. A unit of work is what it
 * can do without waiting, at most a window of read-ahead.
 */
class Tripwire implements Program, BlockReader {
  private readonly tree: FileTree;
  files = 0;
  scans = 0;
  bytes = 0;
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly readAhead: ReadAhead;
  private readonly everyNs: number;
  private readonly costs: TripwireCosts;
  private nextScanNs = ZERO_NS;
  /** File that it is on; -1 between two scans. */
  private file = -1;
  private isOpen = false;
  private unitPages = 0;
  private unitBytes = 0;
  private leftBytes = 0;

  /** Scans start `everyNs` apart, or one right after the other if they take longer. */
  constructor(
    tree: FileTree,
    kernel: GuestKernel,
    task: Task,
    readAhead: ReadAhead,
    everyNs: number,
    costs: TripwireCosts,
  ) {
    this.tree = tree;
    this.kernel = kernel;
    this.task = task;
    this.readAhead = readAhead;
    this.everyNs = everyNs;
    this.costs = costs;
  }

  readDone(firstPage: number, pages: number): void {
    this.readAhead.readDone(firstPage, pages);
    this.kernel.wakeTask(this.task);
  }

  begin(): number {
    if (this.file < 0 && !this.startScan()) return 0;
    if (!this.isOpen) return this.costs.fileNs;
    this.unitPages = this.readAhead.available();
    if (this.unitPages === 0) {
      this.task.waitsForDisk = true;
      return 0;
    }
    const bytes = Math.min(this.leftBytes, this.unitPages * PAGE_BYTES);
    this.unitBytes = bytes;
    this.kernel.owe(this.costs.readKind, Math.round((bytes * this.costs.readMbNs) / 1e6));
    return Math.max(1, Math.round((bytes * this.costs.hashMbNs) / 1e6));
  }

  finish(): void {
    if (!this.isOpen) {
      this.isOpen = true;
      this.leftBytes = this.tree.sizesBytes[this.file]!;
      const pages = Math.ceil(this.leftBytes / PAGE_BYTES);
      this.readAhead.open(this.tree.firstPages[this.file]!, pages);
      return;
    }
    this.bytes += this.unitBytes;
    this.leftBytes -= this.unitBytes;
    this.readAhead.advance(this.unitPages);
    if (this.readAhead.isAtEnd()) this.closeFile();
  }

  /** False if it is not time for the next scan; then it sleeps until it is. */
  private startScan(): boolean {
    const { nowNs } = this.kernel.clock;
    if (nowNs < this.nextScanNs) {
      this.task.waitsForDisk = false;
      this.kernel.sleepUntil(this.task, this.nextScanNs);
      return false;
    }
    this.nextScanNs = nowNs + this.everyNs;
    this.file = 0;
    return true;
  }

  private closeFile(): void {
    this.isOpen = false;
    this.files++;
    this.file++;
    if (this.file < this.tree.sizesBytes.length) return;
    this.file = -1;
    this.scans++;
  }
}
