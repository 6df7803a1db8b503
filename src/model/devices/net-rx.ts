import type { Softirq } from '../guest/softirq.js';
import type { Softirqs } from '../guest/softirqs.js';

/** What the network receive softirq polls: a device, or the packets of devices that cannot poll. */
export interface Poller {
  /** Packets that it took last. */
  readonly batch: number;
  /**
   * Takes up to `most` packets, sets the kernel's `kind` to what they are booked under, and returns
   * their CPU time in ns; 0 = it has none, and says so by itself when it has some again.
   */
  begin(most: number): number;
  /** The packets are done: their effects come now. True if it wants to be polled again. */
  finish(): boolean;
}

/** How much the softirq does, in packets. */
export interface NetRxBudgets {
  /** In one poll: a device's weight. */
  readonly poll: number;
  /** In one run, over all its polls: `netdev_budget`. */
  readonly run: number;
}

/**
 * Linux's network receive softirq (NAPI). It polls those that have packets in turn until none has
 * any or the budget of the run is used up; then it raises itself for the next pass.
 */
export class NetRx implements Softirq {
  private readonly softirqs: Softirqs;
  private readonly number: number;
  private readonly budgets: NetRxBudgets;
  private readonly pollers: Poller[] = [];
  /** Those to be polled, as bits. */
  private scheduled = 0;
  /** The one that was polled last. */
  private last = 0;
  /** What is left of the run's budget. */
  private left: number;

  /** Takes a softirq. */
  constructor(softirqs: Softirqs, budgets: NetRxBudgets) {
    this.softirqs = softirqs;
    this.budgets = budgets;
    this.left = budgets.run;
    this.number = softirqs.open(this);
  }

  /** Returns the poller's number. */
  add(poller: Poller): number {
    return this.pollers.push(poller) - 1;
  }

  /** A poller has packets. One that is to be polled anyway raises nothing. */
  schedule(number: number): void {
    const bit = 1 << number;
    if ((this.scheduled & bit) !== 0) return;
    this.scheduled |= bit;
    this.softirqs.raise(this.number);
  }

  begin(): number {
    while (this.scheduled !== 0) {
      const number = this.next();
      this.last = number;
      const ns = this.pollers[number]!.begin(Math.min(this.budgets.poll, this.left));
      if (ns > 0) return ns;
      this.scheduled &= ~(1 << number);
    }
    this.left = this.budgets.run;
    return 0;
  }

  finish(): void {
    const poller = this.pollers[this.last]!;
    this.left -= poller.batch;
    if (!poller.finish()) this.scheduled &= ~(1 << this.last);
    if (this.scheduled !== 0 && this.left > 0) {
      this.softirqs.goOn();
      return;
    }
    this.left = this.budgets.run;
    if (this.scheduled !== 0) this.softirqs.raise(this.number);
  }

  /** The first to be polled after the last one; there is one. */
  private next(): number {
    const { scheduled } = this;
    const after = scheduled & (-2 << this.last);
    const candidates = after === 0 ? scheduled : after;
    return 31 - Math.clz32(candidates & -candidates);
  }
}
