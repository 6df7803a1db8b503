/** What httperf puts on the wire, and when. */
import { describe, expect, it } from 'vitest';
import { HTTPERF } from '../../../src/model/clients/httperf.js';
import { Arrivals } from '../../../src/model/devices/arrivals.js';
import { Link } from '../../../src/model/devices/link.js';
import {
  connectionOf,
  HANDSHAKE_ACK,
  PACKET_TYPES,
  packetOf,
  REQUEST,
  RESET,
  SYN,
  SYN_ACK,
  typeOf,
} from '../../../src/model/devices/packet.js';
import { Clock } from '../../../src/model/engine/clock.js';
import { RandomStream } from '../../../src/model/engine/random-stream.js';
import { httperf } from '../machine-input.js';

const US = 1000;
const MS = 1e6;
const SECOND = 1e9;

/** A client on a link that takes no time, and what has come from it to the NIC. */
function client(over: Partial<Parameters<typeof httperf>[1]> & { readonly rate: number }) {
  const clock = new Clock();
  const times = { bitsPerSecond: 8e18, latencyNs: 0, jitterNs: 1 };
  const arrivals = new Arrivals(1e6);
  const wireBytes = new Uint16Array(PACKET_TYPES).fill(66);
  const link = new Link(clock, times, wireBytes, new RandomStream(1, 'jitter'), arrivals);
  const made = HTTPERF(httperf(over.rate, { clockSkewPpm: 0, ...over }), 0, link, 0);
  const seen: { readonly ns: number; readonly packet: number }[] = [];
  const collect = () => {
    while (arrivals.nextNs < Infinity) {
      const ns = arrivals.nextNs;
      arrivals.arrive(ns);
      for (let n = arrivals.waiting; n > 0; n--) {
        seen.push({ ns, packet: arrivals.packets[arrivals.head]! });
        arrivals.drop(1);
      }
    }
  };
  /** Lets it go through the ticks of its own clock. */
  const runTo = (endNs: number) => {
    for (let ns = made.nextTickNs(); ns <= endNs; ns = made.nextTickNs()) {
      clock.nowNs = ns;
      made.tick(ns);
      collect();
    }
    clock.nowNs = endNs;
  };
  const receive = (packet: number) => {
    made.receive(Int32Array.of(packet), 0, 1);
    collect();
  };
  return { made, seen, runTo, receive };
}

describe('connections', () => {
  it('are opened in a burst at each tick, so far apart as one takes: 4000/s is 4 in 1 ms', () => {
    const { seen, runTo } = client({ rate: 4000, tickNs: MS, connectNs: 30 * US });
    runTo(10 * MS);
    const expected = Array.from({ length: 40 }, (_, i) => {
      const tick = 1 + Math.floor(i / 4);
      return tick * MS + (i % 4) * 30 * US;
    });
    expect(seen.map(({ ns }) => ns)).toEqual(expected);
    expect(seen.every(({ packet }) => typeOf(packet) === SYN)).toBe(true);
  });

  it('keep an absolute schedule: the time times the rate, however short the ticks', () => {
    for (const tickNs of [MS, 7 * MS, 33 * MS]) {
      const { made, runTo } = client({ rate: 333, tickNs });
      runTo(10 * SECOND);
      expect(10 * 333 - made.attempts).toBeGreaterThanOrEqual(0);
      expect(10 * 333 - made.attempts).toBeLessThanOrEqual(Math.ceil((333 * tickNs) / SECOND) + 1);
    }
  });

  it.each([-1000, 0, 20, 1000])(
    'come by its own clock, which is fast by %d ppm',
    (clockSkewPpm) => {
      const { made, runTo } = client({ rate: 1000, tickNs: 10 * MS, clockSkewPpm });
      runTo(100 * SECOND);
      expect(Math.abs(made.attempts - 100_000 * (1 + clockSkewPpm / 1e6))).toBeLessThanOrEqual(11);
    },
  );

  it('beyond the descriptors that there are fail without a packet', () => {
    const { made, seen, runTo } = client({ rate: 1000, maxOpen: 7 });
    runTo(100 * MS);
    expect([made.attempts, made.errors, seen.length]).toEqual([100, 93, 7]);
  });
});

describe('answers', () => {
  it('go out a response time after what they answer: a SYN-ACK is acknowledged, and asked', () => {
    const { seen, runTo, receive } = client({ rate: 1, responseNs: 40 * US });
    runTo(1001 * MS);
    const [{ packet: syn } = { packet: -1 }] = seen.splice(0);
    receive(packetOf(connectionOf(syn), SYN_ACK));
    expect(seen.map(({ packet }) => typeOf(packet))).toEqual([HANDSHAKE_ACK, REQUEST]);
    for (const { ns } of seen) expect(ns).toBe(1001 * MS + 40 * US);
  });
});

describe('a timeout', () => {
  it('resets the connection, which is an error then, and frees its descriptor', () => {
    const { made, seen, runTo } = client({ rate: 1, maxOpen: 1, timeoutNs: 500 * MS });
    runTo(1400 * MS);
    expect([made.attempts, made.errors]).toEqual([1, 0]);
    runTo(1600 * MS);
    expect([made.attempts, made.errors]).toEqual([1, 1]);
    expect(seen.map(({ packet }) => typeOf(packet))).toEqual([SYN, RESET]);
    expect(seen[1]?.ns).toBe(1500 * MS);
    runTo(2100 * MS);
    expect([made.attempts, made.errors]).toEqual([2, 1]);
  });

  it('of 0 is none', () => {
    const { made, runTo } = client({ rate: 1, timeoutNs: 0 });
    runTo(60 * SECOND);
    expect(made.errors).toBe(0);
  });
});
