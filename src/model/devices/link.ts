import { ZERO_NS } from '../engine/clock.js';
import type { RandomStream } from '../engine/random-stream.js';
import { DelayLine } from './delay-line.js';
import { typeOf } from './packet.js';

export interface LinkTimes {
  readonly bitsPerSecond: number;
  readonly latencyNs: number;
  readonly jitterNs: number;
}

/** The far end of a link: told of a packet together with the time at which it arrives. */
export interface FarEnd {
  receive(packet: number, arrivalNs: number): void;
}

/**
 * One client's way to and from the machine's NIC, through a switch. New connections and answers
 * are two lines, each in time order, so that an answer computed ahead of time never holds up a
 * connection that is opened before it.
 */
export class Link {
  readonly connects = new DelayLine();
  readonly answers = new DelayLine();
  /** Bytes on the wire by packet type. */
  private readonly wireBytes: Uint16Array;
  /** Time on the wire by packet type. */
  private readonly wireNs: Float64Array;
  private readonly latencyNs: number;
  private readonly jitterNs: number;
  private readonly random: RandomStream;
  private outFreeNs = ZERO_NS;
  private lastOutNs = ZERO_NS;

  constructor(times: LinkTimes, wireBytes: Uint16Array, random: RandomStream) {
    this.wireBytes = wireBytes;
    const nsPerByte = 8e9 / times.bitsPerSecond;
    this.wireNs = Float64Array.from(wireBytes, (bytes) => Math.round(bytes * nsPerByte));
    this.latencyNs = times.latencyNs;
    this.jitterNs = times.jitterNs;
    this.random = random;
  }

  /** A packet's size on the wire. */
  bytesOf(packet: number): number {
    return this.wireBytes[typeOf(packet)]!;
  }

  /** Arrival of the next packet at the NIC; Infinity if none is on its way. */
  nextArrivalNs(): number {
    return Math.min(this.connects.nextNs(), this.answers.nextNs());
  }

  /** Takes the oldest packet that has arrived by `nowNs`; -1 if there is none. */
  shiftArrived(nowNs: number): number {
    const connectNs = this.connects.nextNs();
    const answerNs = this.answers.nextNs();
    if (connectNs <= answerNs) return connectNs <= nowNs ? this.connects.shift() : -1;
    return answerNs <= nowNs ? this.answers.shift() : -1;
  }

  connect(packet: number, timeNs: number): void {
    this.connects.push(timeNs + this.flightNs(packet), packet);
  }

  answer(packet: number, timeNs: number): void {
    this.answers.push(timeNs + this.flightNs(packet), packet);
  }

  /** The NIC sends a packet to the client; returns its arrival there. */
  transmit(packet: number, nowNs: number): number {
    const startNs = Math.max(nowNs, this.outFreeNs);
    this.outFreeNs = startNs + this.wireNs[typeOf(packet)]!;
    const arrivalNs = startNs + this.flightNs(packet);
    this.lastOutNs = Math.max(arrivalNs, this.lastOutNs);
    return this.lastOutNs;
  }

  private flightNs(packet: number): number {
    return this.wireNs[typeOf(packet)]! + this.latencyNs + this.random.integer(this.jitterNs);
  }
}
