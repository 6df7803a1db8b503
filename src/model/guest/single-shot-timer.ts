import { type Clock, ZERO_NS } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';

/**
 * The single-shot timer of a VCPU. Before it blocks, a guest sets it to the jiffy in which its
 * kernel's next timer ends, as it has no ticks while it is blocked. It stays set when the guest is
 * woken by something else, and fires then, too.
 */
export class SingleShotTimer {
  private readonly clock: Clock;
  private readonly queue: EventQueue;
  private readonly slot: number;
  private readonly jiffyNs: number = ZERO_NS;
  /** What it was last set for; negative if it has fired since. */
  private setForNs = -1;
  /** End of the jiffy in which the last timer interrupt was: what is due waits for it, at least. */
  private jiffyEndNs: number = ZERO_NS;

  constructor(clock: Clock, queue: EventQueue, slot: number, jiffyNs: number) {
    this.clock = clock;
    this.queue = queue;
    this.slot = slot;
    this.jiffyNs = jiffyNs;
    this.jiffyEndNs = jiffyNs;
  }

  /** The guest takes a timer interrupt. */
  ticked(): void {
    this.jiffyEndNs = (Math.floor(this.clock.nowNs / this.jiffyNs) + 1) * this.jiffyNs;
  }

  /** The guest is idle until a timer at `timerNs`; Infinity if it has none. */
  set(timerNs: number): void {
    const forNs = Math.max(timerNs, this.jiffyEndNs);
    if (forNs === this.setForNs) return;
    this.setForNs = forNs;
    const atNs = Math.ceil(forNs / this.jiffyNs) * this.jiffyNs;
    this.queue.schedule(this.slot, Math.max(atNs, this.clock.nowNs));
  }

  /** Its slot is due. */
  fires(): void {
    this.setForNs = -1;
    this.queue.cancel(this.slot);
  }
}
