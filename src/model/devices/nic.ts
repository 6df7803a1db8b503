import type { Clock } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';
import type { Link } from './link.js';
import { PacketRing } from './packet-ring.js';

/**
 * The machine's gigabit NIC: a bounded receive ring and one interrupt, which stays off while the
 * driver polls (NAPI). Packets that arrive while it is off need no event of their own: the ring
 * is filled up to the present whenever the driver looks at it, which gives the same drops.
 */
export class Nic {
  readonly ring: PacketRing;
  dropped = 0;
  private readonly clock: Clock;
  private readonly queue: EventQueue;
  private readonly slot: number;
  private readonly links: readonly Link[];
  private readonly gapNs: number;
  private lastInterruptNs = -Infinity;
  /** From when on the interrupt may fire; Infinity while it is off. */
  private onFromNs = -Infinity;

  constructor(
    clock: Clock,
    queue: EventQueue,
    slot: number,
    links: readonly Link[],
    ringSlots: number,
    gapNs: number,
  ) {
    this.clock = clock;
    this.queue = queue;
    this.slot = slot;
    this.links = links;
    this.ring = new PacketRing(ringSlots);
    this.gapNs = gapNs;
  }

  /** To be called after packets were put on a link: sets the interrupt for the next arrival. */
  arm(): void {
    if (this.onFromNs === Infinity) return;
    const dueNs = Math.max(this.nextArrivalNs(), this.onFromNs);
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
    const { ring, clock } = this;
    for (;;) {
      const link = this.earliestLink();
      const arrivalNs = link.nextArrivalNs();
      if (arrivalNs > clock.nowNs) return;
      // What comes from several clients is taken in turns.
      const untilNs = this.links.length === 1 ? clock.nowNs : arrivalNs;
      this.dropped += link.arriveInto(ring, untilNs);
    }
  }

  /** The driver found the ring empty and turns the interrupt on again. */
  pollDone(): void {
    this.onFromNs = this.lastInterruptNs + this.gapNs;
    this.arm();
  }

  private nextArrivalNs(): number {
    return this.links.length === 0 ? Infinity : this.earliestLink().nextArrivalNs();
  }

  private earliestLink(): Link {
    let earliest = this.links[0]!;
    for (let i = 1; i < this.links.length; i++) {
      const link = this.links[i]!;
      if (link.nextArrivalNs() < earliest.nextArrivalNs()) earliest = link;
    }
    return earliest;
  }
}
