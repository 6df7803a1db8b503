/** What becomes of the packets that a NIC has, by guest and by what they find there. */
import { describe, expect, it } from 'vitest';
import { Arrivals } from '../../../src/model/devices/arrivals.js';
import { Dom0Inbound } from '../../../src/model/devices/dom0-inbound.js';
import { Nic } from '../../../src/model/devices/nic.js';
import { makeConnection, packetOf, SYN } from '../../../src/model/devices/packet.js';
import { TapPoint } from '../../../src/model/devices/taps.js';
import { Vif } from '../../../src/model/devices/vif.js';
import { Clock } from '../../../src/model/engine/clock.js';
import { EventQueue } from '../../../src/model/engine/event-queue.js';
import type { EventChannel } from '../../../src/model/guest/event-channel.js';
import type { InterruptLine } from '../../../src/model/guest/interrupt-line.js';
import type { GuestKernel } from '../../../src/model/guest/kernel.js';
import { Softirqs } from '../../../src/model/guest/softirqs.js';
import { simulate } from '../../../src/model/index.js';
import {
  COSTS,
  cage,
  domain,
  httperf,
  loop,
  machineInput,
  SECOND_NS,
  webServer,
} from '../machine-input.js';
import { counter, total } from '../readings.js';

const BUDGET = 64;
const BRIDGE_NS = 10;
const NETBACK_NS = 1000;
const BUFFERS = 100;
const QUEUE_SLOTS = 32;

/** So many guests, numbered from 1, each with a client of its own, numbered from 0. */
function inbound(guests: number) {
  const clock = new Clock();
  const arrivals = new Arrivals(1000);
  const nic = new Nic(clock, new EventQueue(1), 0, arrivals, 0);
  const softirqs = new Softirqs();
  let bridgeNs = 0;
  const owe = (_: number, ns: number) => {
    bridgeNs += ns;
  };
  const kernel = { softirqs, kind: 0, owe } as unknown as GuestKernel;
  const channel = { notify: () => {} } as unknown as EventChannel;
  const numbers = Array.from({ length: guests }, (_, g) => g + 1);
  const vifs = numbers.map((number) => {
    const kinds = { bridgeIn: -number, netbackIn: number, netbackOut: 0, bridgeOut: 0 };
    return new Vif(number, { ...kinds, interrupt: 0 }, channel, channel, BUFFERS, 64, QUEUE_SLOTS);
  });
  const line = { handler: () => {} } as unknown as InterruptLine;
  const taps = [0, ...numbers].map(() => new TapPoint());
  const costs = { bridgePacketNs: BRIDGE_NS, netbackPacketNs: NETBACK_NS, pollBudget: BUDGET };
  const made = new Dom0Inbound(kernel, nic, line, vifs, vifs, taps, costs);
  /** Packets of these clients come, one a nanosecond. */
  const arrive = (clients: readonly number[]) => {
    clients.forEach((client, i) => {
      arrivals.add(packetOf(makeConnection(client, 0, i), SYN), clock.nowNs + 1 + i);
    });
    clock.nowNs += clients.length;
  };
  /** A pass of the softirq: what it is booked under, and its time in bridge and netback. */
  const pass = () => {
    bridgeNs = 0;
    const ns = made.begin();
    if (ns === 0) return null;
    const kind = kernel.kind;
    made.finish();
    return kind < 0 ? { kind, bridgeNs: ns, netbackNs: 0 } : { kind, bridgeNs, netbackNs: ns };
  };
  return { vifs, arrive, pass };
}

describe('the softirq of the NIC', () => {
  it('takes 64 packets at a time', () => {
    const { vifs, arrive, pass } = inbound(1);
    arrive(Array(90).fill(0));
    for (const count of [BUDGET, 90 - BUDGET]) {
      expect(pass()).toEqual({
        kind: 1,
        bridgeNs: count * BRIDGE_NS,
        netbackNs: count * NETBACK_NS,
      });
    }
    expect(pass()).toBe(null);
    expect([vifs[0]?.toGuest.length, vifs[0]?.postedBuffers]).toEqual([90, BUFFERS - 90]);
  });

  it('takes what is for one guest without a break: it is booked for that one', () => {
    const { vifs, arrive, pass } = inbound(2);
    arrive([0, 0, 1, 0, 1, 1, 1]);
    const passes = [1, 2, 3, 4].map(() => pass());
    expect(passes.map((one) => [one?.kind, (one?.bridgeNs ?? 0) / BRIDGE_NS])).toEqual([
      [1, 2],
      [2, 1],
      [1, 1],
      [2, 3],
    ]);
    expect(pass()).toBe(null);
    expect(vifs.map(({ toGuest }) => toGuest.length)).toEqual([3, 4]);
  });

  it('keeps 32 for which a guest has no buffers, drops the rest, and has the bridge pay', () => {
    const { vifs, arrive, pass } = inbound(1);
    const [vif] = vifs;
    arrive(Array(BUDGET).fill(0));
    expect(pass()?.netbackNs).toBe(BUDGET * NETBACK_NS);
    arrive(Array(BUDGET).fill(0));
    // 36 buffers are left.
    expect(pass()).toEqual({ kind: 1, bridgeNs: BUDGET * BRIDGE_NS, netbackNs: 36 * NETBACK_NS });
    expect([vif?.deviceQueue.length, vif?.droppedIn]).toEqual([28, 0]);
    arrive(Array(10).fill(0));
    expect(pass()).toEqual({ kind: -1, bridgeNs: 10 * BRIDGE_NS, netbackNs: 0 });
    expect([vif?.deviceQueue.length, vif?.droppedIn]).toEqual([QUEUE_SLOTS, 6]);
    // Once there are buffers, those that wait go first.
    vif!.postedBuffers = 5;
    arrive([0]);
    expect(pass()).toEqual({ kind: 1, bridgeNs: 0, netbackNs: 5 * NETBACK_NS });
    expect(vif?.deviceQueue.length).toBe(QUEUE_SLOTS - 5);
  });
});

describe("a packet that is dropped before netback's copy", () => {
  it("costs the driver's and the bridge's share alone", () => {
    // The IDS uses up the cage: its VM never runs, and nothing is ever answered.
    const result = simulate(
      machineInput({
        warmupNs: 2 * SECOND_NS,
        durationNs: 3 * SECOND_NS,
        domains: [domain('dom0'), domain('vm1')],
        processes: [loop('ids', 'dom0'), webServer('vm1')],
        clients: [httperf(2000, { timeoutNs: SECOND_NS / 5 })],
        cages: [cage({ vms: ['vm1'], processes: ['ids'], capPct: 40 })],
      }),
      1,
    );
    expect(total(result, 'domain:vm1:cpu')).toBe(0);
    const dropped = counter(result, 'vif queue full');
    expect(dropped).toBeGreaterThan(5000);
    const shareNs = (COSTS.dom0PacketNs * COSTS.bridgeSharePct) / 100;
    expect(total(result, 'domain:vm1:dom0net') / (dropped * shareNs)).toBeCloseTo(1, 2);
  });
});
