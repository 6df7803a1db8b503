import type { GuestKernel } from '../guest/kernel.js';
import type { KernelTimer } from '../guest/kernel-timer.js';
import type { Softirq } from '../guest/softirq.js';
import type { NetbackQueue } from './netback-queue.js';
import type { Vif } from './vif.js';

/**
 * The device queues of the vifs, which hold what netback does not take now, and the network
 * transmit softirq, which goes on with those that were stopped. It only moves packets: their CPU
 * time is part of the bridge's.
 */
export class VifQueues implements Softirq, KernelTimer {
  private readonly kernel: GuestKernel;
  private readonly softirq: number;
  private readonly vifs: readonly Vif[];
  private readonly netback: NetbackQueue;

  /** Takes a softirq of domain 0. */
  constructor(kernel: GuestKernel, vifs: readonly Vif[], netback: NetbackQueue) {
    this.kernel = kernel;
    this.vifs = vifs;
    this.netback = netback;
    this.softirq = kernel.softirqs.open(this);
    kernel.addTimer(this);
  }

  /** The bridge hands packets `from` ... `to - 1` of a list to a vif. */
  transmit(vif: Vif, packets: Int32Array, from: number, to: number): void {
    if (vif.isBarred) {
      vif.droppedBarred += to - from;
      return;
    }
    this.run(vif);
    const at = this.netback.take(vif, packets, from, to);
    if (at === to) return;
    const queued = vif.deviceQueue.pushAll(packets, at, to);
    vif.droppedIn += to - at - queued;
  }

  /** Netback takes packets again: the softirq goes on with a queue that was stopped. */
  wake(vif: Vif): void {
    if (!vif.stopped) return;
    vif.stopped = false;
    this.kernel.softirqs.raise(this.softirq);
  }

  /** Vifs that were stopped long ago are restarted, whatever their guests have done. */
  tick(): void {
    const { nowNs } = this.kernel.clock;
    for (let i = 0; i < this.vifs.length; i++) {
      const vif = this.vifs[i]!;
      if (vif.restartNs > nowNs) continue;
      vif.restartNs = Infinity;
      this.wake(vif);
    }
  }

  nextTimerNs(): number {
    let nextNs = Infinity;
    for (let i = 0; i < this.vifs.length; i++) {
      nextNs = Math.min(nextNs, this.vifs[i]!.restartNs);
    }
    return nextNs;
  }

  begin(): number {
    for (let i = 0; i < this.vifs.length; i++) this.run(this.vifs[i]!);
    return 0;
  }

  finish(): void {}

  /** Gives netback what a queue holds, oldest first, until it is stopped. */
  private run(vif: Vif): void {
    const { deviceQueue } = vif;
    if (deviceQueue.length === 0) return;
    const { packets, head, tail } = deviceQueue;
    deviceQueue.drop(this.netback.take(vif, packets, head, tail) - head);
  }
}
