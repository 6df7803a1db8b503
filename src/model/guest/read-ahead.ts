import type { BlockDevice, BlockReader } from './block-device.js';
import type { PageCache } from './page-cache.js';

/** The first window of a file that is read from its beginning: 16 KB. Each next one doubles. */
const FIRST_WINDOW_PAGES = 4;
/** Linux 2.6 reads ahead 128 KB at most. */
const MAX_WINDOW_PAGES = 32;

/**
 * Read-ahead of Linux 2.6 for a file that is read in order from its beginning. The kernel keeps two
 * windows: the current one, which the reader is in, and the one ahead of it, which it asks for when
 * the reader enters the current one (in the first window, with its second page), so that the disk
 * works while the reader does. Pages that the page cache still has at the front of a window are not
 * asked for again. Page numbers within the file count from 0.
 */
export class ReadAhead implements BlockReader {
  private readonly device: BlockDevice;
  private readonly cache: PageCache;
  /** Number in the cache of the device's page 0. */
  private readonly cacheBase: number;
  private filePage = 0;
  private filePages = 0;
  private windowPages = 0;
  /** Where the reader is. */
  private at = 0;
  private currentEnd = 0;
  /** End of what was asked for: of the window ahead, if there is one. */
  private requestedEnd = 0;
  private arrivedEnd = 0;
  private outstandingPages = 0;

  constructor(device: BlockDevice, cache: PageCache, cacheBase: number) {
    this.device = device;
    this.cache = cache;
    this.cacheBase = cacheBase;
  }

  /** Starts on a file of so many pages, at least one; the last one was read to its end. */
  open(filePage: number, pages: number): void {
    this.filePage = filePage;
    this.filePages = pages;
    this.windowPages = 0;
    this.at = 0;
    this.requestedEnd = 0;
    this.arrivedEnd = 0;
    this.request();
    this.currentEnd = this.requestedEnd;
  }

  /** Pages that the reader can go through before anything has to happen; 0: it has to wait. */
  available(): number {
    const end = Math.min(this.arrivedEnd, this.currentEnd);
    return this.at === 0 && end > 0 && this.wantsWindow() ? 1 : end - this.at;
  }

  /** The reader has gone through so many of the available pages. */
  advance(pages: number): void {
    this.at += pages;
    if (this.at === this.currentEnd) this.currentEnd = this.requestedEnd;
    if (this.wantsWindow()) this.request();
  }

  isAtEnd(): boolean {
    return this.at === this.filePages;
  }

  readDone(firstPage: number, pages: number): void {
    for (let page = firstPage; page < firstPage + pages; page++) {
      this.cache.insert(this.cacheBase + page);
    }
    this.outstandingPages -= pages;
    this.arrivedEnd =
      this.outstandingPages === 0 ? this.requestedEnd : firstPage + pages - this.filePage;
  }

  /** Whether there is no window ahead and the file goes on. */
  private wantsWindow(): boolean {
    return this.requestedEnd === this.currentEnd && this.requestedEnd < this.filePages;
  }

  private request(): void {
    this.windowPages =
      this.windowPages === 0
        ? FIRST_WINDOW_PAGES
        : Math.min(MAX_WINDOW_PAGES, 2 * this.windowPages);
    const end = Math.min(this.filePages, this.requestedEnd + this.windowPages);
    let missing = this.requestedEnd;
    while (missing < end && this.cache.has(this.cacheBase + this.filePage + missing)) missing++;
    this.requestedEnd = end;
    if (this.outstandingPages === 0) this.arrivedEnd = missing;
    if (missing === end) return;
    this.outstandingPages += end - missing;
    this.device.read(this.filePage + missing, end - missing);
  }
}
