import type { SchedPcpu } from '../vcpu.js';
import { IDLE, UNDER } from './credit-constants.js';
import { CreditVcpu } from './credit-vcpu.js';

/**
 * A PCPU as the credit scheduler knows it: what runs, and the run queue, ordered by priority. The
 * queue is a ring closed by the PCPU's idle VCPU, which has the lowest priority of all and so is
 * what comes last, or first when nothing waits.
 */
export class CreditPcpu implements SchedPcpu {
  readonly number: number;
  readonly idle: CreditVcpu;
  /** The VCPU that runs; the idle one if there is nothing to run. */
  current: CreditVcpu;
  /** The sort epoch that its queue was last sorted in. */
  sortedEpoch = 0;

  constructor(number: number) {
    this.number = number;
    this.idle = new CreditVcpu(-1, -1, this, 1 << number, IDLE);
    this.current = this.idle;
  }

  /** Who is to run first; the idle VCPU if nobody waits. */
  first(): CreditVcpu {
    return this.idle.next;
  }

  /** Queues a VCPU behind all of equal or higher priority. */
  enqueue(vcpu: CreditVcpu): void {
    const { priority } = vcpu;
    let after = this.idle.next;
    while (after.priority >= priority) after = after.next;
    vcpu.joinBefore(after);
  }

  /** Moves all with priority UNDER or better, in order, ahead of those that are OVER. */
  sort(): void {
    let lastUnder = this.idle;
    let at = this.idle.next;
    while (at !== this.idle) {
      const following = at.next;
      if (at.priority >= UNDER) {
        if (lastUnder.next !== at) {
          at.leave();
          at.joinBefore(lastUnder.next);
        }
        lastUnder = at;
      }
      at = following;
    }
  }

  /** The numbers of the waiting VCPUs, first to run first. For inspection: it allocates. */
  queued(): number[] {
    const numbers: number[] = [];
    for (let at = this.idle.next; at !== this.idle; at = at.next) numbers.push(at.number);
    return numbers;
  }
}
