import { ZERO_NS } from '../engine/clock.js';
import { CONNECTIONS_PER_CLIENT } from '../limits.js';
import { indexOf } from './packet.js';

/** RTO before the first round trip is measured, and the smallest margin above one (Linux 2.6). */
const INITIAL_RTO_NS = 3_000_000_000;
const MIN_MARGIN_NS = 200_000_000;
/** Expiry is looked at this often; a retransmission is late by at most this much. */
const CHECK_NS = 50_000_000;

/** Room for checks at first; a power of 2. */
const FIRST_SLOTS = 512;

/**
 * Retransmission timers of one end of a client's connections, by connection index. Progress only
 * moves a deadline; a queue of checks, in time order because their interval is constant, finds
 * the deadlines that passed.
 */
export class RetransmitTimers {
  private readonly watched = new Int32Array(CONNECTIONS_PER_CLIENT).fill(-1);
  private readonly deadlineNs = new Float64Array(CONNECTIONS_PER_CLIENT).fill(Infinity);
  private readonly rtoNs = new Float64Array(CONNECTIONS_PER_CLIENT);
  private readonly retries = new Uint8Array(CONNECTIONS_PER_CLIENT);
  /** Connections to check and when, in a ring from `head` up to before `tail`. */
  private checked = new Int32Array(FIRST_SLOTS);
  private checkNs = new Float64Array(FIRST_SLOTS);
  private head = 0;
  private tail = 0;
  private lastCheckNs = ZERO_NS;
  /** Time of the next check; Infinity if there is none. Read only for others. */
  nextCheckNs = Infinity;

  /** Starts to watch a new connection; its first packet was sent at `nowNs`. */
  open(connection: number, nowNs: number): void {
    const at = indexOf(connection);
    this.watched[at] = connection;
    this.rtoNs[at] = INITIAL_RTO_NS;
    this.retries[at] = 0;
    this.deadlineNs[at] = nowNs + INITIAL_RTO_NS;
    this.addCheck(connection, nowNs + CHECK_NS);
  }

  close(connection: number): void {
    const at = indexOf(connection);
    if (this.watched[at] === connection) this.watched[at] = -1;
  }

  /** RTO after a first round trip R: R + max(200 ms, 4 x R/2), as in RFC 6298 and Linux. */
  measured(connection: number, roundTripNs: number): void {
    this.rtoNs[indexOf(connection)] = roundTripNs + Math.max(MIN_MARGIN_NS, 2 * roundTripNs);
  }

  /** Something was sent that wants an acknowledgement. */
  arm(connection: number, nowNs: number): void {
    const at = indexOf(connection);
    this.retries[at] = 0;
    this.deadlineNs[at] = nowNs + this.rtoNs[at]!;
  }

  /** All that was sent is acknowledged. */
  disarm(connection: number): void {
    this.deadlineNs[indexOf(connection)] = Infinity;
  }

  retriesOf(connection: number): number {
    return this.retries[indexOf(connection)]!;
  }

  /** A connection whose deadline has passed, its RTO doubled and armed again; -1 if none. */
  nextExpired(nowNs: number): number {
    if (nowNs < this.nextCheckNs) return -1;
    const expired = this.takeChecks(nowNs);
    if (expired >= 0) {
      const at = indexOf(expired);
      this.retries[at]!++;
      this.rtoNs[at]! *= 2;
      this.deadlineNs[at] = nowNs + this.rtoNs[at]!;
    }
    return expired;
  }

  /** Makes the checks that are due, up to one that finds an expired connection. */
  private takeChecks(nowNs: number): number {
    const { watched, deadlineNs, checked, checkNs } = this;
    const mask = checked.length - 1;
    const againNs = Math.max(this.lastCheckNs, nowNs + CHECK_NS);
    let { head, tail } = this;
    let expired = -1;
    while (expired < 0 && head !== tail && checkNs[head]! <= nowNs) {
      const connection = checked[head]!;
      const at = indexOf(connection);
      head = (head + 1) & mask;
      if (watched[at] !== connection) continue;
      checked[tail] = connection;
      checkNs[tail] = againNs;
      tail = (tail + 1) & mask;
      if (deadlineNs[at]! <= nowNs) expired = connection;
    }
    this.lastCheckNs = againNs;
    this.head = head;
    this.tail = tail;
    this.nextCheckNs = head === tail ? Infinity : checkNs[head]!;
    return expired;
  }

  /** Checks keep their order. */
  private addCheck(connection: number, timeNs: number): void {
    const { head, tail } = this;
    const checkNs = Math.max(timeNs, this.lastCheckNs);
    this.lastCheckNs = checkNs;
    this.checked[tail] = connection;
    this.checkNs[tail] = checkNs;
    if (head === tail) this.nextCheckNs = checkNs;
    this.tail = (tail + 1) & (this.checked.length - 1);
    if (this.tail === head) this.grow();
  }

  /** Doubles a ring that is full. */
  private grow(): void {
    const { checked, checkNs, head } = this;
    const size = checked.length;
    this.checked = new Int32Array(2 * size);
    this.checkNs = new Float64Array(2 * size);
    for (let i = 0; i < size; i++) {
      this.checked[i] = checked[(head + i) & (size - 1)]!;
      this.checkNs[i] = checkNs[(head + i) & (size - 1)]!;
    }
    this.head = 0;
    this.tail = size;
  }
}
