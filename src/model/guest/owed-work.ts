import { ZERO_NS } from '../engine/clock.js';
import type { Context } from '../result.js';
import type { Ledger } from './ledger.js';

/**
 * Short pieces of kernel or hypervisor work that a VCPU has to do before whatever is on top of
 * its stack goes on: a VCPU switch, an interrupt's entry and handler, a switch of address spaces,
 * a system call's part of a request. Done in the order in which they came up, each kind at once.
 */
export class OwedWork {
  totalNs = ZERO_NS;
  /** The kinds owed, in the order in which they will be done. */
  readonly kinds: Int32Array;
  /** By kind. */
  private readonly ns: Float64Array;
  count = 0;

  /** `kinds` is the number of different kinds that there are. */
  constructor(kinds: number) {
    this.kinds = new Int32Array(kinds);
    this.ns = new Float64Array(kinds);
  }

  add(kind: number, ns: number): void {
    if (ns === 0) return;
    this.totalNs += ns;
    const openNs = this.ns[kind]!;
    if (openNs === 0) this.kinds[this.count++] = kind;
    this.ns[kind] = openNs + ns;
  }

  /** Whether work of a context is owed. */
  includes(ledger: Ledger, context: Context): boolean {
    for (let i = 0; i < this.count; i++) {
      if (ledger.kinds[this.kinds[i]!]!.context === context) return true;
    }
    return false;
  }

  /** Spends up to `ns` on what is owed, books it, and returns what is left of `ns`. */
  pay(ns: number, ledger: Ledger, base: number): number {
    const owedNs = this.totalNs;
    if (ns < owedNs) {
      this.payPart(ns, ledger, base);
      return 0;
    }
    const cells = ledger.ns;
    for (let i = 0; i < this.count; i++) {
      const kind = this.kinds[i]!;
      cells[base + kind]! += this.ns[kind]!;
      this.ns[kind] = 0;
    }
    this.count = 0;
    this.totalNs = 0;
    return ns - owedNs;
  }

  private payPart(ns: number, ledger: Ledger, base: number): void {
    this.totalNs -= ns;
    let left = ns;
    let paid = 0;
    let kind = this.kinds[0]!;
    while (this.ns[kind]! <= left) {
      ledger.ns[base + kind]! += this.ns[kind]!;
      left -= this.ns[kind]!;
      this.ns[kind] = 0;
      kind = this.kinds[++paid]!;
    }
    ledger.ns[base + kind]! += left;
    this.ns[kind]! -= left;
    this.count -= paid;
    // A loop, as there are two or three: `copyWithin` calls into V8's runtime.
    for (let i = 0; i < this.count; i++) this.kinds[i] = this.kinds[i + paid]!;
  }
}
