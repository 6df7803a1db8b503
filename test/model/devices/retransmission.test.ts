/** What is sent again: after which time, and who pays for it. */
import { describe, expect, it } from 'vitest';
import { HTTPERF } from '../../../src/model/clients/httperf.js';
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
  SYN,
  SYN_ACK,
  typeOf,
} from '../../../src/model/devices/packet.js';
import { PacketRing } from '../../../src/model/devices/packet-ring.js';
import { TcpListener } from '../../../src/model/devices/tcp-listener.js';
import { Clock } from '../../../src/model/engine/clock.js';
import { RandomStream } from '../../../src/model/engine/random-stream.js';
import { httperf } from '../machine-input.js';

const MS = 1e6;

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

describe('a server', () => {
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
    listener.acceptConnection(connection);
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
    listener.acceptConnection(connection);
    listener.respond(connection);
    sent.splice(0);
    receive(CLIENT_FIN);
    expect(sent).toEqual([]);
    receive(CLIENT_FIN);
    expect(sent).toEqual([`pay 1 and send ${FIN_ACK}`]);
  });
});
