/** What domain 0 does first when several guests want something at the same time. */
import { describe, expect, it } from 'vitest';
import { Dom0Outbound } from '../../../src/model/devices/dom0-outbound.js';
import type { Nic } from '../../../src/model/devices/nic.js';
import { makeConnection, packetOf, RESPONSE } from '../../../src/model/devices/packet.js';
import { TapPoint } from '../../../src/model/devices/taps.js';
import { Vif } from '../../../src/model/devices/vif.js';
import type { EventChannel } from '../../../src/model/guest/event-channel.js';
import type { GuestKernel } from '../../../src/model/guest/kernel.js';
import { Softirqs } from '../../../src/model/guest/softirqs.js';

const PACKET = packetOf(makeConnection(0, 0, 0), RESPONSE);
const BUDGET = 4;

/** Domain 0's way out for so many guests; what is sent is noted by guest, numbered from 1. */
function outbound(guests: number) {
  const softirqs = new Softirqs();
  const kernel = { softirqs, kind: 0, owe: () => {} } as unknown as GuestKernel;
  const nic = { arm: () => {} } as unknown as Nic;
  const channel = { notify: () => {} } as unknown as EventChannel;
  const kinds = { bridgeIn: 0, netbackIn: 0, netbackOut: 0, bridgeOut: 0, interrupt: 0 };
  const numbers = Array.from({ length: guests }, (_, g) => g + 1);
  const vifs = numbers.map((domain) => new Vif(domain, kinds, channel, channel, 64, 64, 64));
  const served: number[] = [];
  const sent: number[] = [];
  const taps = [0, ...numbers].map((domain) => {
    const point = new TapPoint();
    point.add({
      packet: () => {},
      batch: (_, from, to) => {
        served.push(domain);
        sent.push(to - from);
      },
    });
    return point;
  });
  const costs = { bridgePacketNs: 1, netbackPacketNs: 1, pollBudget: BUDGET };
  const clients = [{ receive: () => {} }];
  const made = new Dom0Outbound(kernel, nic, vifs, clients, taps, costs);
  const queue = (domain: number, packets: number) => {
    for (let i = 0; i < packets; i++) vifs[domain - 1]!.transmitRing.push(PACKET);
  };
  const run = () => {
    made.netbackEvent();
    while (softirqs.begin() > 0) softirqs.finish();
  };
  return { queue, run, served, sent };
}

describe("domain 0's netback", () => {
  it('serves guests that all want to send in turn, a poll each', () => {
    const { queue, run, served, sent } = outbound(3);
    for (const domain of [1, 2, 3]) queue(domain, 3 * BUDGET);
    run();
    expect(sent).toEqual(Array(9).fill(BUDGET));
    for (let i = 0; i + 3 <= served.length; i++) {
      expect(served.slice(i, i + 3).sort()).toEqual([1, 2, 3]);
    }
  });

  it('passes over those that have nothing to send', () => {
    const { queue, run, served, sent } = outbound(4);
    queue(2, 2 * BUDGET);
    queue(4, 1);
    run();
    expect(served.sort()).toEqual([2, 2, 4]);
    expect(sent.reduce((sum, packets) => sum + packets, 0)).toBe(2 * BUDGET + 1);
  });
});
