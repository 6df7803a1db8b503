import type { Dom0Step } from './dom0-step.js';
import type { Forwarding } from './forwarding.js';
import type { FarEnd } from './link.js';
import type { NetRx, Poller } from './net-rx.js';
import type { Nic } from './nic.js';
import { clientOf } from './packet.js';
import { PacketRing } from './packet-ring.js';

/**
 * Domain 0's backlog: what netback has received from guests waits here for the network receive
 * softirq, which hands it to the bridge and so to the NIC. Sniffers see it when it leaves.
 */
export class Backlog implements Poller {
  batch = 0;
  readonly packets: PacketRing;
  /** Packets have been sent. */
  sent: () => void = nobodyWaits;
  private readonly netRx: NetRx;
  private readonly number: number;
  private readonly nic: Nic;
  private readonly forwarding: Forwarding;
  private readonly clients: readonly FarEnd[];
  private readonly step: Dom0Step;

  constructor(
    slots: number,
    netRx: NetRx,
    nic: Nic,
    forwarding: Forwarding,
    clients: readonly FarEnd[],
    step: Dom0Step,
  ) {
    this.packets = new PacketRing(slots);
    this.netRx = netRx;
    this.nic = nic;
    this.forwarding = forwarding;
    this.clients = clients;
    this.step = step;
    this.number = netRx.add(this);
  }

  begin(most: number): number {
    const { packets, head, length } = this.packets;
    if (length === 0) return 0;
    this.batch = Math.min(length, most);
    return this.step.begin(packets, head, head + this.batch);
  }

  finish(): boolean {
    const { packets: queue, batch, forwarding } = this;
    const { packets, head } = queue;
    const to = head + batch;
    let at = head;
    while (at < to) {
      const end = forwarding.runEnd(packets, at, to);
      const vif = forwarding.vifOf(packets[at]!);
      vif.taps.batch(packets, at, end);
      vif.unanswered -= end - at;
      at = end;
    }
    this.transmit(packets, head, to);
    queue.drop(batch);
    this.nic.arm();
    this.sent();
    return queue.length > 0;
  }

  /** Adds packets `from` ... `to - 1` of a list; there is room. */
  receive(packets: Int32Array, from: number, to: number): void {
    this.packets.pushAll(packets, from, to);
    this.netRx.schedule(this.number);
  }

  /** Sends packets, each to its client. */
  private transmit(packets: Int32Array, from: number, to: number): void {
    if (this.clients.length === 1) {
      this.clients[0]!.receive(packets, from, to);
      return;
    }
    let at = from;
    while (at < to) {
      const first = at;
      const client = clientOf(packets[first]!);
      do at++;
      while (at < to && clientOf(packets[at]!) === client);
      this.clients[client]!.receive(packets, first, at);
    }
  }
}

function nobodyWaits(): void {
  throw new Error('packets were sent that nobody had received');
}
