import type { GuestKernel } from '../guest/kernel.js';
import type { Softirq } from '../guest/softirq.js';
import type { Dom0Step } from './dom0-step.js';
import type { Forwarding } from './forwarding.js';
import type { NetbackQueue } from './netback-queue.js';
import type { Vif } from './vif.js';
import type { VifQueues } from './vif-queues.js';

/**
 * Most packets that the tasklet takes: it stops where one more could need more slots than are left
 * of the 256 of a ring, which is 18, the pieces that a packet may have.
 */
const BATCH_PACKETS = 256 - 18;

/**
 * Netback's tasklet towards the guests: copies what the transmit function has queued into posted
 * buffers, all at once, then tells each guest. Linux runs tasklets in a softirq of their own: one
 * that is scheduled in a pass runs in the next.
 */
export class NetbackIn implements Softirq {
  private readonly kernel: GuestKernel;
  private readonly softirq: number;
  private readonly vifs: readonly Vif[];
  private readonly forwarding: Forwarding;
  private readonly queue: NetbackQueue;
  private readonly vifQueues: VifQueues;
  private readonly step: Dom0Step;
  private batch = 0;

  /** Takes a softirq of domain 0. */
  constructor(
    kernel: GuestKernel,
    vifs: readonly Vif[],
    forwarding: Forwarding,
    queue: NetbackQueue,
    vifQueues: VifQueues,
    step: Dom0Step,
  ) {
    this.kernel = kernel;
    this.vifs = vifs;
    this.forwarding = forwarding;
    this.queue = queue;
    this.vifQueues = vifQueues;
    this.step = step;
    this.softirq = kernel.softirqs.open(this);
    queue.schedule = () => kernel.softirqs.raise(this.softirq);
  }

  /** An event from a guest: it may have posted buffers. */
  event(): void {
    for (let i = 0; i < this.vifs.length; i++) {
      const vif = this.vifs[i]!;
      if (!this.queue.isFull(vif)) this.vifQueues.wake(vif);
    }
  }

  begin(): number {
    const { packets, head, length } = this.queue.packets;
    if (length === 0) return 0;
    this.batch = Math.min(length, BATCH_PACKETS);
    return this.step.begin(packets, head, head + this.batch);
  }

  finish(): void {
    const { forwarding, vifs } = this;
    const queue = this.queue.packets;
    const { packets, head } = queue;
    const to = head + this.batch;
    let at = head;
    while (at < to) {
      const end = forwarding.runEnd(packets, at, to);
      forwarding.vifOf(packets[at]!).deliver(packets, at, end);
      at = end;
    }
    queue.drop(this.batch);
    for (let i = 0; i < vifs.length; i++) this.tell(vifs[i]!);
    if (queue.length > 0) this.kernel.softirqs.raise(this.softirq);
  }

  /** After a batch: an event for a guest that has asked for one; and its vif goes on if it may. */
  private tell(vif: Vif): void {
    if (vif.wantsReceiveEvent && vif.toGuest.length > 0) {
      vif.wantsReceiveEvent = false;
      vif.front.notify();
    }
    if (!this.queue.isFull(vif)) this.vifQueues.wake(vif);
  }
}
