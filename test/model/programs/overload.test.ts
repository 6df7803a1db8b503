import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/model/index.js';
import {
  COSTS,
  domain,
  httperf,
  loop,
  machineInput,
  NETWORK,
  SECOND_NS,
  snort,
  webServer,
} from '../machine-input.js';
import { counter, percent, perSecond, total } from '../readings.js';

describe('httperf against a server of 500 requests/s, asked for 1000', () => {
  // Measured with the real httperf: a single-threaded server with 2 ms of CPU a request and a
  // backlog of 511, so that a connection in a full accept queue waits 1.02 s. There closing was
  // next to nothing.
  const overloaded = (timeoutNs: number) =>
    simulate(
      machineInput({
        warmupNs: 5 * SECOND_NS,
        durationNs: 15 * SECOND_NS,
        costs: {
          ...COSTS,
          webRequestNs: 2_000_000,
          webCloseSharePct: 1,
          guestPacketNs: 100,
          dom0PacketNs: 100,
        },
        processes: [webServer('vm1', 511)],
        clients: [httperf(1000, { timeoutNs })],
      }),
      1,
    );

  it('without a timeout it is served at capacity, and attempts find no descriptor', () => {
    const result = overloaded(0);
    expect(perSecond(result, 'client:httperf:replies')).toBeGreaterThan(480);
    expect(perSecond(result, 'client:httperf:errors')).toBeGreaterThan(400);
    expect(counter(result, 'accept queue full')).toBeGreaterThan(0);
  });

  it('with a timeout longer than the wait it still is', () => {
    const result = overloaded(5 * SECOND_NS);
    expect(perSecond(result, 'client:httperf:replies')).toBeGreaterThan(450);
  });

  it('with a shorter one the server works on abandoned connections', () => {
    const result = overloaded(SECOND_NS);
    expect(perSecond(result, 'client:httperf:replies')).toBeLessThan(100);
    expect(percent(result, 'process:httpd:true')).toBeGreaterThan(90);
  });
});

describe('what overflows is dropped where it would be, and counted', () => {
  it('the accept queue holds backlog + 1 while the server does not run', () => {
    const result = simulate(
      machineInput({
        warmupNs: 0,
        durationNs: 12 * SECOND_NS,
        // Room for all that its start brings: nothing else is to be sent again.
        network: { ...NETWORK, vifQueueSlots: 1000 },
        processes: [{ ...webServer('vm1', 100), startNs: 2 * SECOND_NS }],
        clients: [httperf(500, { maxOpen: 400 })],
      }),
      1,
    );
    const replies = result.series.find((one) => one.key === 'client:httperf:replies');
    expect([...(replies?.values.slice(0, 2) ?? [])]).toEqual([0, 0]);
    expect(replies?.values[2]).toBeGreaterThanOrEqual(101);
    // The other 299 open connections repeat their SYN 3 s after the first, when it is answered.
    expect(counter(result, 'accept queue full')).toBe(299);
    expect(counter(result, 'client retransmissions')).toBe(299);
    expect(perSecond(result, 'client:httperf:replies')).toBeGreaterThan(350);
  });

  it("a sniffer that does not run misses all but its buffer's worth", () => {
    const result = simulate(
      machineInput({
        warmupNs: 0,
        durationNs: 4 * SECOND_NS,
        processes: [{ ...snort('dom0', 'vm1'), startNs: 10 * SECOND_NS }, webServer('vm1')],
        clients: [httperf(500)],
      }),
      1,
    );
    const held = total(result, 'sniffer:snort:offered') - total(result, 'sniffer:snort:missed');
    const smallest = 66 + NETWORK.snifferOverheadBytes;
    expect(held).toBeGreaterThan(NETWORK.snifferBufferBytes / (2 * smallest));
    expect(held).toBeLessThanOrEqual(NETWORK.snifferBufferBytes / smallest);
  });

  it('a guest that hardly runs posts no buffers: its queue in domain 0 overflows', () => {
    const result = simulate(
      machineInput({
        domains: [domain('dom0'), domain('vm1', { capPct: 1 }), domain('busy')],
        processes: [webServer('vm1'), loop('loop', 'busy')],
        clients: [httperf(4000)],
      }),
      1,
    );
    expect(counter(result, 'vif queue full')).toBeGreaterThan(0);
    // Domain 0's work for the dropped packets is spent all the same.
    expect(percent(result, 'domain:vm1:dom0net')).toBeGreaterThan(0);
  });
});

describe('two customers on one machine', () => {
  it('have their traffic, their servers and their sniffers apart', () => {
    const result = simulate(
      machineInput({
        domains: [domain('dom0'), domain('vm1'), domain('vm2')],
        processes: [
          webServer('vm1'),
          { ...webServer('vm2'), name: 'httpd2' },
          snort('dom0', 'vm1'),
          { ...snort('dom0', 'vm2'), name: 'snort2' },
        ],
        clients: [httperf(300), httperf(600, { name: 'httperf2', target: 'httpd2' })],
      }),
      1,
    );
    expect(perSecond(result, 'client:httperf:replies')).toBeCloseTo(300, -1);
    expect(perSecond(result, 'client:httperf2:replies')).toBeCloseTo(600, -1);
    expect(perSecond(result, 'sniffer:snort:offered')).toBeCloseTo(3000, -2);
    expect(perSecond(result, 'sniffer:snort2:offered')).toBeCloseTo(6000, -2);
    const packetPct = (10 * COSTS.dom0PacketNs) / 1e7;
    expect(percent(result, 'domain:vm1:dom0net')).toBeCloseTo(300 * packetPct, 1);
    expect(percent(result, 'domain:vm2:dom0net')).toBeCloseTo(600 * packetPct, 1);
  });
});
