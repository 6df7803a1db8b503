import type { GuestKernel } from '../guest/kernel.js';
import type { FarEnd, Link } from './link.js';
import type { Nic } from './nic.js';
import { clientOf, typeOf } from './packet.js';
import { PacketRing } from './packet-ring.js';
import type { Tap } from './taps.js';
import type { Vif } from './vif.js';

/** Softirqs of domain 0, in the order in which Linux runs them: NET_RX before tasklets. */
export const NIC_POLL = 0;
export const BACKLOG = 1;
export const NETBACK_IN = 2;
export const NETBACK_OUT = 3;

/** `netdev_max_backlog` of Linux 2.6. */
const BACKLOG_SLOTS = 300;
/** Transmit requests that netback maps in one batch. */
const NETBACK_BATCH = 256;

/** A guest's interrupt line for its network device, as netback reaches it. */
export interface GuestInterrupts {
  raiseNetfront(domain: number, nowNs: number): void;
}

export interface Dom0NetworkCosts {
  /** NIC driver and bridge, a packet. */
  readonly bridgePacketNs: number;
  /** Netback, a packet. */
  readonly netbackPacketNs: number;
  readonly pollBudget: number;
}

/**
 * Domain 0's network path: NIC driver, bridge and netback, in both directions, as softirqs. Each
 * takes a batch, burns its cost, and then passes the packets on, as polling drivers and tasklets
 * do; what comes meanwhile waits for the next batch.
 */
export class Dom0Network {
  readonly backlog = new PacketRing(BACKLOG_SLOTS);
  droppedInBacklog = 0;
  private readonly kernel: GuestKernel;
  private readonly nic: Nic;
  private readonly vifs: readonly Vif[];
  /** By client index. */
  private readonly vifOf: readonly Vif[];
  private readonly links: readonly Link[];
  private readonly farEnds: readonly FarEnd[];
  /** Sniffers on each vif, by domain index. */
  private readonly taps: readonly (readonly Tap[])[];
  private readonly guests: GuestInterrupts;
  private readonly costs: Dom0NetworkCosts;
  /** Size and vif of the batch in work, by softirq. */
  private readonly batch = new Int32Array(4);
  private readonly batchVif: Vif[] = [];

  constructor(
    kernel: GuestKernel,
    nic: Nic,
    vifs: readonly Vif[],
    vifOf: readonly Vif[],
    links: readonly Link[],
    farEnds: readonly FarEnd[],
    taps: readonly (readonly Tap[])[],
    guests: GuestInterrupts,
    costs: Dom0NetworkCosts,
  ) {
    this.kernel = kernel;
    this.nic = nic;
    this.vifs = vifs;
    this.vifOf = vifOf;
    this.links = links;
    this.farEnds = farEnds;
    this.taps = taps;
    this.guests = guests;
    this.costs = costs;
  }

  /** Ledger kind of the NIC's interrupt: on behalf of the receiver of the first packet. */
  nicInterruptKind(): number {
    return this.vifOf[clientOf(this.nic.ring.peek(0))]!.kinds.interrupt;
  }

  /** The NIC's interrupt handler. */
  nicInterrupt(): void {
    this.kernel.raiseSoftirq(NIC_POLL);
  }

  /** Netback's event from a guest: packets to send, or buffers posted again. */
  netbackEvent(): void {
    for (let i = 0; i < this.vifs.length; i++) {
      const vif = this.vifs[i]!;
      while (vif.deviceQueue.length > 0 && vif.postedBuffers > 0) {
        this.toNetback(vif, vif.deviceQueue.shift());
      }
      if (vif.transmitRing.length > 0) this.kernel.raiseSoftirq(NETBACK_OUT);
    }
  }

  begin(softirq: number): number {
    switch (softirq) {
      case NIC_POLL:
        this.nic.collect(this.kernel.nowNs);
        return this.beginBridge(NIC_POLL, this.nic.ring);
      case BACKLOG:
        return this.beginBridge(BACKLOG, this.backlog);
      case NETBACK_IN:
        return this.beginNetbackIn();
      default:
        return this.beginNetbackOut();
    }
  }

  finish(softirq: number): void {
    switch (softirq) {
      case NIC_POLL:
        return this.finishNicPoll();
      case BACKLOG:
        return this.finishBacklog();
      case NETBACK_IN:
        return this.finishNetbackIn();
      default:
        return this.finishNetbackOut();
    }
  }

  /** Takes the packets at the head of `ring` that belong to one vif, up to the poll's budget. */
  private beginBridge(softirq: number, ring: PacketRing): number {
    if (ring.length === 0) {
      if (softirq === NIC_POLL) this.nic.pollDone();
      return 0;
    }
    const vif = this.vifOf[clientOf(ring.peek(0))]!;
    const most = Math.min(ring.length, this.costs.pollBudget);
    let count = 1;
    while (count < most && this.vifOf[clientOf(ring.peek(count))] === vif) count++;
    this.batch[softirq] = count;
    this.batchVif[softirq] = vif;
    this.kernel.kind = softirq === NIC_POLL ? vif.kinds.bridgeIn : vif.kinds.bridgeOut;
    return count * this.costs.bridgePacketNs;
  }

  private finishNicPoll(): void {
    const vif = this.batchVif[NIC_POLL]!;
    const ring = this.nic.ring;
    for (let n = this.batch[NIC_POLL]!; n > 0; n--) {
      const packet = ring.shift();
      if (vif.deviceQueue.length === 0 && vif.postedBuffers > 0) this.toNetback(vif, packet);
      else if (!vif.deviceQueue.push(packet)) vif.droppedIn++;
    }
    this.nic.collect(this.kernel.nowNs);
    if (ring.length > 0) this.kernel.raiseSoftirq(NIC_POLL);
    else this.nic.pollDone();
  }

  private toNetback(vif: Vif, packet: number): void {
    vif.postedBuffers--;
    if (!vif.toNetback.push(packet)) throw new Error('netback took more packets than buffers');
    this.tap(vif.domain, packet);
    this.kernel.raiseSoftirq(NETBACK_IN);
  }

  private beginNetbackIn(): number {
    const vif = this.vifs.find((one) => one.toNetback.length > 0);
    if (vif === undefined) return 0;
    this.batch[NETBACK_IN] = vif.toNetback.length;
    this.batchVif[NETBACK_IN] = vif;
    this.kernel.kind = vif.kinds.netbackIn;
    return this.batch[NETBACK_IN]! * this.costs.netbackPacketNs;
  }

  private finishNetbackIn(): void {
    const vif = this.batchVif[NETBACK_IN]!;
    for (let n = this.batch[NETBACK_IN]!; n > 0; n--) vif.toGuest.push(vif.toNetback.shift());
    this.guests.raiseNetfront(vif.domain, this.kernel.nowNs);
    if (this.vifs.some((one) => one.toNetback.length > 0)) this.kernel.raiseSoftirq(NETBACK_IN);
  }

  private beginNetbackOut(): number {
    const vif = this.vifs.find((one) => one.transmitRing.length > 0);
    if (vif === undefined) return 0;
    this.batch[NETBACK_OUT] = Math.min(vif.transmitRing.length, NETBACK_BATCH);
    this.batchVif[NETBACK_OUT] = vif;
    this.kernel.kind = vif.kinds.netbackOut;
    return this.batch[NETBACK_OUT]! * this.costs.netbackPacketNs;
  }

  private finishNetbackOut(): void {
    const vif = this.batchVif[NETBACK_OUT]!;
    for (let n = this.batch[NETBACK_OUT]!; n > 0; n--) {
      if (!this.backlog.push(vif.transmitRing.shift())) this.droppedInBacklog++;
    }
    this.kernel.raiseSoftirq(BACKLOG);
    if (vif.guestQueue.length > 0) this.guests.raiseNetfront(vif.domain, this.kernel.nowNs);
    if (vif.transmitRing.length === 0) vif.wantsTransmitEvent = true;
    if (this.vifs.some((one) => one.transmitRing.length > 0)) {
      this.kernel.raiseSoftirq(NETBACK_OUT);
    }
  }

  private finishBacklog(): void {
    const nowNs = this.kernel.nowNs;
    const vif = this.batchVif[BACKLOG]!;
    for (let n = this.batch[BACKLOG]!; n > 0; n--) {
      const packet = this.backlog.shift();
      this.tap(vif.domain, packet);
      const client = clientOf(packet);
      const arrivalNs = this.links[client]!.transmit(packet, nowNs);
      this.farEnds[client]!.receive(packet, arrivalNs);
    }
    this.nic.arm();
    if (this.backlog.length > 0) this.kernel.raiseSoftirq(BACKLOG);
  }

  private tap(domain: number, packet: number): void {
    const taps = this.taps[domain]!;
    if (taps.length === 0) return;
    const bytes = this.links[clientOf(packet)]!.wireBytes[typeOf(packet)]!;
    for (let i = 0; i < taps.length; i++) taps[i]!.packet(bytes);
  }
}
