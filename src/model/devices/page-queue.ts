/** A bounded first-in first-out queue of runs of pages. */
export class PageQueue {
  length = 0;
  private readonly firstPages: Float64Array;
  private readonly pages: Float64Array;
  private head = 0;

  constructor(capacity: number) {
    this.firstPages = new Float64Array(capacity);
    this.pages = new Float64Array(capacity);
  }

  push(firstPage: number, pages: number): void {
    if (this.length === this.pages.length)
      throw new Error('more block requests than a queue holds');
    const at = (this.head + this.length) % this.pages.length;
    this.firstPages[at] = firstPage;
    this.pages[at] = pages;
    this.length++;
  }

  /** Of the oldest run; only while there is one. */
  firstPage(): number {
    return this.firstPages[this.head]!;
  }

  pageCount(): number {
    return this.pages[this.head]!;
  }

  /** Drops the oldest run; only while there is one. */
  shift(): void {
    this.head = (this.head + 1) % this.pages.length;
    this.length--;
  }
}
