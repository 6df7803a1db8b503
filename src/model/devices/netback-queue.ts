import { PacketRing } from './packet-ring.js';
import type { TapPoint } from './taps.js';
import type { Vif } from './vif.js';

/**
 * Netback's transmit function of the vifs: it only queues packets, for its tasklet. This is where
 * sniffers see what goes to a guest.
 */
export class NetbackQueue {
  readonly packets: PacketRing;
  /** Schedules the tasklet. */
  schedule: () => void = noTasklet;
  /** Sniffers on each vif, by domain index. */
  private readonly taps: readonly TapPoint[];

  /** `slots` is the number of buffers that all guests can have posted. */
  constructor(slots: number, taps: readonly TapPoint[]) {
    this.packets = new PacketRing(slots);
    this.taps = taps;
  }

  /**
   * Takes packets `from` ... `to - 1` of a list that leave a vif's device queue, until the vif is
   * stopped for want of buffers; returns the place of the first that was not taken, or `to`.
   */
  take(vif: Vif, packets: Int32Array, from: number, to: number): number {
    if (vif.stopped) return from;
    const end = Math.min(to, from + vif.postedBuffers);
    this.taps[vif.domain]!.batch(packets, from, end);
    this.packets.pushAll(packets, from, end);
    vif.postedBuffers -= end - from;
    if (vif.postedBuffers === 0) vif.stopped = true;
    this.schedule();
    return end;
  }
}

function noTasklet(): void {
  throw new Error('netback has no tasklet');
}
