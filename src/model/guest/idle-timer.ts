import type { EventQueue } from '../engine/event-queue.js';
import { JIFFY_NS } from './jiffies.js';

/**
 * The single-shot timer of a VCPU: a guest that goes idle asks to be woken for its kernel's next
 * timer, as it has no ticks while it is blocked.
 */
export class IdleTimer {
  private readonly queue: EventQueue;
  private readonly slot: number;

  constructor(queue: EventQueue, slot: number) {
    this.queue = queue;
    this.slot = slot;
  }

  /** If it is armed, it is early enough: see `disarm`. */
  isArmed(): boolean {
    return this.queue.timeOf(this.slot) !== Infinity;
  }

  /** A timer that is due already waits for the next jiffy after a timer event, as any does. */
  arm(timerNs: number, lastTimerNs: number): void {
    const atNs = Math.max(timerNs, lastTimerNs + JIFFY_NS);
    if (atNs !== Infinity) this.queue.schedule(this.slot, atNs);
  }

  /** To be called when it fired, or when an earlier timer than it knows of was added. */
  disarm(): void {
    this.queue.cancel(this.slot);
  }
}
