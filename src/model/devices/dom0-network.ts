import type { GuestKernel } from '../guest/kernel.js';
import type { FarEnd } from './link.js';
import type { Nic } from './nic.js';
import { clientOf } from './packet.js';
import type { TapPoint } from './taps.js';
import type { Vif } from './vif.js';

/** Domain 0's softirqs: what comes from the NIC, and what comes from the guests. */
export const INBOUND = 0;
export const OUTBOUND = 1;

/** A guest's interrupt line for its network device, as netback reaches it. */
export interface GuestInterrupts {
  raiseNetfront(domain: number): void;
}

export interface Dom0NetworkCosts {
  /** NIC driver and bridge, a packet. */
  readonly bridgePacketNs: number;
  /** Netback, a packet. */
  readonly netbackPacketNs: number;
  /** Most packets that one poll takes. */
  readonly pollBudget: number;
}

/**
 * Domain 0's network path: NIC driver, bridge and netback, in both directions, as softirqs. Each
 * takes a batch for one guest, burns its cost, and then passes it on with one notification, as
 * polling drivers and tasklets do; what comes meanwhile waits for the next batch. The poll and the
 * tasklet that follows it are one segment: between them nothing but an interrupt can happen.
 */
export class Dom0Network {
  private readonly kernel: GuestKernel;
  private readonly nic: Nic;
  private readonly vifs: readonly Vif[];
  /** By client index. */
  private readonly vifOf: readonly Vif[];
  private readonly clients: readonly FarEnd[];
  /** Sniffers on each vif, by domain index. */
  private readonly taps: readonly TapPoint[];
  private readonly guests: GuestInterrupts;
  private readonly costs: Dom0NetworkCosts;
  private inVif: Vif;
  private inBatch = 0;
  private inPassing = 0;
  private outVif: Vif;
  private outBatch = 0;
  /** Packets in all device queues. */
  private queued = 0;

  /** There is at least one vif. */
  constructor(
    kernel: GuestKernel,
    nic: Nic,
    vifs: readonly Vif[],
    vifOf: readonly Vif[],
    clients: readonly FarEnd[],
    taps: readonly TapPoint[],
    guests: GuestInterrupts,
    costs: Dom0NetworkCosts,
  ) {
    this.kernel = kernel;
    this.nic = nic;
    this.vifs = vifs;
    this.vifOf = vifOf;
    this.clients = clients;
    this.taps = taps;
    this.guests = guests;
    this.costs = costs;
    this.inVif = vifs[0]!;
    this.outVif = vifs[0]!;
  }

  /** Ledger kind of the NIC's interrupt: on behalf of the receiver of the first packet. */
  nicInterruptKind(): number {
    return this.inboundVif().kinds.interrupt;
  }

  /** The NIC's interrupt handler. */
  nicInterrupt(): void {
    this.kernel.raiseSoftirq(INBOUND);
  }

  /** Netback's event from a guest: packets to send, or buffers posted again. */
  netbackEvent(): void {
    for (let i = 0; i < this.vifs.length; i++) {
      const vif = this.vifs[i]!;
      if (vif.deviceQueue.length > 0 && vif.postedBuffers > 0) this.kernel.raiseSoftirq(INBOUND);
      if (vif.transmitRing.length > 0) this.kernel.raiseSoftirq(OUTBOUND);
    }
  }

  begin(softirq: number): number {
    return softirq === INBOUND ? this.beginInbound() : this.beginOutbound();
  }

  finish(softirq: number): void {
    if (softirq === INBOUND) this.finishInbound();
    else this.finishOutbound();
  }

  /** First what a stopped device queue still holds, then the NIC's packets for one vif. */
  private beginInbound(): number {
    const restarted = this.restartedVif();
    if (restarted !== null) {
      this.inVif = restarted;
      this.inBatch = 0;
      this.inPassing = Math.min(restarted.deviceQueue.length, restarted.postedBuffers);
      this.kernel.kind = restarted.kinds.netbackIn;
      return this.inPassing * this.costs.netbackPacketNs;
    }
    this.nic.collect();
    if (this.nic.arrivals.waiting === 0) {
      this.nic.pollDone();
      return 0;
    }
    const vif = this.inboundVif();
    const count = this.inboundFor(vif);
    this.inVif = vif;
    this.inBatch = count;
    this.inPassing = vif.deviceQueue.length > 0 ? 0 : Math.min(count, vif.postedBuffers);
    const bridgeNs = count * this.costs.bridgePacketNs;
    if (this.inPassing === 0) {
      this.kernel.kind = vif.kinds.bridgeIn;
      return bridgeNs;
    }
    this.kernel.owe(vif.kinds.bridgeIn, bridgeNs);
    this.kernel.kind = vif.kinds.netbackIn;
    return this.inPassing * this.costs.netbackPacketNs;
  }

  /** How many of the packets that the NIC has, up to the budget, go to one vif without a break. */
  private inboundFor(vif: Vif): number {
    const { waiting, packets, head } = this.nic.arrivals;
    const most = Math.min(waiting, this.costs.pollBudget);
    if (this.vifs.length === 1) return most;
    let count = 1;
    while (count < most && this.vifOf[clientOf(packets[head + count]!)] === vif) count++;
    return count;
  }

  /** Where the NIC's oldest packet goes; only if it has one. */
  private inboundVif(): Vif {
    if (this.vifs.length === 1) return this.inVif;
    const { packets, head } = this.nic.arrivals;
    return this.vifOf[clientOf(packets[head]!)]!;
  }

  private finishInbound(): void {
    const vif = this.inVif;
    const nic = this.nic;
    const passing = this.inPassing;
    if (this.inBatch === 0) {
      const { packets, head } = vif.deviceQueue;
      this.toGuest(vif, packets, head, head + passing);
      vif.deviceQueue.drop(passing);
      this.queued -= passing;
    } else {
      const { packets, head } = nic.arrivals;
      this.toGuest(vif, packets, head, head + passing);
      this.hold(vif, packets, head + passing, head + this.inBatch);
      nic.arrivals.drop(this.inBatch);
    }
    if (passing > 0) this.guests.raiseNetfront(vif.domain);
    nic.collect();
    if (nic.arrivals.waiting > 0 || this.restartedVif() !== null) this.kernel.raiseSoftirq(INBOUND);
    else nic.pollDone();
  }

  /** Hands packets over to the guest; there are buffers for all of them. */
  private toGuest(vif: Vif, packets: Int32Array, from: number, to: number): void {
    if (from === to) return;
    this.taps[vif.domain]!.batch(packets, from, to);
    vif.deliver(packets, from, to);
  }

  /** Keeps packets in domain 0 that find no buffers, as far as there is room. */
  private hold(vif: Vif, packets: Int32Array, from: number, to: number): void {
    if (from === to) return;
    const queued = vif.deviceQueue.pushAll(packets, from, to);
    vif.droppedIn += to - from - queued;
    this.queued += queued;
  }

  /** A vif whose device queue was stopped for want of buffers and has some now. */
  private restartedVif(): Vif | null {
    if (this.queued === 0) return null;
    for (let i = 0; i < this.vifs.length; i++) {
      const vif = this.vifs[i]!;
      if (vif.deviceQueue.length > 0 && vif.postedBuffers > 0) return vif;
    }
    return null;
  }

  private beginOutbound(): number {
    const vif = this.nextTransmitter();
    if (vif === null) return 0;
    this.outVif = vif;
    this.outBatch = Math.min(vif.transmitRing.length, this.costs.pollBudget);
    this.kernel.owe(vif.kinds.netbackOut, this.outBatch * this.costs.netbackPacketNs);
    this.kernel.kind = vif.kinds.bridgeOut;
    return this.outBatch * this.costs.bridgePacketNs;
  }

  private finishOutbound(): void {
    const vif = this.outVif;
    const ring = vif.transmitRing;
    const { packets, head } = ring;
    const end = head + this.outBatch;
    this.taps[vif.domain]!.batch(packets, head, end);
    this.transmit(packets, head, end);
    ring.drop(this.outBatch);
    this.nic.arm();
    if (vif.guestQueue.length > 0) this.guests.raiseNetfront(vif.domain);
    if (vif.transmitRing.length === 0) vif.wantsTransmitEvent = true;
    if (this.nextTransmitter() !== null) this.kernel.raiseSoftirq(OUTBOUND);
  }

  /** Sends packets, each to its client. */
  private transmit(packets: Int32Array, from: number, end: number): void {
    if (this.clients.length === 1) {
      this.clients[0]!.receive(packets, from, end);
      return;
    }
    let at = from;
    while (at < end) {
      const first = at;
      const client = clientOf(packets[first]!);
      do at++;
      while (at < end && clientOf(packets[at]!) === client);
      this.clients[client]!.receive(packets, first, at);
    }
  }

  /** The next vif with packets from its guest; the search starts after the last one served. */
  private nextTransmitter(): Vif | null {
    const { vifs, outVif } = this;
    if (vifs.length === 1) return outVif.transmitRing.length > 0 ? outVif : null;
    for (let i = 0; i < vifs.length; i++) {
      // Vif i belongs to domain i + 1, so a domain's number is the index of the vif after it.
      const vif = vifs[(outVif.domain + i) % vifs.length]!;
      if (vif.transmitRing.length > 0) return vif;
    }
    return null;
  }
}
