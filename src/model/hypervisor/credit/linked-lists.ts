/**
 * Several doubly linked lists over the items 0 ... items - 1, each item being in at most one list.
 * Each list is a ring closed by an anchor of its own, numbered from `items` upwards.
 */
export class LinkedLists {
  /** Successor of each item and anchor; -1 for an item that is in no list. */
  readonly next: Int32Array;
  readonly previous: Int32Array;

  constructor(
    private readonly items: number,
    lists: number,
  ) {
    this.next = new Int32Array(items + lists).fill(-1);
    this.previous = new Int32Array(items + lists).fill(-1);
    for (let anchor = items; anchor < items + lists; anchor++) {
      this.next[anchor] = anchor;
      this.previous[anchor] = anchor;
    }
  }

  /** The anchor of a list: the successor of its last item. */
  anchor(list: number): number {
    return this.items + list;
  }

  /** First item of a list, or its anchor if the list is empty. */
  first(list: number): number {
    return this.next[this.items + list]!;
  }

  contains(item: number): boolean {
    return this.next[item]! >= 0;
  }

  /** Puts an item that is in no list behind `before`, an item or an anchor. */
  insertAfter(before: number, item: number): void {
    const after = this.next[before]!;
    this.next[before] = item;
    this.previous[item] = before;
    this.next[item] = after;
    this.previous[after] = item;
  }

  /** Takes an item out of its list. */
  remove(item: number): void {
    const before = this.previous[item]!;
    const after = this.next[item]!;
    this.next[before] = after;
    this.previous[after] = before;
    this.next[item] = -1;
  }
}
