import { describe, expect, it } from 'vitest';
import { Arrivals } from '../../../src/model/devices/arrivals.js';
import { Link } from '../../../src/model/devices/link.js';
import { PACKET_TYPES, packetOf, REQUEST, SEGMENT } from '../../../src/model/devices/packet.js';
import { Clock } from '../../../src/model/engine/clock.js';
import { RandomStream } from '../../../src/model/engine/random-stream.js';

const LATENCY_NS = 30_000;
const REQUEST_BYTES = 100;
const SEGMENT_BYTES = 1514;

/** A link with nothing of chance in it. */
function link(bitsPerSecond: number) {
  const clock = new Clock();
  const bytes = new Uint16Array(PACKET_TYPES).fill(REQUEST_BYTES);
  bytes[SEGMENT] = SEGMENT_BYTES;
  const times = { bitsPerSecond, latencyNs: LATENCY_NS, jitterNs: 1 };
  const arrivals = new Arrivals(99);
  const made = new Link(clock, times, bytes, new RandomStream(1, 'jitter'), arrivals);
  return { clock, arrivals, link: made };
}

describe.each([
  [10e6, 'Ethernet'],
  [100e6, 'Fast Ethernet'],
  [1e9, 'Gigabit Ethernet'],
])('a link of %d bits/s, %s', (bitsPerSecond) => {
  /** A byte is eight bits. */
  const wireNs = (bytes: number) => (8 * bytes * 1e9) / bitsPerSecond;

  it('has a packet of the machine at the client after its time on the wire and the latency', () => {
    const one = link(bitsPerSecond);
    one.clock.nowNs = 1000;
    one.link.transmit(packetOf(0, REQUEST));
    expect(one.link.arrivalNs).toBe(1000 + wireNs(REQUEST_BYTES) + LATENCY_NS);
  });

  it('has packets that are sent at the same time one after the other', () => {
    const one = link(bitsPerSecond);
    for (let i = 0; i < 5; i++) one.link.transmit(packetOf(0, SEGMENT));
    expect(one.link.arrivalNs).toBe(5 * wireNs(SEGMENT_BYTES) + LATENCY_NS);
    // An idle link is free at once.
    one.clock.nowNs = 1e9;
    one.link.transmit(packetOf(0, SEGMENT));
    expect(one.link.arrivalNs).toBe(1e9 + wireNs(SEGMENT_BYTES) + LATENCY_NS);
  });

  it("has a client's packet at the NIC likewise, and its answer as much later", () => {
    const one = link(bitsPerSecond);
    one.link.connect(packetOf(0, REQUEST), 5000);
    expect(one.arrivals.nextNs).toBe(5000 + wireNs(REQUEST_BYTES) + LATENCY_NS);
    const other = link(bitsPerSecond);
    other.link.transmit(packetOf(0, SEGMENT));
    other.link.answer(packetOf(0, REQUEST), 7000);
    const backAndForthNs = wireNs(SEGMENT_BYTES) + wireNs(REQUEST_BYTES) + 2 * LATENCY_NS;
    expect(other.arrivals.nextNs).toBe(backAndForthNs + 7000);
  });
});
