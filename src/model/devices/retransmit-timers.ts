import { DelayLine } from './delay-line.js';
import { CONNECTIONS_PER_CLIENT, indexOf } from './packet.js';

/** RTO before the first round trip is measured, and the smallest margin above one (Linux 2.6). */
const INITIAL_RTO_NS = 3_000_000_000;
const MIN_MARGIN_NS = 200_000_000;
/** Expiry is looked at this often; a retransmission is late by at most this much. */
const CHECK_NS = 50_000_000;

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
  private readonly checks = new DelayLine();

  /** Starts to watch a new connection; its first packet was sent at `nowNs`. */
  open(connection: number, nowNs: number): void {
    const at = indexOf(connection);
    this.watched[at] = connection;
    this.rtoNs[at] = INITIAL_RTO_NS;
    this.retries[at] = 0;
    this.deadlineNs[at] = nowNs + INITIAL_RTO_NS;
    this.checks.push(nowNs + CHECK_NS, connection);
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

  nextCheckNs(): number {
    return this.checks.nextNs;
  }

  /** A connection whose deadline has passed, its RTO doubled and armed again; -1 if none. */
  nextExpired(nowNs: number): number {
    while (this.checks.nextNs <= nowNs) {
      const connection = this.checks.shift();
      const at = indexOf(connection);
      if (this.watched[at] !== connection) continue;
      this.checks.push(nowNs + CHECK_NS, connection);
      if (this.deadlineNs[at]! <= nowNs) {
        this.retries[at]!++;
        this.rtoNs[at]! *= 2;
        this.deadlineNs[at] = nowNs + this.rtoNs[at]!;
        return connection;
      }
    }
    return -1;
  }
}
