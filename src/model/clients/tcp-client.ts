import { DelayLine } from '../devices/delay-line.js';
import type { FarEnd, Link } from '../devices/link.js';
import {
  CLIENT_FIN,
  connectionOf,
  FIN_ACK,
  HANDSHAKE_ACK,
  indexOf,
  LAST_ACK,
  makeConnection,
  packetOf,
  REQUEST,
  REQUEST_ACK,
  RESET,
  RESPONSE,
  RESPONSE_ACK,
  SEGMENT,
  SEGMENT_ACK,
  SERVER_FIN,
  SYN,
  SYN_ACK,
  typeOf,
} from '../devices/packet.js';
import type { Pages } from '../devices/pages.js';
import { RetransmitTimers } from '../devices/retransmit-timers.js';
import { ZERO_NS } from '../engine/clock.js';
import { Histogram } from '../engine/histogram.js';
import type { ClientBase } from '../input.js';
import { CONNECTIONS_PER_CLIENT } from '../limits.js';

// States of a connection, in the order in which it goes through them.
const CLOSED = 0;
const SYN_SENT = 1;
const REQUEST_SENT = 2;
const WAITING = 3;
const FIN_SENT = 4;
const FIN_ACKED = 5;

/** Linux's `tcp_syn_retries` and `tcp_retries2`; a FIN is given up earlier. */
const MAX_SYN_RETRIES = 5;
const MAX_DATA_RETRIES = 15;
const MAX_FIN_RETRIES = 8;

/**
 * A load generator on its own machine, one request per connection; each kind says when it opens
 * them. One that finds no free descriptor is an error and sends nothing. What a packet from the
 * server makes the client do is worked out when the packet is sent, with the times at which it will
 * happen; only descriptors and replies, which connections share, wait for that time.
 */
export abstract class TcpClient implements FarEnd {
  attempts = 0;
  replies = 0;
  errors = 0;
  retransmits = 0;
  /** From the first SYN to the reply: the sum over all replies, and how often each time was. */
  responseSumNs = ZERO_NS;
  readonly responses = new Histogram();
  private readonly input: ClientBase;
  private readonly client: number;
  private readonly link: Link;
  private readonly pages: Pages | null;
  private readonly startNs: number;
  private readonly responseNs: number;
  /** True time between two ticks of the client's clock. */
  private readonly tickNs: number;
  /** A double from the start, as `ZERO_NS` is, and for its reason: it is multiplied by times. */
  private ticks = ZERO_NS;
  private open = 0;
  /** Number of open connections, summed up over the time until `openUntilNs`. */
  private openNs = ZERO_NS;
  private openUntilNs = ZERO_NS;
  private readonly connections = new Int32Array(CONNECTIONS_PER_CLIENT).fill(-1);
  private readonly states = new Uint8Array(CONNECTIONS_PER_CLIENT);
  /** When the first SYN was sent, and when the last. */
  private readonly openedNs = new Float64Array(CONNECTIONS_PER_CLIENT);
  private readonly synNs = new Float64Array(CONNECTIONS_PER_CLIENT);
  private readonly generations = new Uint8Array(CONNECTIONS_PER_CLIENT);
  /** Indices not in use, the one that was freed first at the head (as in TIME_WAIT). */
  private readonly free = new Int32Array(CONNECTIONS_PER_CLIENT);
  private freeHead = 0;
  private freeCount = CONNECTIONS_PER_CLIENT;
  private readonly timers = new RetransmitTimers();
  /** Replies on their way into the application, which closes the descriptor at once. */
  private readonly finished = new DelayLine();
  /** Connections in the order in which they reach the application's timeout. */
  private readonly timeouts = new DelayLine();

  constructor(input: ClientBase, client: number, link: Link, startNs: number, pages: Pages | null) {
    this.pages = pages;
    this.client = client;
    this.input = input;
    this.link = link;
    this.startNs = startNs;
    this.responseNs = input.responseNs;
    this.tickNs = input.tickNs * (1 - input.clockSkewPpm / 1e6);
    for (let i = 0; i < CONNECTIONS_PER_CLIENT; i++) this.free[i] = i;
  }

  /** Time of the next tick. */
  nextTickNs(): number {
    return this.startNs + Math.round(this.ticks * this.tickNs);
  }

  /**
   * Attempts the connections that are due.
   * @param ownNs time since its start, as its own clock has it
   * @param nextNs time of the next tick
   */
  protected abstract openDue(nowNs: number, ownNs: number, nextNs: number): void;

  /** One round of its loop: replies, timeouts, retransmissions, new connections. */
  tick(nowNs: number): void {
    this.settle(nowNs);
    this.expire(nowNs);
    this.repeat(nowNs);
    const ownNs = this.ticks * this.input.tickNs;
    this.ticks++;
    this.openDue(nowNs, ownNs, this.nextTickNs());
  }

  /** Opens a connection, if it has a descriptor for it. */
  protected attempt(timeNs: number): void {
    this.attempts++;
    if (this.open >= this.input.maxOpen || this.freeCount === 0) this.errors++;
    else this.connect(timeNs);
  }

  /** Counts what has reached the application by now. */
  settle(nowNs: number): void {
    while (this.finished.nextNs <= nowNs) {
      const repliedNs = this.finished.nextNs;
      const connection = this.finished.shift();
      this.replies++;
      this.changeOpen(-1, repliedNs);
      const responseNs = repliedNs - this.openedNs[indexOf(connection)]!;
      this.responseSumNs += responseNs;
      this.responses.add(responseNs);
    }
  }

  /** The number of open connections, summed up over the time until now. */
  openTimeNs(nowNs: number): number {
    return this.openNs + this.open * (nowNs - this.openUntilNs);
  }

  /** Changes need not come in the order of their times: a sum does not mind. */
  private changeOpen(by: number, timeNs: number): void {
    this.openNs += this.open * (timeNs - this.openUntilNs);
    this.openUntilNs = timeNs;
    this.open += by;
  }

  receive(packets: Int32Array, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const packet = packets[at]!;
      this.link.transmit(packet);
      const connection = connectionOf(packet);
      const index = indexOf(connection);
      if (this.connections[index] === connection) this.react(connection, index, typeOf(packet));
    }
  }

  /** What the packet that was sent last makes its connection do. */
  private react(connection: number, at: number, type: number): void {
    const state = this.states[at]!;
    switch (type) {
      case SYN_ACK:
        this.answer(connection, HANDSHAKE_ACK);
        if (state !== SYN_SENT) return;
        this.states[at] = REQUEST_SENT;
        this.timers.measured(connection, this.link.arrivalNs - this.synNs[at]!);
        this.expectAnswer(connection, REQUEST);
        return;
      case REQUEST_ACK:
        if (state !== REQUEST_SENT) return;
        this.states[at] = WAITING;
        this.timers.disarm(connection);
        return;
      case SEGMENT:
        this.answer(connection, SEGMENT_ACK);
        return;
      case RESPONSE:
        this.answer(connection, RESPONSE_ACK);
        if (state !== REQUEST_SENT && state !== WAITING) return;
        this.states[at] = FIN_SENT;
        this.finished.push(this.link.arrivalNs, connection);
        this.expectAnswer(connection, CLIENT_FIN);
        return;
      case FIN_ACK:
        if (state !== FIN_SENT) return;
        this.states[at] = FIN_ACKED;
        this.timers.disarm(connection);
        return;
      case SERVER_FIN:
        this.answer(connection, LAST_ACK);
        if (state === FIN_SENT || state === FIN_ACKED) this.release(connection, at);
        return;
    }
  }

  private connect(timeNs: number): void {
    const at = this.free[this.freeHead]!;
    this.freeHead = (this.freeHead + 1) & (CONNECTIONS_PER_CLIENT - 1);
    this.freeCount--;
    const generation = this.generations[at]!++;
    const connection = makeConnection(this.client, generation, at);
    this.connections[at] = connection;
    this.states[at] = SYN_SENT;
    this.synNs[at] = timeNs;
    this.openedNs[at] = timeNs;
    // There are pages if there are sizes; the attempt has been counted.
    this.pages?.set(at, this.input.pageBytes![this.attempts - 1]!);
    this.changeOpen(1, timeNs);
    this.timers.open(connection, timeNs);
    if (this.input.timeoutNs > 0) this.timeouts.push(timeNs + this.input.timeoutNs, connection);
    this.link.connect(packetOf(connection, SYN), timeNs);
  }

  private answer(connection: number, type: number): void {
    this.link.answer(packetOf(connection, type), this.responseNs);
  }

  /** Answers with a packet that wants an acknowledgement. */
  private expectAnswer(connection: number, type: number): void {
    this.answer(connection, type);
    this.timers.arm(connection, this.link.arrivalNs + this.responseNs);
  }

  private release(connection: number, at: number): void {
    this.states[at] = CLOSED;
    this.timers.close(connection);
    this.free[(this.freeHead + this.freeCount) & (CONNECTIONS_PER_CLIENT - 1)] = at;
    this.freeCount++;
  }

  /** The application's own timeout: it gives the connection up. */
  private expire(nowNs: number): void {
    while (this.timeouts.nextNs <= nowNs) {
      const connection = this.timeouts.shift();
      const at = indexOf(connection);
      if (this.connections[at] !== connection || !this.isUnanswered(at)) continue;
      this.link.connect(packetOf(connection, RESET), nowNs);
      this.abandon(connection, at, nowNs);
    }
  }

  private repeat(nowNs: number): void {
    for (;;) {
      const connection = this.timers.nextExpired(nowNs);
      if (connection < 0) return;
      const at = indexOf(connection);
      const state = this.states[at]!;
      const retries = this.timers.retriesOf(connection);
      if (state === FIN_SENT) {
        if (retries > MAX_FIN_RETRIES) this.release(connection, at);
        else this.resend(connection, CLIENT_FIN, nowNs);
      } else if (retries > (state === SYN_SENT ? MAX_SYN_RETRIES : MAX_DATA_RETRIES)) {
        this.abandon(connection, at, nowNs);
      } else if (state === SYN_SENT) {
        this.synNs[at] = nowNs;
        this.resend(connection, SYN, nowNs);
      } else {
        this.resend(connection, REQUEST, nowNs);
      }
    }
  }

  private resend(connection: number, type: number, nowNs: number): void {
    this.retransmits++;
    this.link.connect(packetOf(connection, type), nowNs);
  }

  private abandon(connection: number, at: number, nowNs: number): void {
    this.errors++;
    this.changeOpen(-1, nowNs);
    this.release(connection, at);
  }

  private isUnanswered(at: number): boolean {
    const state = this.states[at]!;
    return state === SYN_SENT || state === REQUEST_SENT || state === WAITING;
  }
}
