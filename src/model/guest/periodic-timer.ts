import { ZERO_NS } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';
import { JIFFY_NS } from './jiffies.js';

/**
 * Xen's periodic timer of a VCPU: an event every jiffy while the VCPU runs. Events that it missed
 * while it did not run are merged into one, from which the period then counts.
 */
export class PeriodicTimer {
  /** When it last sent an event. */
  lastNs = ZERO_NS;
  private readonly queue: EventQueue;
  private readonly slot: number;

  constructor(queue: EventQueue, slot: number) {
    this.queue = queue;
    this.slot = slot;
  }

  /** The VCPU starts to run; true if an event has been missed and is sent now. */
  start(nowNs: number): boolean {
    const missed = nowNs > this.lastNs + JIFFY_NS;
    if (missed) this.lastNs = nowNs;
    // A timer that did not expire while the VCPU was off its PCPU is still armed as it should be.
    const nextNs = this.lastNs + JIFFY_NS;
    if (this.queue.timeOf(this.slot) !== nextNs) this.queue.schedule(this.slot, nextNs);
    return missed;
  }

  /** It expired while the VCPU ran: an event is sent. */
  sendEvent(nowNs: number): void {
    this.lastNs = nowNs;
    this.queue.schedule(this.slot, nowNs + JIFFY_NS);
  }

  /** It expired while the VCPU did not run: Xen has stopped it. */
  stop(): void {
    this.queue.cancel(this.slot);
  }
}
