import type { Ledger } from './ledger.js';

/**
 * Short pieces of kernel or hypervisor work that a VCPU has to do before whatever is on top of
 * its stack goes on: a VCPU switch, an interrupt's entry and handler, a switch of address spaces,
 * a system call's part of a request. Done in the order in which they came up, each kind at once.
 */
export class OwedWork {
  totalNs = 0;
  private readonly kinds: Int32Array;
  private readonly ns: Float64Array;
  private readonly mask: number;
  private head = 0;
  private count = 0;

  /** `kinds` is the number of different kinds that there are. */
  constructor(kinds: number) {
    let size = 1;
    while (size < kinds) size *= 2;
    this.kinds = new Int32Array(size);
    this.ns = new Float64Array(size);
    this.mask = size - 1;
  }

  add(kind: number, ns: number): void {
    if (ns === 0) return;
    this.totalNs += ns;
    for (let i = 0; i < this.count; i++) {
      const at = (this.head + i) & this.mask;
      if (this.kinds[at] === kind) {
        this.ns[at]! += ns;
        return;
      }
    }
    const at = (this.head + this.count) & this.mask;
    this.kinds[at] = kind;
    this.ns[at] = ns;
    this.count++;
  }

  /** Spends up to `ns` on what is owed, books it, and returns what is left of `ns`. */
  pay(ns: number, ledger: Ledger, base: number): number {
    let left = ns;
    while (this.count > 0) {
      const owedNs = this.ns[this.head]!;
      const cell = base + this.kinds[this.head]!;
      if (owedNs > left) {
        ledger.ns[cell]! += left;
        this.ns[this.head] = owedNs - left;
        this.totalNs -= left;
        return 0;
      }
      ledger.ns[cell]! += owedNs;
      this.totalNs -= owedNs;
      left -= owedNs;
      this.head = (this.head + 1) & this.mask;
      this.count--;
    }
    return left;
  }
}
