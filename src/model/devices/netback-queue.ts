import type { GuestKernel } from '../guest/kernel.js';
import { PacketRing } from './packet-ring.js';
import type { Vif } from './vif.js';

/** Netback leaves a vif stopped no longer than this. */
const RESTART_NS = 500_000_000;

/**
 * Netback's transmit function of the vifs: it only queues packets, for its tasklet, and drops what
 * finds a guest's ring full. This is where sniffers see what goes to a guest.
 */
export class NetbackQueue {
  readonly packets: PacketRing;
  /** Schedules the tasklet. */
  schedule: () => void = noTasklet;
  private readonly kernel: GuestKernel;
  /** A ring with fewer free slots is full: a packet may need so many. */
  private readonly slots: number;

  /** `buffers` is how many all guests can have posted. */
  constructor(kernel: GuestKernel, slots: number, buffers: number) {
    this.kernel = kernel;
    this.slots = slots;
    this.packets = new PacketRing(buffers);
  }

  isFull(vif: Vif): boolean {
    return vif.postedBuffers < this.slots;
  }

  /**
   * Takes packets `from` ... `to - 1` of a list that leave a vif's device queue, until one makes
   * the guest's ring full and so stops the vif; returns the place of the next, or `to`. All that
   * find it full are dropped: the vif has been restarted, and no buffers have come.
   */
  take(vif: Vif, packets: Int32Array, from: number, to: number): number {
    if (vif.stopped) return from;
    const { taps } = vif;
    if (this.isFull(vif)) {
      taps.batch(packets, from, to);
      vif.droppedFull += to - from;
      return to;
    }
    const count = Math.min(to - from, vif.postedBuffers - this.slots + 1);
    const end = from + count;
    taps.batch(packets, from, end);
    this.packets.pushAll(packets, from, end);
    vif.postedBuffers -= count;
    if (this.isFull(vif)) this.stop(vif);
    this.schedule();
    return end;
  }

  private stop(vif: Vif): void {
    vif.stopped = true;
    vif.bufferEventAt = this.slots;
    vif.restartNs = this.kernel.clock.nowNs + RESTART_NS;
  }
}

function noTasklet(): void {
  throw new Error('netback has no tasklet');
}
