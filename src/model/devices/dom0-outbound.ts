import type { GuestKernel } from '../guest/kernel.js';
import type { Softirq } from '../guest/softirq.js';
import type { Dom0NetworkCosts } from './dom0-network-costs.js';
import type { FarEnd } from './link.js';
import type { Nic } from './nic.js';
import { clientOf } from './packet.js';
import type { TapPoint } from './taps.js';
import type { Vif } from './vif.js';

/**
 * Domain 0's network path from the guests: netback, bridge and NIC driver, as a softirq. It takes
 * what one guest has in its transmit ring at a time, and goes round the guests.
 */
export class Dom0Outbound implements Softirq {
  private readonly kernel: GuestKernel;
  private readonly nic: Nic;
  private readonly softirq: number;
  private readonly vifs: readonly Vif[];
  private readonly clients: readonly FarEnd[];
  /** Sniffers on each vif, by domain index. */
  private readonly taps: readonly TapPoint[];
  private readonly costs: Dom0NetworkCosts;
  private vif: Vif;
  private batch = 0;

  /** Takes a softirq of domain 0. There is at least one vif. */
  constructor(
    kernel: GuestKernel,
    nic: Nic,
    vifs: readonly Vif[],
    clients: readonly FarEnd[],
    taps: readonly TapPoint[],
    costs: Dom0NetworkCosts,
  ) {
    this.kernel = kernel;
    this.nic = nic;
    this.vifs = vifs;
    this.clients = clients;
    this.taps = taps;
    this.costs = costs;
    this.vif = vifs[0]!;
    this.softirq = kernel.softirqs.open(this);
  }

  /** A guest has packets to send. */
  netbackEvent(): void {
    if (this.nextTransmitter() !== null) this.kernel.softirqs.raise(this.softirq);
  }

  begin(): number {
    const vif = this.nextTransmitter();
    if (vif === null) return 0;
    this.vif = vif;
    this.batch = Math.min(vif.transmitRing.length, this.costs.pollBudget);
    this.kernel.owe(vif.kinds.netbackOut, this.batch * this.costs.netbackPacketNs);
    this.kernel.kind = vif.kinds.bridgeOut;
    return this.batch * this.costs.bridgePacketNs;
  }

  finish(): void {
    const vif = this.vif;
    const ring = vif.transmitRing;
    const { packets, head } = ring;
    const end = head + this.batch;
    this.taps[vif.domain]!.batch(packets, head, end);
    this.transmit(packets, head, end);
    ring.drop(this.batch);
    this.nic.arm();
    if (vif.guestQueue.length > 0) vif.front.notify();
    if (vif.transmitRing.length === 0) vif.wantsTransmitEvent = true;
    if (this.nextTransmitter() !== null) this.kernel.softirqs.raise(this.softirq);
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
    const { vifs, vif: last } = this;
    if (vifs.length === 1) return last.transmitRing.length > 0 ? last : null;
    for (let i = 0; i < vifs.length; i++) {
      // Vif i belongs to domain i + 1, so a domain's number is the index of the vif after it.
      const vif = vifs[(last.domain + i) % vifs.length]!;
      if (vif.transmitRing.length > 0) return vif;
    }
    return null;
  }
}
