import { EventChannel } from './event-channel.js';
import type { GuestKernel } from './kernel.js';
import type { Task } from './task.js';

/**
 * The reschedule interrupt of a VCPU, an event channel between VCPUs of one domain: another VCPU
 * has put a task on its run queue that goes before what it runs. As in Linux, none is sent for a
 * task that has to wait its turn, or if the VCPU is about to choose a task anyway.
 */
export class RescheduleIpi {
  private readonly kernel: GuestKernel;
  private readonly channel: EventChannel;

  /** Adds a line to the kernel that is interrupted; `kind` is what it books the interrupt under. */
  constructor(kernel: GuestKernel, kind: number) {
    const line = kernel.addLine();
    line.handler = nothing;
    this.kernel = kernel;
    this.channel = new EventChannel(line, kind);
  }

  /** Wakes a task of that VCPU. */
  wake(task: Task): void {
    const wasDue = this.isDue;
    this.kernel.wakeTask(task);
    this.sendUnless(wasDue);
  }

  /** Whether that VCPU is about to choose a task. */
  get isDue(): boolean {
    return this.kernel.needsReschedule;
  }

  /** Tasks of that VCPU may have been woken; `wasDue` is what `isDue` was before. */
  sendUnless(wasDue: boolean): void {
    if (!wasDue && this.isDue) this.channel.notify();
  }
}

/** The return from the interrupt is what chooses a task. */
function nothing(): void {}
