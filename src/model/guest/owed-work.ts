import { ZERO_NS } from '../engine/clock.js';
import type { Context } from '../result.js';
import type { Ledger } from './ledger.js';

/**
 * Short pieces of kernel or hypervisor work that a VCPU has to do before whatever is on top of
 * its stack goes on: a VCPU switch, an interrupt's entry and handler, a switch of address spaces,
 * a system call's part of a request. Done in the order in which they came up, each kind at once.
 *
 * The first three kinds, mostly all that is owed, are kept in fields: an element of an array takes
 * V8 several times the instructions of a field.
 */
export class OwedWork {
  totalNs = ZERO_NS;
  /** How many kinds are owed. Read only for others. */
  count = 0;
  private firstKind = 0;
  private firstNs = ZERO_NS;
  private secondKind = 0;
  private secondNs = ZERO_NS;
  private thirdKind = 0;
  private thirdNs = ZERO_NS;
  /** The others, from the fourth on. */
  private readonly otherKinds: Int32Array;
  private readonly otherNs: Float64Array;

  /** `kinds` is the number of different kinds that there are. */
  constructor(kinds: number) {
    this.otherKinds = new Int32Array(kinds);
    this.otherNs = new Float64Array(kinds);
  }

  add(kind: number, ns: number): void {
    if (ns === 0) return;
    this.totalNs += ns;
    if (this.count === 0) {
      this.firstKind = kind;
      this.firstNs = ns;
      this.count = 1;
    } else if (kind === this.firstKind) {
      this.firstNs += ns;
    } else if (this.count === 1) {
      this.secondKind = kind;
      this.secondNs = ns;
      this.count = 2;
    } else if (kind === this.secondKind) {
      this.secondNs += ns;
    } else if (this.count === 2) {
      this.thirdKind = kind;
      this.thirdNs = ns;
      this.count = 3;
    } else if (kind === this.thirdKind) {
      this.thirdNs += ns;
    } else {
      this.addOther(kind, ns);
    }
  }

  /** The kinds owed, in the order in which they will be done; for `at < count`. */
  kindAt(at: number): number {
    if (at === 0) return this.firstKind;
    if (at === 1) return this.secondKind;
    return at === 2 ? this.thirdKind : this.otherKinds[at - 3]!;
  }

  /** Whether work of a context is owed. */
  includes(ledger: Ledger, context: Context): boolean {
    for (let i = 0; i < this.count; i++) {
      if (ledger.kinds[this.kindAt(i)]!.context === context) return true;
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
    this.payAll(ledger, base);
    return ns - owedNs;
  }

  /** All that is owed has been done: books it. */
  payAll(ledger: Ledger, base: number): void {
    const { count } = this;
    const cells = ledger.ns;
    if (count > 0) cells[base + this.firstKind]! += this.firstNs;
    if (count > 1) cells[base + this.secondKind]! += this.secondNs;
    if (count > 2) cells[base + this.thirdKind]! += this.thirdNs;
    if (count > 3) this.payOthers(cells, base);
    this.count = 0;
    this.totalNs = 0;
  }

  private payOthers(cells: Float64Array, base: number): void {
    const others = this.count - 3;
    for (let i = 0; i < others; i++) cells[base + this.otherKinds[i]!]! += this.otherNs[i]!;
  }

  private payPart(ns: number, ledger: Ledger, base: number): void {
    this.totalNs -= ns;
    let left = ns;
    while (this.firstNs <= left) {
      ledger.ns[base + this.firstKind]! += this.firstNs;
      left -= this.firstNs;
      this.dropFirst();
    }
    ledger.ns[base + this.firstKind]! += left;
    this.firstNs -= left;
  }

  private addOther(kind: number, ns: number): void {
    const others = this.count - 3;
    for (let i = 0; i < others; i++) {
      if (this.otherKinds[i] !== kind) continue;
      this.otherNs[i]! += ns;
      return;
    }
    this.otherKinds[others] = kind;
    this.otherNs[others] = ns;
    this.count++;
  }

  private dropFirst(): void {
    this.count--;
    this.firstKind = this.secondKind;
    this.firstNs = this.secondNs;
    if (this.count < 2) return;
    this.secondKind = this.thirdKind;
    this.secondNs = this.thirdNs;
    if (this.count < 3) return;
    this.thirdKind = this.otherKinds[0]!;
    this.thirdNs = this.otherNs[0]!;
    for (let i = 0; i < this.count - 3; i++) {
      this.otherKinds[i] = this.otherKinds[i + 1]!;
      this.otherNs[i] = this.otherNs[i + 1]!;
    }
  }
}
