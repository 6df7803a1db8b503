import type { GuestKernel } from '../guest/kernel.js';
import { clientOf, REQUEST, SYN } from './packet.js';
import type { Tap } from './taps.js';
import type { Vif } from './vif.js';

/** Packet types that the kernel answers at once, as bits. */
const ANSWERED = (1 << SYN) | (1 << REQUEST);

/** The guest's network softirq. */
export const NETFRONT = 0;

/** Who gets a received packet: the listening end of the guest's TCP. */
export interface PacketSink {
  receive(packet: number): void;
}

/** Netback's event channel as netfront reaches it. */
export interface NetbackEvents {
  raiseNetback(domain: number): void;
}

export interface NetfrontCosts {
  /** The guest kernel's work, a packet. */
  readonly packetNs: number;
  /** Most packets that one poll takes. */
  readonly pollBudget: number;
  /** Ledger kind of that work. */
  readonly softirqKind: number;
}

/**
 * The guest's end of a vif: netfront's receive poll with the TCP work above it, as one softirq,
 * and the transmit ring. Costs count packets: a received one, and one more where the kernel
 * answers at once.
 */
export class Netfront {
  private readonly kernel: GuestKernel;
  private readonly vif: Vif;
  /** By client index. */
  private readonly sinks: readonly (PacketSink | undefined)[];
  private readonly taps: readonly Tap[];
  private readonly netback: NetbackEvents;
  private readonly costs: NetfrontCosts;
  private batch = 0;

  constructor(
    kernel: GuestKernel,
    vif: Vif,
    sinks: readonly (PacketSink | undefined)[],
    taps: readonly Tap[],
    netback: NetbackEvents,
    costs: NetfrontCosts,
  ) {
    this.kernel = kernel;
    this.vif = vif;
    this.sinks = sinks;
    this.taps = taps;
    this.netback = netback;
    this.costs = costs;
  }

  /** The interrupt handler: packets have come, or the transmit ring has room again. */
  interrupt(): void {
    if (this.vif.toGuest.length > 0) this.kernel.raiseSoftirq(NETFRONT);
    while (this.vif.guestQueue.length > 0 && this.toRing(this.vif.guestQueue.peek(0))) {
      this.vif.guestQueue.shift();
    }
  }

  begin(): number {
    const ring = this.vif.toGuest;
    this.batch = Math.min(ring.length, this.costs.pollBudget);
    const packets = this.batch + ring.countOf(ANSWERED, this.batch);
    this.kernel.kind = this.costs.softirqKind;
    return packets * this.costs.packetNs;
  }

  finish(): void {
    const { vif, batch } = this;
    const ring = vif.toGuest;
    for (let i = 0; i < batch; i++) {
      const packet = ring.peek(i);
      vif.postedBuffers++;
      this.tap(packet);
      this.sinks[clientOf(packet)]!.receive(packet);
    }
    ring.drop(batch);
    if (vif.deviceQueue.length > 0) this.netback.raiseNetback(vif.domain);
    if (vif.toGuest.length > 0) this.kernel.raiseSoftirq(NETFRONT);
  }

  /** Sends a packet; the CPU for it is already paid. A full guest queue drops it. */
  send(packet: number): void {
    this.tap(packet);
    if (this.vif.guestQueue.length > 0 || !this.toRing(packet)) {
      if (!this.vif.guestQueue.push(packet)) this.vif.droppedOut++;
    }
  }

  private toRing(packet: number): boolean {
    if (!this.vif.transmitRing.push(packet)) return false;
    if (this.vif.wantsTransmitEvent) {
      this.vif.wantsTransmitEvent = false;
      this.netback.raiseNetback(this.vif.domain);
    }
    return true;
  }

  private tap(packet: number): void {
    const { taps } = this;
    for (let i = 0; i < taps.length; i++) taps[i]!.packet(packet);
  }
}
