import type { GuestKernel } from '../guest/kernel.js';
import type { Softirq } from '../guest/softirq.js';
import type { Backlog } from './backlog.js';
import type { Dom0Step } from './dom0-step.js';
import { PacketRing } from './packet-ring.js';
import type { Vif } from './vif.js';

/**
 * Most packets from guests that netback has in domain 0 at a time: it has 256 pages for them and
 * takes one more only while all the 18 pieces that it may have would find one.
 */
export const MOST_PENDING = 256 - 18;

/**
 * Netback's tasklet from the guests: takes one packet from each guest's transmit ring in turn, maps
 * them all at once, and puts them into domain 0's backlog.
 */
export class NetbackOut implements Softirq {
  private readonly kernel: GuestKernel;
  private readonly softirq: number;
  private readonly vifs: readonly Vif[];
  private readonly backlog: Backlog;
  private readonly step: Dom0Step;
  private readonly taken = new PacketRing(MOST_PENDING);
  /** Whose turn it is, by index. */
  private turn = 0;

  /** Takes a softirq of domain 0. */
  constructor(kernel: GuestKernel, vifs: readonly Vif[], backlog: Backlog, step: Dom0Step) {
    this.kernel = kernel;
    this.vifs = vifs;
    this.backlog = backlog;
    this.step = step;
    this.softirq = kernel.softirqs.open(this);
    backlog.sent = () => this.sent();
  }

  /** An event from a guest: it may have packets to send. */
  event(): void {
    for (let i = 0; i < this.vifs.length; i++) {
      if (hasPackets(this.vifs[i]!)) {
        this.kernel.softirqs.raise(this.softirq);
        return;
      }
    }
  }

  begin(): number {
    const { taken, vifs } = this;
    let room = MOST_PENDING - this.backlog.packets.length;
    if (vifs.length === 1) {
      if (hasPackets(vifs[0]!)) this.take(vifs[0]!, room);
    } else while (room > 0 && this.takeNext()) room--;
    for (let i = 0; i < vifs.length; i++) this.askForEvent(vifs[i]!);
    if (taken.length === 0) return 0;
    return this.step.begin(taken.packets, taken.head, taken.tail);
  }

  finish(): void {
    const { taken } = this;
    this.backlog.receive(taken.packets, taken.head, taken.tail);
    taken.drop(taken.length);
    this.event();
  }

  /** Slots of transmit rings are free again: a guest that runs on another PCPU fills them now. */
  private sent(): void {
    for (let i = 0; i < this.vifs.length; i++) {
      const vif = this.vifs[i]!;
      if (vif.guestQueue.length === 0) continue;
      // Netback looks for itself: an event in the middle of a softirq's work would find it undone.
      vif.wantsTransmitEvent = false;
      vif.front.notify();
      this.askForEvent(vif);
    }
    this.event();
  }

  private askForEvent(vif: Vif): void {
    if (vif.transmitRing.length === 0) vif.wantsTransmitEvent = true;
  }

  /** Takes one packet of the guest whose turn it is; false if no guest has any. */
  private takeNext(): boolean {
    const { vifs } = this;
    for (let i = 0; i < vifs.length; i++) {
      const vif = vifs[this.turn]!;
      this.turn = (this.turn + 1) % vifs.length;
      if (hasPackets(vif)) {
        this.take(vif, 1);
        return true;
      }
    }
    return false;
  }

  /** Takes up to `most` packets of a guest, whose slots stay in use until they are sent. */
  private take(vif: Vif, most: number): void {
    const { transmitRing } = vif;
    const count = Math.min(transmitRing.length, most);
    const { packets, head } = transmitRing;
    this.taken.pushAll(packets, head, head + count);
    transmitRing.drop(count);
    vif.unanswered += count;
    vif.packetsOut += count;
  }
}

/** Whether netback may take packets of the guest. */
function hasPackets({ transmitRing, isBarred }: Vif): boolean {
  return transmitRing.length > 0 && !isBarred;
}
