/** What a guest under overload has left: with packets received in the softirq, and by LRP. */
import { describe, expect, it } from 'vitest';
import {
  type DomainInput,
  type ModelInput,
  type ProcessInput,
  type ReceptionInputOf,
  simulate,
} from '../../../src/model/index.js';
import {
  COSTS,
  domain,
  httperf,
  loop,
  machineInput,
  SECOND_NS,
  synFlood,
  webServer,
} from '../machine-input.js';
import { counter, percent, perSecond } from '../readings.js';

const PACKET_NS = 25_000;
const REQUEST_NS = 90_000;
const DEMUX_PCT = 8;
const DEMUX_NS = (PACKET_NS * DEMUX_PCT) / 100;
const LRP: ReceptionInputOf<'lrp'> = { kind: 'lrp', demuxSharePct: DEMUX_PCT, channelSlots: 50 };

/** Ten packets a request, six of them received, and nothing else that takes time. */
const MOST_RPS = SECOND_NS / (10 * PACKET_NS + REQUEST_NS);

/** A server of another port, which nobody but the flood asks. */
const victim = (over: Partial<ProcessInput> = {}) =>
  ({ ...webServer('vm1'), name: 'victim', ...over }) as ProcessInput;
/** It exists and never runs. */
const STOPPED = { startNs: 1000 * SECOND_NS };

/** A VM with a PCPU of its own, whose packets cost domain 0 little. */
function guest(
  lrp: ReceptionInputOf<'lrp'> | null,
  over: Partial<ModelInput>,
  kernel: Partial<DomainInput> = {},
) {
  const input = machineInput({
    pcpus: 2,
    durationNs: 2 * SECOND_NS,
    costs: { ...COSTS, dom0PacketNs: 1000, guestPacketNs: PACKET_NS, webRequestNs: REQUEST_NS },
    domains: [
      domain('dom0', { affinity: [0] }),
      domain('vm1', { affinity: [1], ...kernel, ...(lrp === null ? {} : { reception: lrp }) }),
    ],
    ...over,
  });
  return simulate(input, 1);
}

/** The replies of a saturated server, beside a flood of another port. */
const flooded = (
  lrp: ReceptionInputOf<'lrp'> | null,
  rate: number,
  process = victim(STOPPED),
  kernel: Partial<DomainInput> = {},
) =>
  guest(
    lrp,
    {
      processes: [webServer('vm1'), process],
      clients: [httperf(4000, { maxOpen: 40 }), synFlood(rate, { target: 'victim' })],
    },
    kernel,
  );
const replies = (result: ReturnType<typeof guest>) => perSecond(result, 'client:httperf:replies');

describe('a kernel that receives in the softirq', () => {
  it.each([1, 5000, 10_000, 15_000])('has what two packets for each of %i SYNs/s leave', (rate) => {
    const left = 1 - (rate * 2 * PACKET_NS) / SECOND_NS;
    expect(replies(flooded(null, rate)) / MOST_RPS).toBeCloseTo(left, 1);
  });

  it.each([20_000, 30_000])('has nothing left at %i SYNs/s, whether anybody wants them', (rate) => {
    const result = flooded(null, rate);
    expect(replies(result) / MOST_RPS).toBeLessThan(0.02);
    expect(percent(result, 'domain:vm1:cpu')).toBeCloseTo(100, 0);
  });
});

describe('a kernel with LRP', () => {
  it.each([1, 10_000, 20_000, 40_000])(
    'loses to %i SYNs/s for a process that does not run only the finding of its socket',
    (rate) => {
      const result = flooded(LRP, rate);
      const left = 1 - (rate * DEMUX_NS) / SECOND_NS;
      expect(replies(result) / MOST_RPS).toBeGreaterThan(left - 0.02);
      expect(replies(result) / MOST_RPS).toBeLessThan(left + 0.005);
      if (rate > 1) expect(counter(result, 'socket channel full') / (2 * rate)).toBeCloseTo(1, 1);
    },
  );

  it('has a process that is flooded pay for it: both get their share', () => {
    const fair = { scheduler: 'cfs', accounting: 'cfs' } as const;
    const result = flooded(LRP, 40_000, victim(), fair);
    const own = (name: string) => percent(result, `process:${name}:true`);
    expect(Math.abs(own('victim') - own('httpd'))).toBeLessThan(3);
    const demuxPct = (100 * (40_000 * DEMUX_NS)) / SECOND_NS;
    expect(own('victim') + own('httpd') + demuxPct).toBeGreaterThan(96);
    expect(replies(result) / MOST_RPS).toBeGreaterThan(0.4);
  });

  it('does the protocol work at the priority of the receiver', () => {
    const nice = flooded(LRP, 20_000, victim({ nice: 19 }));
    // Time slices of 5 ms beside 100.
    expect(percent(nice, 'process:victim:true')).toBeLessThan(12);
    const beside = (lrp: ReceptionInputOf<'lrp'> | null) =>
      guest(lrp, {
        processes: [loop('loop', 'vm1'), victim({ nice: 19 })],
        clients: [synFlood(15_000, { target: 'victim' })],
      });
    const softirqPct = (100 * 15_000 * 2 * PACKET_NS) / SECOND_NS;
    expect(percent(beside(null), 'process:loop:true')).toBeCloseTo(100 - softirqPct, 0);
    expect(percent(beside(LRP), 'process:loop:true')).toBeGreaterThan(80);
  });

  it('takes as long for a request, and charges the receiver for all but finding the socket', () => {
    const rate = 1000;
    const load = { processes: [webServer('vm1')], clients: [httperf(rate)] };
    const softirq = guest(null, load);
    const lrp = guest(LRP, load);
    for (const result of [softirq, lrp]) expect(replies(result)).toBeCloseTo(rate, -1);
    const vm = (result: typeof lrp) => percent(result, 'domain:vm1:cpu');
    expect(vm(lrp)).toBeCloseTo(vm(softirq), 0);
    expect(vm(lrp)).toBeCloseTo((100 * rate) / MOST_RPS, 0);
    const own = (result: typeof lrp) => percent(result, 'process:httpd:true');
    // The process sends the page and its own FIN in both.
    const sentNs = 2 * PACKET_NS;
    expect(own(softirq)).toBeCloseTo((100 * rate * (REQUEST_NS + sentNs)) / SECOND_NS, 0);
    const receivedNs = 6 * (PACKET_NS - DEMUX_NS) + 2 * PACKET_NS;
    expect(own(lrp)).toBeCloseTo((100 * rate * (REQUEST_NS + sentNs + receivedNs)) / SECOND_NS, 0);
    expect(counter(lrp, 'socket channel full')).toBe(0);
  });

  it('keeps nobody apart who has the same socket: a flood of it shuts others out', () => {
    const result = guest(LRP, {
      processes: [webServer('vm1')],
      clients: [httperf(4000, { maxOpen: 40 }), synFlood(40_000)],
    });
    expect(replies(result) / MOST_RPS).toBeLessThan(0.02);
    expect(counter(result, 'socket channel full')).toBeGreaterThan(40_000);
  });

  it('lets as many packets wait for a socket as its channel holds', () => {
    for (const channelSlots of [1, 7]) {
      const result = guest(
        { ...LRP, channelSlots },
        {
          processes: [victim(STOPPED)],
          clients: [synFlood(100, { target: 'victim' })],
          warmupNs: 0,
        },
      );
      // The last SYN may still be on its way.
      expect(200 - channelSlots - counter(result, 'socket channel full')).toBeLessThanOrEqual(1);
    }
  });
});
