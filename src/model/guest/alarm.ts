import type { EventQueue } from '../engine/event-queue.js';
import type { InterruptLine } from './interrupt-line.js';

/**
 * An exact timer of a guest, as a VCPU can ask Xen for one: it interrupts the guest at its time,
 * not at the next jiffy.
 */
export class Alarm {
  private readonly queue: EventQueue;
  private readonly slot: number;
  private readonly line: InterruptLine;
  private readonly kind: number;

  /** `kind` is what the guest's kernel books the interrupt under. */
  constructor(queue: EventQueue, slot: number, line: InterruptLine, kind: number) {
    this.queue = queue;
    this.slot = slot;
    this.line = line;
    this.kind = kind;
  }

  set(timeNs: number): void {
    this.queue.schedule(this.slot, timeNs);
  }

  /** What the interrupt does. */
  set handler(handler: () => void) {
    this.line.handler = handler;
  }

  /** Its slot is due. */
  fires(): void {
    this.queue.cancel(this.slot);
    this.line.raise(this.kind);
  }
}
