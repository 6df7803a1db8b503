import { ZERO_NS } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';

/**
 * Xen's periodic timer of a VCPU: an event every jiffy while the VCPU runs, which its guest asks
 * for when it starts. Events that it missed while it did not run are merged into one, from which
 * the period then counts.
 */
export class PeriodicTimer {
  private readonly queue: EventQueue;
  private readonly slot: number;
  private readonly slackNs: number;
  private readonly jiffyNs: number = ZERO_NS;
  /** When it last sent an event. */
  private lastNs = ZERO_NS;
  private armed = false;

  constructor(queue: EventQueue, slot: number, slackNs: number, jiffyNs: number) {
    this.queue = queue;
    this.slot = slot;
    this.slackNs = slackNs;
    this.jiffyNs = jiffyNs;
  }

  /** The VCPU starts to run; true if an event is due, or has been missed, and is sent now. */
  start(nowNs: number): boolean {
    if (nowNs + this.slackNs >= this.lastNs + this.jiffyNs) {
      this.sendEvent(nowNs);
      return true;
    }
    // If it did not expire while the VCPU was off its PCPU, it is still armed as it should be.
    if (!this.armed) this.arm();
    return false;
  }

  /** An event is sent. */
  sendEvent(nowNs: number): void {
    this.lastNs = nowNs;
    this.arm();
  }

  /** It expired while the VCPU did not run: Xen has stopped it. */
  stop(): void {
    this.armed = false;
    this.queue.cancel(this.slot);
  }

  private arm(): void {
    this.armed = true;
    this.queue.schedule(this.slot, this.lastNs + this.jiffyNs);
  }
}
