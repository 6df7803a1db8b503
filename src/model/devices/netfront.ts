import type { InterruptLine } from '../guest/interrupt-line.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { NetRx, Poller } from './net-rx.js';
import { clientOf, NO_PACKET } from './packet.js';
import type { ReceiveBuffers } from './receive-buffers.js';
import type { PollCosts } from './reception/reception.js';
import { TapPoint } from './taps.js';
import type { Vif } from './vif.js';

/** Who gets a received packet: the listening end of the guest's TCP, or its sockets' channels. */
export interface PacketSink {
  /** Returns the packet that answers it at once, or `NO_PACKET`. */
  receive(packet: number): number;
}

export interface NetfrontCosts extends PollCosts {
  /** The guest kernel's work, per packet. */
  readonly packetNs: number;
  /** Ledger kind of that work. */
  readonly softirqKind: number;
}

/**
 * The guest's end of a vif: netfront's receive poll with the TCP work above it, and the transmit
 * ring. Costs count packets: a received one, and one more where the kernel answers at once.
 */
export class Netfront implements Poller {
  batch = 0;
  private readonly kernel: GuestKernel;
  private readonly vif: Vif;
  /** By client index. */
  private readonly sinks: (PacketSink | undefined)[] = [];
  /** Who listens to it in the guest. */
  readonly taps = new TapPoint();
  private readonly netRx: NetRx;
  private readonly number: number;
  private readonly buffers: ReceiveBuffers;
  private readonly costs: NetfrontCosts;
  private batchAnswers = 0;

  /** Takes the guest's line for the device, and posts the first buffers. */
  constructor(
    kernel: GuestKernel,
    line: InterruptLine,
    netRx: NetRx,
    vif: Vif,
    buffers: ReceiveBuffers,
    costs: NetfrontCosts,
  ) {
    this.kernel = kernel;
    this.vif = vif;
    this.buffers = buffers;
    this.costs = costs;
    this.netRx = netRx;
    this.number = netRx.add(this);
    line.handler = () => this.interrupt();
    this.post(buffers.post(0));
  }

  /** From now on this socket gets what a client sends. */
  listen(client: number, socket: PacketSink): void {
    this.sinks[client] = socket;
  }

  /** The interrupt handler: packets have come, or the transmit ring has room again. */
  private interrupt(): void {
    if (this.vif.toGuest.length > 0) this.netRx.schedule(this.number);
    while (this.vif.guestQueue.length > 0 && this.toRing(this.vif.guestQueue.first())) {
      this.vif.guestQueue.shift();
    }
  }

  begin(most: number): number {
    const { toGuest, toAnswer } = this.vif;
    const { polledNs, answerNs, softirqKind } = this.costs;
    this.batch = toGuest.length;
    this.batchAnswers = toAnswer;
    if (this.batch > most) {
      this.batch = most;
      this.batchAnswers = toGuest.countOf(this.vif.answered, most);
    }
    this.kernel.kind = softirqKind;
    return this.batch * polledNs + this.batchAnswers * answerNs;
  }

  finish(): boolean {
    const { vif, batch, sinks, taps } = this;
    const onlySink = sinks.length === 1 ? sinks[0]! : null;
    const ring = vif.toGuest;
    const { packets, head } = ring;
    const end = head + batch;
    for (let at = head; at < end; at++) {
      const packet = packets[at]!;
      taps.packet(packet);
      const sink = onlySink ?? sinks[clientOf(packet)]!;
      const answer = sink.receive(packet);
      if (answer !== NO_PACKET) this.send(answer);
    }
    ring.drop(batch);
    vif.toAnswer -= this.batchAnswers;
    this.post(this.buffers.polled(batch, ring.length));
    if (ring.length > 0) return true;
    vif.wantsReceiveEvent = true;
    return false;
  }

  /** Posts receive buffers, and tells netback if it waits for them. */
  private post(count: number): void {
    const { vif } = this;
    vif.postedBuffers += count;
    if (vif.bufferEventAt === 0 || vif.postedBuffers < vif.bufferEventAt) return;
    vif.bufferEventAt = 0;
    vif.back.notify();
  }

  /** Sends a packet that is part of no unit of work: the kernel pays for it first. */
  repeat(packet: number): void {
    this.pay(1);
    this.send(packet);
  }

  /** Packets to send are the kernel's next work. */
  pay(packets: number): void {
    this.kernel.owe(this.costs.softirqKind, packets * this.costs.packetNs);
  }

  /** Sends a packet; the CPU for it is already paid. A full guest queue drops it. */
  send(packet: number): void {
    this.taps.packet(packet);
    if (this.vif.guestQueue.length > 0 || !this.toRing(packet)) {
      if (!this.vif.guestQueue.push(packet)) this.vif.droppedOut++;
    }
  }

  private toRing(packet: number): boolean {
    const { vif } = this;
    const { transmitRing } = vif;
    if (transmitRing.length + vif.unanswered === transmitRing.capacity) return false;
    transmitRing.push(packet);
    if (vif.wantsTransmitEvent) {
      vif.wantsTransmitEvent = false;
      vif.back.notify();
    }
    return true;
  }
}
