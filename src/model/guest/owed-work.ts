import type { Ledger } from './ledger.js';

/**
 * Short pieces of kernel or hypervisor work that a VCPU has to do before whatever is on top of
 * its stack goes on: a VCPU switch, an interrupt's entry and handler, a switch of address spaces,
 * a system call's part of a request. Done in the order in which they came up.
 */
export class OwedWork {
  totalNs = 0;
  private readonly kinds: Int32Array;
  private readonly ns: Float64Array;
  private count = 0;

  constructor(capacity: number) {
    this.kinds = new Int32Array(capacity);
    this.ns = new Float64Array(capacity);
  }

  add(kind: number, ns: number): void {
    if (ns === 0) return;
    const last = this.count - 1;
    this.totalNs += ns;
    if (last >= 0 && (this.kinds[last] === kind || this.count === this.ns.length)) {
      this.ns[last]! += ns;
      return;
    }
    this.kinds[this.count] = kind;
    this.ns[this.count] = ns;
    this.count++;
  }

  /** Spends up to `ns` on what is owed, books it, and returns what is left of `ns`. */
  pay(ns: number, ledger: Ledger, base: number): number {
    let left = ns;
    let done = 0;
    while (done < this.count && left > 0) {
      const part = Math.min(left, this.ns[done]!);
      ledger.ns[base + this.kinds[done]!]! += part;
      this.ns[done]! -= part;
      this.totalNs -= part;
      left -= part;
      if (this.ns[done] === 0) done++;
    }
    if (done > 0) {
      this.kinds.copyWithin(0, done, this.count);
      this.ns.copyWithin(0, done, this.count);
      this.count -= done;
    }
    return left;
  }
}
