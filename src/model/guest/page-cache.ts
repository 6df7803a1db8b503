/**
 * A kernel's page cache, for pages that are read once at a time: Linux keeps such pages on its
 * inactive list, which is first in, first out. So a page is there until as many others as the
 * cache holds were brought in after it.
 */
export class PageCache {
  private readonly capacityPages: number;
  /** By page: how many had been brought in before it. */
  private broughtIn = new Float64Array(0);
  private inserted = 0;

  constructor(capacityPages: number) {
    this.capacityPages = capacityPages;
  }

  /** Makes so many more pages known, and returns the number of the first. */
  reserve(pages: number): number {
    const first = this.broughtIn.length;
    const grown = new Float64Array(first + pages).fill(-Infinity);
    grown.set(this.broughtIn);
    this.broughtIn = grown;
    return first;
  }

  has(page: number): boolean {
    return this.inserted - this.broughtIn[page]! <= this.capacityPages;
  }

  /** Brings a page in, unless it is there already. */
  insert(page: number): void {
    if (!this.has(page)) this.broughtIn[page] = this.inserted++;
  }
}
