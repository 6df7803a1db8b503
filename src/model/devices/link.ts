import { type Clock, ZERO_NS } from '../engine/clock.js';
import type { RandomStream } from '../engine/random-stream.js';
import { DelayLine } from './delay-line.js';
import { typeOf } from './packet.js';
import type { PacketRing } from './packet-ring.js';

export interface LinkTimes {
  readonly bitsPerSecond: number;
  readonly latencyNs: number;
  readonly jitterNs: number;
}

/** Who is at the other end of a link. */
export interface FarEnd {
  /** The NIC sends it a packet. */
  send(packet: number): void;
}

/**
 * One client's way to and from the machine's NIC, through a switch. New connections and answers
 * are two lines, each in time order, so that an answer computed ahead of time never holds up a
 * connection that is opened before it.
 */
export class Link {
  readonly connects = new DelayLine();
  readonly answers = new DelayLine();
  /** Time on the wire by packet type. */
  private readonly wireNs: Float64Array;
  private readonly latencyNs: number;
  private readonly jitterNs: number;
  private readonly random: RandomStream;
  private readonly clock: Clock;
  private outFreeNs = ZERO_NS;
  /** When the packet that was sent last reaches the client. */
  arrivalNs = ZERO_NS;

  /** `wireBytes` by packet type. */
  constructor(clock: Clock, times: LinkTimes, wireBytes: Uint16Array, random: RandomStream) {
    this.clock = clock;
    const nsPerByte = 8e9 / times.bitsPerSecond;
    this.wireNs = Float64Array.from(wireBytes, (bytes) => Math.round(bytes * nsPerByte));
    this.latencyNs = times.latencyNs;
    this.jitterNs = times.jitterNs;
    this.random = random;
  }

  /** Arrival of the next packet at the NIC; Infinity if none is on its way. */
  nextArrivalNs(): number {
    const { connects, answers } = this;
    return Math.min(connects.nextNs, answers.nextNs);
  }

  /**
   * Puts the packets that arrive next, at `untilNs` or earlier, into a ring, from one of the two
   * lines as far as the other has none between; returns how many found the ring full.
   */
  arriveInto(ring: PacketRing, untilNs: number): number {
    const { connects, answers } = this;
    if (answers.nextNs < connects.nextNs) return answers.moveInto(ring, untilNs, connects.nextNs);
    return connects.moveInto(ring, Math.min(untilNs, answers.nextNs), Infinity);
  }

  connect(packet: number, timeNs: number): void {
    this.connects.push(timeNs + this.flightNs(packet), packet);
  }

  /** The client answers the packet that was sent to it last, so long after its arrival. */
  answer(packet: number, afterNs: number): void {
    this.answers.push(this.arrivalNs + afterNs + this.flightNs(packet), packet);
  }

  /** A packet leaves for the client; it arrives there at `arrivalNs`. */
  transmit(packet: number): void {
    const { nowNs } = this.clock;
    const startNs = Math.max(this.outFreeNs, nowNs);
    this.outFreeNs = startNs + this.wireNs[typeOf(packet)]!;
    const arrivalNs = startNs + this.flightNs(packet);
    if (arrivalNs > this.arrivalNs) this.arrivalNs = arrivalNs;
  }

  private flightNs(packet: number): number {
    return this.wireNs[typeOf(packet)]! + this.latencyNs + this.random.integer(this.jitterNs);
  }
}
