import type { CreditPcpu } from './credit-pcpu.js';

/** What keeps a VCPU from being runnable: two marks and, from bit 2 upwards, the pause count. */
export const BLOCKED = 1;
export const MIGRATING = 2;
export const PAUSED_ONCE = 4;

/** Flag of a VCPU that accounting has paused because it overdrew its domain's cap. */
export const PARKED = 1;

/** A VCPU as the credit scheduler knows it, and its place in a run queue. It is created paused. */
export class CreditVcpu {
  /** Index among the VCPUs; -1 for a PCPU's idle VCPU, which stays paused for good. */
  readonly number: number;
  readonly domain: number;
  /** Set of the PCPUs that it may run on. */
  readonly affinity: number;
  /** BOOST, UNDER, OVER, or IDLE for an idle VCPU. */
  priority: number;
  credit = 0;
  /** PARKED or 0. */
  flags = 0;
  /** 0 if it is runnable. */
  holds = PAUSED_ONCE;
  /** The PCPU that it runs on, or whose run queue it joins. */
  pcpu: CreditPcpu;
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
    this.number = number;
    this.domain = domain;
    this.pcpu = pcpu;
    this.affinity = affinity;
    this.priority = priority;
    this.next = this;
    this.previous = this;
  }

  isRunning(): boolean {
    return this.pcpu.current === this;
  }

  isRunnable(): boolean {
    return this.holds === 0;
  }

  isBlocked(): boolean {
    return (this.holds & BLOCKED) !== 0;
  }

  isParked(): boolean {
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
