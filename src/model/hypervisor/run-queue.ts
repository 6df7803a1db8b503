import { UNDER } from './credit-constants.js';
import { LinkedLists } from './linked-lists.js';

/**
 * The run queue of every PCPU, ordered by priority. A queue's anchor doubles as the PCPU's idle
 * VCPU: it has the lowest priority of all and so is what comes last, or first when nothing waits.
 */
export class RunQueues extends LinkedLists {
  /** @param priority of every VCPU, then of every PCPU's idle VCPU */
  constructor(
    vcpus: number,
    pcpus: number,
    private readonly priority: Int32Array,
  ) {
    super(vcpus, pcpus);
  }

  /** Queues a VCPU behind all of equal or higher priority. */
  enqueue(pcpu: number, vcpu: number): void {
    const priority = this.priority;
    const own = priority[vcpu]!;
    const end = this.anchor(pcpu);
    let before = end;
    let at = this.next[end]!;
    while (priority[at]! >= own) {
      before = at;
      at = this.next[at]!;
    }
    this.insertAfter(before, vcpu);
  }

  /** Moves all with priority UNDER or better, in order, ahead of those that are OVER. */
  sort(pcpu: number): void {
    const end = this.anchor(pcpu);
    let lastUnder = end;
    let at = this.next[end]!;
    while (at !== end) {
      const after = this.next[at]!;
      if (this.priority[at]! >= UNDER) {
        if (this.next[lastUnder] !== at) {
          this.remove(at);
          this.insertAfter(lastUnder, at);
        }
        lastUnder = at;
      }
      at = after;
    }
  }
}
