import type { InterruptLine } from '../guest/interrupt-line.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Softirq } from '../guest/softirq.js';
import type { Dom0NetworkCosts } from './dom0-network-costs.js';
import type { Nic } from './nic.js';
import { clientOf } from './packet.js';
import type { TapPoint } from './taps.js';
import type { Vif } from './vif.js';

/**
 * Domain 0's network path towards the guests: NIC driver, bridge and netback, as a softirq. It
 * takes a batch for one guest, burns its cost, and then passes it on with one notification, as
 * polling drivers and tasklets do; what comes meanwhile waits for the next batch. The poll and the
 * tasklet that follows it are one segment: between them nothing but an interrupt can happen.
 */
export class Dom0Inbound implements Softirq {
  private readonly kernel: GuestKernel;
  private readonly nic: Nic;
  private readonly line: InterruptLine;
  private readonly softirq: number;
  private readonly vifs: readonly Vif[];
  /** By client index. */
  private readonly vifOf: readonly Vif[];
  /** Sniffers on each vif, by domain index. */
  private readonly taps: readonly TapPoint[];
  private readonly costs: Dom0NetworkCosts;
  private vif: Vif;
  private batch = 0;
  private passing = 0;
  /** Packets in all device queues. */
  private queued = 0;

  /** Takes the NIC's interrupt line and a softirq of domain 0. There is at least one vif. */
  constructor(
    kernel: GuestKernel,
    nic: Nic,
    line: InterruptLine,
    vifs: readonly Vif[],
    vifOf: readonly Vif[],
    taps: readonly TapPoint[],
    costs: Dom0NetworkCosts,
  ) {
    this.kernel = kernel;
    this.nic = nic;
    this.line = line;
    this.vifs = vifs;
    this.vifOf = vifOf;
    this.taps = taps;
    this.costs = costs;
    this.vif = vifs[0]!;
    this.softirq = kernel.softirqs.open(this);
    line.handler = () => kernel.softirqs.raise(this.softirq);
  }

  /** Time of the NIC's slot: it interrupts, on behalf of the receiver of the first packet. */
  nicFires(): void {
    this.nic.interrupt();
    this.line.raise(this.vifOfFirst().kinds.interrupt);
  }

  /** A guest has posted buffers again. */
  netbackEvent(): void {
    if (this.restartedVif() !== null) this.kernel.softirqs.raise(this.softirq);
  }

  /** First what a stopped device queue still holds, then the NIC's packets for one vif. */
  begin(): number {
    const restarted = this.restartedVif();
    if (restarted !== null) {
      this.vif = restarted;
      this.batch = 0;
      this.passing = Math.min(restarted.deviceQueue.length, restarted.postedBuffers);
      this.kernel.kind = restarted.kinds.netbackIn;
      return this.passing * this.costs.netbackPacketNs;
    }
    this.nic.collect();
    if (this.nic.arrivals.waiting === 0) {
      this.nic.pollDone();
      return 0;
    }
    const vif = this.vifOfFirst();
    const count = this.batchFor(vif);
    this.vif = vif;
    this.batch = count;
    this.passing = vif.deviceQueue.length > 0 ? 0 : Math.min(count, vif.postedBuffers);
    const bridgeNs = count * this.costs.bridgePacketNs;
    if (this.passing === 0) {
      this.kernel.kind = vif.kinds.bridgeIn;
      return bridgeNs;
    }
    this.kernel.owe(vif.kinds.bridgeIn, bridgeNs);
    this.kernel.kind = vif.kinds.netbackIn;
    return this.passing * this.costs.netbackPacketNs;
  }

  /** How many of the packets that the NIC has, up to the budget, go to one vif without a break. */
  private batchFor(vif: Vif): number {
    const { waiting, packets, head } = this.nic.arrivals;
    const most = Math.min(waiting, this.costs.pollBudget);
    if (this.vifs.length === 1) return most;
    let count = 1;
    while (count < most && this.vifOf[clientOf(packets[head + count]!)] === vif) count++;
    return count;
  }

  /** Where the NIC's oldest packet goes; only if it has one. */
  private vifOfFirst(): Vif {
    if (this.vifs.length === 1) return this.vif;
    const { packets, head } = this.nic.arrivals;
    return this.vifOf[clientOf(packets[head]!)]!;
  }

  finish(): void {
    const { vif, nic, passing } = this;
    if (this.batch === 0) {
      const { packets, head } = vif.deviceQueue;
      this.toGuest(vif, packets, head, head + passing);
      vif.deviceQueue.drop(passing);
      this.queued -= passing;
    } else {
      const { packets, head } = nic.arrivals;
      this.toGuest(vif, packets, head, head + passing);
      this.hold(vif, packets, head + passing, head + this.batch);
      nic.arrivals.drop(this.batch);
    }
    if (passing > 0) vif.front.notify();
    nic.collect();
    if (nic.arrivals.waiting > 0 || this.restartedVif() !== null) {
      this.kernel.softirqs.raise(this.softirq);
    } else {
      nic.pollDone();
    }
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
}
