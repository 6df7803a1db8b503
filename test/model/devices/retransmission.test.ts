/** What is sent again: after which time, and who pays for it. */
import { describe, expect, it } from 'vitest';
import { HTTPERF } from '../../../src/model/clients/httperf.js';
import { REPLAY } from '../../../src/model/clients/replay.js';
import { Arrivals } from '../../../src/model/devices/arrivals.js';
import { Link } from '../../../src/model/devices/link.js';
import type { Netfront } from '../../../src/model/devices/netfront.js';
import {
  CLIENT_FIN,
  FIN_ACK,
  HANDSHAKE_ACK,
  makeConnection,
  PACKET_TYPES,
  packetOf,
  REQUEST,
  REQUEST_ACK,
  RESPONSE,
  SYN,
  SYN_ACK,
  typeOf,
} from '../../../src/model/devices/packet.js';
import { PacketRing } from '../../../src/model/devices/packet-ring.js';
import { TcpListener } from '../../../src/model/devices/tcp-listener.js';
import { Clock } from '../../../src/model/engine/clock.js';
import { RandomStream } from '../../../src/model/engine/random-stream.js';
import { simulate } from '../../../src/model/index.js';
import { httperf, machineInput, synFlood, webServer } from '../machine-input.js';
import { counter, total } from '../readings.js';

const MS = 1e6;

const replayed = {
  kind: 'replay',
  name: 'replay',
  target: 'httpd',
  clockSkewPpm: 0,
  responseNs: 0,
  maxOpen: 1,
  timeoutNs: 0,
} as const;

describe('a client whose first SYN is lost', () => {
  it('measures the round trip from the second: it repeats its request after 200 ms', () => {
    const clock = new Clock();
    const times = { bitsPerSecond: 1e9, latencyNs: 50_000, jitterNs: 1 };
    const wireBytes = new Uint16Array(PACKET_TYPES).fill(66);
    const link = new Link(clock, times, wireBytes, new RandomStream(1, 'jitter'), new Arrivals(99));
    const client = HTTPERF(httperf(1, { clockSkewPpm: 0 }), 0, link, 0);
    const ticksTo = (endMs: number) => {
      for (let ms = clock.nowNs / MS; ms < endMs; ms++) {
        clock.nowNs = ms * MS;
        client.tick(clock.nowNs);
      }
      clock.nowNs = endMs * MS;
    };
    // One attempt is due after a second; its SYN is repeated after three more.
    ticksTo(4100);
    expect([client.attempts, client.retransmits]).toEqual([4, 1]);
    client.receive(Int32Array.of(packetOf(makeConnection(0, 0, 0), SYN_ACK)), 0, 1);
    // RFC 6298: a round trip of 50 ms or so, and 200 ms. Of the first SYN it would be 9 s.
    ticksTo(4250);
    expect(client.retransmits).toBe(1);
    ticksTo(4500);
    expect(client.retransmits).toBe(2);
  });
});

function listening() {
  const clock = new Clock();
  const sent: string[] = [];
  const netfront = {
    send: (packet: number) => sent.push(`send ${typeOf(packet)}`),
    repeat: (packet: number) => sent.push(`pay 1 and send ${typeOf(packet)}`),
    pay: (packets: number) => sent.push(`pay ${packets}`),
  } as unknown as Netfront;
  const events = { acceptable: () => {}, requested: () => {}, hungUp: () => {} };
  const listener = new TcpListener(clock, netfront, new PacketRing(10), 3, events);
  const connection = makeConnection(0, 0, 7);
  const receive = (type: number) => listener.receive(packetOf(connection, type));
  return { clock, sent, listener, connection, receive };
}

describe('a server', () => {
  it('pays for a repeated SYN-ACK', () => {
    const { clock, sent, listener, receive } = listening();
    expect(typeOf(receive(SYN))).toBe(SYN_ACK);
    clock.nowNs = 3_100 * MS;
    listener.tick();
    expect(sent).toEqual([`pay 1 and send ${SYN_ACK}`]);
  });

  it('pays for every segment of a repeated page', () => {
    const { clock, sent, listener, connection, receive } = listening();
    receive(SYN);
    receive(HANDSHAKE_ACK);
    receive(REQUEST);
    listener.acceptConnection(connection, 0);
    listener.respond(connection);
    const page = sent.splice(0);
    expect(page).toHaveLength(3);
    clock.nowNs = 300 * MS;
    listener.tick();
    expect(sent).toEqual(['pay 3', ...page]);
  });

  it('pays for answering a FIN again before it has closed', () => {
    const { sent, listener, connection, receive } = listening();
    receive(SYN);
    receive(HANDSHAKE_ACK);
    receive(REQUEST);
    listener.acceptConnection(connection, 0);
    listener.respond(connection);
    sent.splice(0);
    receive(CLIENT_FIN);
    expect(sent).toEqual([]);
    receive(CLIENT_FIN);
    expect(sent).toEqual([`pay 1 and send ${FIN_ACK}`]);
  });
});

it('a connection has a socket of its own once it is established, and no other has', () => {
  const { listener, connection, receive } = listening();
  const other = connection ^ makeConnection(0, 1, 0);
  const have = () => [connection, other].map((one) => listener.hasSocket(one));
  expect(have()).toEqual([false, false]);
  receive(SYN);
  expect(have()).toEqual([false, false]);
  receive(HANDSHAKE_ACK);
  expect(have()).toEqual([true, false]);
});

/** Seconds of the repetitions of what is first repeated after `rto`, each after twice the last. */
function backedOff(rto: number, repetitions: number): number[] {
  return Array.from({ length: repetitions }, (_, i) => rto * (2 ** (i + 1) - 1));
}

it('a server that has nothing else to do wakes up to send again: after 3 s, 9, 21 and 45', () => {
  // One SYN after 50 s, which is never followed by anything.
  const result = simulate(
    machineInput({
      warmupNs: 45e9,
      durationNs: 54e9,
      processes: [webServer('vm1')],
      clients: [synFlood(1 / 50)],
    }),
    1,
  );
  expect(total(result, 'client:flood:attempts')).toBe(1);
  expect(counter(result, 'server retransmissions')).toBe(4);
});

describe('what is never answered is given up', () => {
  const TICK_MS = 10;
  const connection = makeConnection(0, 0, 0);

  /** A client that opens one connection after a second; the packets that it is sent, by ms. */
  function lonely(answers: readonly (readonly [ms: number, type: number])[], endS: number) {
    const clock = new Clock();
    const times = { bitsPerSecond: 1e9, latencyNs: 50_000, jitterNs: 1 };
    const wireBytes = new Uint16Array(PACKET_TYPES).fill(66);
    const random = new RandomStream(1, 'jitter');
    const link = new Link(clock, times, wireBytes, random, new Arrivals(99));
    const input = { ...replayed, tickNs: TICK_MS * MS, timesNs: Float64Array.of(1000 * MS) };
    const client = REPLAY(input, 0, link, 0);
    const repeatedS: number[] = [];
    let failedS = Number.NaN;
    const left = [...answers];
    for (let ms = 0; ms < endS * 1000; ms += TICK_MS) {
      clock.nowNs = ms * MS;
      const [next] = left;
      if (next !== undefined && next[0] <= ms) {
        left.shift();
        client.receive(Int32Array.of(packetOf(connection, next[1])), 0, 1);
      }
      const { retransmits, errors } = client;
      client.tick(clock.nowNs);
      if (client.retransmits > retransmits) repeatedS.push(ms / 1000);
      if (client.errors > errors) failedS = ms / 1000;
    }
    return { client, repeatedS, failedS };
  }

  /** Deadlines are looked at every 50 ms. */
  const expectLate = (found: readonly number[], due: readonly number[]) => {
    expect(found).toHaveLength(due.length);
    // The next deadline counts from a repetition that was late.
    found.forEach((s, i) => {
      expect(s).toBeGreaterThanOrEqual(due[i]!);
      expect(s).toBeLessThan(due[i]! * 1.02 + 0.1 * (i + 1));
    });
  };

  it('a SYN after five repetitions and 189 s: tcp_syn_retries', () => {
    const { repeatedS, failedS, client } = lonely([], 300);
    expectLate(
      repeatedS,
      backedOff(3, 5).map((s) => 1 + s),
    );
    expectLate([failedS], [1 + 189]);
    expect([client.replies, client.errors]).toEqual([0, 1]);
  });

  it('a request after fifteen: tcp_retries2', () => {
    const { repeatedS, failedS, client } = lonely([[1010, SYN_ACK]], 15_000);
    // The round trip took 10 ms, and 200 ms are the margin.
    expectLate(
      repeatedS.slice(0, 8),
      backedOff(0.21, 8).map((s) => 1.01 + s),
    );
    expect(repeatedS).toHaveLength(15);
    expect(failedS).toBeGreaterThan(repeatedS.at(-1)!);
    expect(client.errors).toBe(1);
  });

  it('a FIN after eight, without an error: the reply has come', () => {
    const answers = [
      [1010, SYN_ACK],
      [1020, REQUEST_ACK],
      [1030, RESPONSE],
    ] as const;
    const { repeatedS, failedS, client } = lonely(answers, 500);
    expect(repeatedS).toHaveLength(8);
    expect(failedS).toBeNaN();
    expect([client.replies, client.errors]).toEqual([1, 0]);
  });

  it('a request that is acknowledged is not repeated, however long the answer takes', () => {
    const answers = [
      [1010, SYN_ACK],
      [1020, REQUEST_ACK],
    ] as const;
    expect(lonely(answers, 100).repeatedS).toEqual([]);
  });

  it("a server's page after fifteen", () => {
    const { clock, sent, listener, receive } = listening();
    for (const type of [SYN, HANDSHAKE_ACK, REQUEST]) receive(type);
    listener.acceptConnection(makeConnection(0, 0, 7), 0);
    listener.respond(makeConnection(0, 0, 7));
    sent.splice(0);
    for (let ms = 0; ms < 15_000_000; ms += 50) {
      clock.nowNs = ms * MS;
      listener.tick();
    }
    expect(sent.filter((one) => one === 'pay 3')).toHaveLength(15);
    expect(listener.retransmits).toBe(15);
  });
});
