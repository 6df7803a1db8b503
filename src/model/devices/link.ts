import { type Clock, ZERO_NS } from '../engine/clock.js';
import type { RandomStream } from '../engine/random-stream.js';
import { type Arrivals, GIVING_WAY } from './arrivals.js';
import { connectionOf, indexOf, RESPONSE, typeOf } from './packet.js';
import type { Pages } from './pages.js';

export interface LinkTimes {
  readonly bitsPerSecond: number;
  readonly latencyNs: number;
  readonly jitterNs: number;
}

/** Who is at the other end of a link. */
export interface FarEnd {
  /** The NIC sends it packets `from` ... `to - 1` of a list. */
  receive(packets: Int32Array, from: number, to: number): void;
}

/**
 * One client's way to and from the machine's NIC, through a switch. What it sends of its own
 * accord keeps its order, and so do its answers; but an answer, which is computed ahead of time,
 * never holds up a connection that is opened before it arrives.
 */
export class Link {
  /** When the packet that was sent last reaches the client. */
  arrivalNs = ZERO_NS;
  private readonly arrivals: Arrivals;
  /** By packet type: time on the wire, and to the other end at the least. */
  private readonly wireNs: Float64Array;
  private readonly leastNs: Float64Array;
  private readonly nsPerByte: number;
  private readonly latencyNs: number;
  private readonly jitterNs: number;
  private readonly random: RandomStream;
  private readonly clock: Clock;
  private outFreeNs = ZERO_NS;
  private lastConnectNs = ZERO_NS;
  private lastAnswerNs = ZERO_NS;

  /** `wireBytes` by packet type. */
  constructor(
    clock: Clock,
    times: LinkTimes,
    wireBytes: Uint16Array,
    random: RandomStream,
    arrivals: Arrivals,
  ) {
    this.clock = clock;
    this.arrivals = arrivals;
    this.nsPerByte = 8e9 / times.bitsPerSecond;
    this.latencyNs = times.latencyNs;
    this.wireNs = new Float64Array(wireBytes.length);
    this.leastNs = new Float64Array(wireBytes.length);
    for (let type = 0; type < wireBytes.length; type++) this.setBytes(type, wireBytes[type]!);
    this.jitterNs = times.jitterNs;
    this.random = random;
  }

  /** Packets of a type have so many bytes on the wire from now on. */
  protected setBytes(type: number, bytes: number): void {
    const wireNs = Math.round(bytes * this.nsPerByte);
    this.wireNs[type] = wireNs;
    this.leastNs[type] = wireNs + this.latencyNs;
  }

  /** The client sends a packet of its own accord. */
  connect(packet: number, timeNs: number): void {
    const arrivalNs = timeNs + this.flightNs(packet);
    if (arrivalNs > this.lastConnectNs) this.lastConnectNs = arrivalNs;
    this.arrivals.add(packet, this.lastConnectNs);
  }

  /** The client answers the packet that was sent to it last, so long after its arrival. */
  answer(packet: number, afterNs: number): void {
    const arrivalNs = this.arrivalNs + afterNs + this.flightNs(packet);
    if (arrivalNs > this.lastAnswerNs) this.lastAnswerNs = arrivalNs;
    this.arrivals.add(packet, this.lastAnswerNs + GIVING_WAY);
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
    return this.leastNs[typeOf(packet)]! + this.random.integer(this.jitterNs);
  }
}

/** A link whose client asks for pages of many sizes: the last segment of each has its own. */
export class PagedLink extends Link {
  private readonly pages: Pages;

  constructor(
    clock: Clock,
    times: LinkTimes,
    wireBytes: Uint16Array,
    random: RandomStream,
    arrivals: Arrivals,
    pages: Pages,
  ) {
    super(clock, times, wireBytes, random, arrivals);
    this.pages = pages;
  }

  override transmit(packet: number): void {
    if (typeOf(packet) === RESPONSE) {
      this.setBytes(RESPONSE, this.pages.lastBytes[indexOf(connectionOf(packet))]!);
    }
    super.transmit(packet);
  }
}
