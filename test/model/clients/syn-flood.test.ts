/** What a SYN flood puts on the wire, and what it does to a guest. */
import { describe, expect, it } from 'vitest';
import { SYN_FLOOD } from '../../../src/model/clients/syn-flood.js';
import { Arrivals } from '../../../src/model/devices/arrivals.js';
import { Link } from '../../../src/model/devices/link.js';
import {
  connectionOf,
  PACKET_TYPES,
  packetOf,
  SYN,
  SYN_ACK,
  typeOf,
} from '../../../src/model/devices/packet.js';
import { Clock } from '../../../src/model/engine/clock.js';
import { RandomStream } from '../../../src/model/engine/random-stream.js';
import { simulate } from '../../../src/model/index.js';
import { COSTS, httperf, machineInput, SECOND_NS, synFlood, webServer } from '../machine-input.js';
import { percent, perSecond, total } from '../readings.js';

const MS = 1e6;

/** What a flood on a link that takes no time has sent by a time, as the NIC gets it. */
function sent(rate: number, endNs: number, over: Parameters<typeof synFlood>[1] = {}) {
  const clock = new Clock();
  const times = { bitsPerSecond: 8e18, latencyNs: 0, jitterNs: 1 };
  const arrivals = new Arrivals(1e6);
  const wireBytes = new Uint16Array(PACKET_TYPES).fill(66);
  const link = new Link(clock, times, wireBytes, new RandomStream(1, 'jitter'), arrivals);
  const flood = SYN_FLOOD(synFlood(rate, { clockSkewPpm: 0, ...over }), 0, link, 0);
  while (flood.nextTickNs() <= endNs) {
    clock.nowNs = flood.nextTickNs();
    flood.tick(clock.nowNs);
  }
  const seen: { readonly ns: number; readonly packet: number }[] = [];
  while (arrivals.nextNs <= endNs) {
    const ns = arrivals.nextNs;
    arrivals.arrive(ns);
    for (; arrivals.waiting > 0; arrivals.drop(1)) {
      seen.push({ ns, packet: arrivals.packets[arrivals.head]! });
    }
  }
  return { flood, seen, arrivals };
}

describe('a SYN flood', () => {
  it.each([3, 1000, 70_000])('of %i/s sends its k-th SYN at k / rate', (rate) => {
    const { seen } = sent(rate, SECOND_NS);
    expect(seen.length).toBe(rate);
    const off = seen.map(({ ns }, i) => Math.abs(ns - ((i + 1) * SECOND_NS) / rate));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
    expect(seen.every(({ packet }) => typeOf(packet) === SYN)).toBe(true);
  });

  it('sends as many however long its ticks are, by a clock that may be off', () => {
    for (const tickNs of [MS, 7 * MS]) {
      const { seen } = sent(5000, 10 * SECOND_NS, { tickNs, clockSkewPpm: 1000 });
      expect(Math.abs(seen.length - 50_050)).toBeLessThanOrEqual(1);
    }
  });

  it('has a connection of its own for each SYN, and answers nothing', () => {
    const { flood, seen, arrivals } = sent(10_000, SECOND_NS);
    const ids = new Set(seen.map(({ packet }) => connectionOf(packet)));
    expect(ids.size).toBe(10_000);
    const last = seen.at(-1)!.packet;
    const before = arrivals.nextNs;
    arrivals.arrive(2 * SECOND_NS);
    const { waiting } = arrivals;
    flood.receive(Int32Array.of(packetOf(connectionOf(last), SYN_ACK)), 0, 1);
    arrivals.arrive(2 * SECOND_NS);
    expect([before > SECOND_NS, arrivals.waiting]).toEqual([true, waiting]);
    expect([flood.replies, flood.errors]).toEqual([0, 0]);
  });
});

describe('a guest under a SYN flood', () => {
  it('spends a packet on each SYN and one on its answer, and nothing else', () => {
    const rate = 5000;
    const result = simulate(
      machineInput({ processes: [webServer('vm1')], clients: [synFlood(rate)] }),
      1,
    );
    const vmPct = percent(result, 'domain:vm1:cpu');
    // Each SYN-ACK is repeated 3 s later unless the SYN 4096 later has taken its place.
    expect(vmPct).toBeCloseTo((100 * rate * 2 * COSTS.guestPacketNs) / SECOND_NS, 1);
    expect(percent(result, 'domain:vm1:dom0net')).toBeCloseTo(
      (100 * rate * 2 * COSTS.dom0PacketNs) / SECOND_NS,
      1,
    );
    expect(percent(result, 'process:httpd:true')).toBe(0);
    expect(total(result, 'client:flood:replies')).toBe(0);
  });

  it('serves others beside it while there is CPU time for both', () => {
    const result = simulate(
      machineInput({ processes: [webServer('vm1')], clients: [httperf(500), synFlood(2000)] }),
      1,
    );
    expect(perSecond(result, 'client:httperf:replies')).toBeCloseTo(500, -1);
  });
});
