import type { GuestKernel } from '../guest/kernel.js';
import { clientOf } from './packet.js';
import type { Tap } from './taps.js';
import type { Vif } from './vif.js';
import type { VifQueues } from './vif-queues.js';

/** What a mirror connects. */
export interface MirrorPorts {
  /** The watched guest's vif. */
  readonly from: Vif;
  /** The one that leads to the guest which watches. */
  readonly to: Vif;
  /** By client index: what is added to a packet to make the copy's address of its client. */
  readonly address: Int32Array;
}

/**
 * A mirror in domain 0's bridge: each packet that a sniffer on a vif would see, either way, goes to
 * another vif as well. A copy is one more packet through the bridge and netback, and costs domain 0
 * as much. It bears a client's number of its own, by which the bridge knows where it goes.
 */
export class Mirror implements Tap {
  private readonly kernel: GuestKernel;
  private readonly to: Vif;
  private readonly address: Int32Array;
  private readonly queues: VifQueues;
  private readonly bridgeNs: number;
  private copies = new Int32Array(256);

  /** `bridgeNs` is the bridge's CPU time for a packet. */
  constructor(
    kernel: GuestKernel,
    { to, address }: MirrorPorts,
    queues: VifQueues,
    bridgeNs: number,
  ) {
    this.kernel = kernel;
    this.to = to;
    this.address = address;
    this.queues = queues;
    this.bridgeNs = bridgeNs;
  }

  packet(packet: number): void {
    this.copies[0] = packet;
    this.batch(this.copies, 0, 1);
  }

  batch(packets: Int32Array, from: number, to: number): void {
    const count = to - from;
    if (count > this.copies.length) this.copies = new Int32Array(2 * count);
    const { copies, address } = this;
    for (let i = 0; i < count; i++) {
      const packet = packets[from + i]!;
      copies[i] = packet + address[clientOf(packet)]!;
    }
    this.kernel.owe(this.to.kinds.bridgeIn, count * this.bridgeNs);
    this.queues.transmit(this.to, copies, 0, count);
  }
}
