import type { EventChannel } from '../guest/event-channel.js';
import { byStep, type Dom0Steps } from './dom0-step.js';
import { REQUEST, SYN } from './packet.js';
import { PacketRing } from './packet-ring.js';
import { TapPoint } from './taps.js';

/** Ledger kinds in domain 0 of the work for one vif. */
export interface VifKinds extends Dom0Steps {
  readonly interrupt: number;
}

/** Packet types that are answered at once by the kernel of the guest that they are for. */
export const ANSWERED = (1 << SYN) | (1 << REQUEST);

/** Packets that a Linux interface queues for transmission by default (`txqueuelen`). */
const GUEST_QUEUE_SLOTS = 1000;

/**
 * A split network device: netback's interface in domain 0 and netfront's rings in the guest. "In"
 * is towards the guest.
 */
export class Vif {
  /** Index of the guest's domain. */
  readonly domain: number;
  readonly kinds: VifKinds;
  /** Those of the steps, by number. */
  readonly stepKinds: Int32Array;
  /** Who listens to it in domain 0. */
  readonly taps = new TapPoint();
  /** Packet types that the guest's kernel answers at once, as bits. */
  answered = ANSWERED;
  /** Netback's event to netfront: packets have come, or the transmit ring has room again. */
  readonly front: EventChannel;
  /** Netfront's event to netback: packets to send, or buffers posted again. */
  readonly back: EventChannel;
  /** Receive buffers that the guest has posted and netback has no packet for yet. */
  postedBuffers = 0;
  /** Netback takes no packets: they wait in the device queue. */
  stopped = false;
  readonly deviceQueue: PacketRing;
  /** When it is restarted if nothing else happens. */
  restartNs = Infinity;
  /** Netback wants an event once so many buffers are posted; 0 = it wants none. */
  bufferEventAt = 0;
  /** Handed over to the guest, not yet seen by netfront. */
  readonly toGuest: PacketRing;
  /** How many of those the guest's kernel will answer at once. */
  toAnswer = 0;
  /** Netfront has seen all that came and wants an event for the next packet. */
  wantsReceiveEvent = true;
  /** From the guest: transmit ring, and the guest's own queue when the ring is full. */
  readonly transmitRing: PacketRing;
  readonly guestQueue: PacketRing;
  /** Slots of the transmit ring whose packets netback has taken and domain 0 has not sent yet. */
  unanswered = 0;
  /** Netback has seen the transmit ring empty and wants an event for the next packet. */
  wantsTransmitEvent = true;
  /** Dropped: with the device queue full, by netback with the guest's ring full, by the guest. */
  droppedIn = 0;
  droppedFull = 0;
  droppedOut = 0;
  /** Packets that came for the guest while it was barred. */
  droppedBarred = 0;
  /** Handed over to the guest, and taken from it, so far. */
  packetsIn = 0;
  packetsOut = 0;
  /** ShareGuard lets no packets pass. */
  isBarred = false;

  constructor(
    domain: number,
    kinds: VifKinds,
    front: EventChannel,
    back: EventChannel,
    rxSlots: number,
    txSlots: number,
    deviceQueueSlots: number,
  ) {
    this.domain = domain;
    this.kinds = kinds;
    this.stepKinds = byStep(kinds);
    this.front = front;
    this.back = back;
    this.deviceQueue = new PacketRing(deviceQueueSlots);
    this.toGuest = new PacketRing(rxSlots);
    this.transmitRing = new PacketRing(txSlots);
    this.guestQueue = new PacketRing(GUEST_QUEUE_SLOTS);
  }

  /** Hands packets `from` ... `to - 1` of a list over to the guest, in buffers that it posted. */
  deliver(packets: Int32Array, from: number, to: number): void {
    this.packetsIn += to - from;
    this.toAnswer += this.toGuest.pushCounting(packets, from, to, this.answered);
  }

  /** Stops all packets, or lets them pass: netback then looks for what has waited. */
  bar(isBarred: boolean): void {
    this.isBarred = isBarred;
    if (!isBarred) this.back.notify();
  }
}
