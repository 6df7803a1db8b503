import { Vcpu } from '../vcpu.js';
import type { CreditPcpu } from './credit-pcpu.js';

/** Flag of a VCPU that accounting has paused because it overdrew its domain's cap. */
export const PARKED = 1;

/** A VCPU as the credit scheduler knows it, and its place in a run queue. */
export class CreditVcpu extends Vcpu {
  declare pcpu: CreditPcpu;
  /** BOOST, UNDER, OVER, or IDLE for an idle VCPU. */
  priority: number;
  credit = 0;
  /** PARKED or 0. */
  flags = 0;
  /** Neighbours in a run queue, which is a ring; itself if it is in none. */
  next: CreditVcpu;
  previous: CreditVcpu;

  constructor(
    number: number,
    domain: number,
    pcpu: CreditPcpu,
    affinity: number,
    priority: number,
  ) {
    super(number, domain, pcpu, affinity);
    this.priority = priority;
    this.next = this;
    this.previous = this;
  }

  override isParked(): boolean {
    return (this.flags & PARKED) !== 0;
  }

  isQueued(): boolean {
    return this.next !== this;
  }

  /** Puts it into a run queue, before another or, at its end, before the queue's idle VCPU. */
  joinBefore(after: CreditVcpu): void {
    const before = after.previous;
    this.previous = before;
    this.next = after;
    before.next = this;
    after.previous = this;
  }

  /** Takes it out of its run queue. */
  leave(): void {
    const { next, previous } = this;
    previous.next = next;
    next.previous = previous;
    this.next = this;
    this.previous = this;
  }
}
