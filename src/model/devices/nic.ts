import type { Clock } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';
import type { Arrivals } from './arrivals.js';

/**
 * The machine's gigabit NIC: a bounded receive ring and one interrupt, which stays off while the
 * driver polls (NAPI). Packets that arrive while it is off need no event of their own: the ring
 * is filled up to the present whenever the driver looks at it, which gives the same drops.
 */
export class Nic {
  readonly arrivals: Arrivals;
  private readonly clock: Clock;
  private readonly queue: EventQueue;
  private readonly slot: number;
  private readonly gapNs: number;
  private lastInterruptNs = -Infinity;
  /** From when on the interrupt may fire; Infinity while it is off. */
  private onFromNs = -Infinity;

  constructor(clock: Clock, queue: EventQueue, slot: number, arrivals: Arrivals, gapNs: number) {
    this.clock = clock;
    this.queue = queue;
    this.slot = slot;
    this.arrivals = arrivals;
    this.gapNs = gapNs;
  }

  /** To be called after packets were put on a link: sets the interrupt for the next arrival. */
  arm(): void {
    const { onFromNs } = this;
    if (onFromNs === Infinity) return;
    const { nextNs } = this.arrivals;
    const dueNs = Math.max(nextNs, onFromNs);
    if (dueNs !== this.queue.timeOf(this.slot)) this.queue.schedule(this.slot, dueNs);
  }

  /** The interrupt fires: it stays off until the driver has emptied the ring. */
  interrupt(): void {
    this.onFromNs = Infinity;
    this.lastInterruptNs = this.clock.nowNs;
    this.queue.cancel(this.slot);
    this.collect();
  }

  /** Puts what has arrived by now into the ring. */
  collect(): void {
    this.arrivals.arrive(this.clock.nowNs);
  }

  /** The driver found the ring empty and turns the interrupt on again. */
  pollDone(): void {
    this.onFromNs = this.lastInterruptNs + this.gapNs;
    this.arm();
  }
}
