import { ZERO_NS } from '../engine/clock.js';
import { type BlockReader, PAGE_BYTES } from '../guest/block-device.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { ReadAhead } from '../guest/read-ahead.js';
import type { Task } from '../guest/task.js';
import type { FileTree } from './file-tree.js';

export interface TripwireCosts {
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
export class Tripwire implements BlockReader {
  readonly tree: FileTree;
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
