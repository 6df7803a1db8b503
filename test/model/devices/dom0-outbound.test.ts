/** What domain 0 does with the packets that its guests send. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/model/index.js';
import {
  domain,
  httperf,
  machineInput,
  NETWORK,
  SECOND_NS,
  snort,
  webServer,
} from '../machine-input.js';
import { perSecond } from '../readings.js';
import { Dom0Path } from './dom0-path.js';

/** Most packets that netback has at a time: 256 less 18. */
const MOST = 238;
const POLL = 64;

describe('a packet from a guest', () => {
  it('is mapped in one pass and bridged in the next, when a sniffer sees it', () => {
    const path = new Dom0Path(1, 256);
    const packets = path.send(1, 3);
    const seen: [sniffed: number, sent: number][] = [];
    const work = path.run(() => seen.push([path.sniffed[1]!.length, path.sent[1]!.length]));
    expect(work).toEqual([
      { pass: 1, step: 'netbackOut', guest: 1, packets: 3 },
      { pass: 2, step: 'bridgeOut', guest: 1, packets: 3 },
    ]);
    expect(seen).toEqual([
      [0, 0],
      [3, 3],
    ]);
    expect(path.sent[1]).toEqual(packets);
  });

  it('is bridged by the softirq that polls the NIC, in turn with it', () => {
    const path = new Dom0Path(1, 256);
    path.send(1, 2 * POLL);
    let more = true;
    const work = path.run(() => {
      if (more) path.arrive(...Array<number>(2 * POLL).fill(1));
      more = false;
    });
    const inPass2 = work.filter(({ pass }) => pass === 2).map(({ step }) => step);
    expect(inPass2.slice(0, 4).sort()).toEqual(['bridgeIn', 'bridgeIn', 'bridgeOut', 'bridgeOut']);
    expect(inPass2[0]).toBe(inPass2[2]);
  });

  it('waits in the ring while netback has 238 that are not sent', () => {
    const path = new Dom0Path(1, 256);
    path.send(1, 250);
    const mapped = path.run().filter(({ step }) => step === 'netbackOut');
    expect(mapped.map(({ pass, packets }) => [pass, packets])).toEqual([
      [1, MOST],
      // Those of the first pass have been sent by then, before the tasklet's turn.
      [2, 250 - MOST],
    ]);
  });

  it('keeps its slot of the ring until it is sent', () => {
    const path = new Dom0Path(1, 256);
    path.send(1, 5);
    const slots: number[] = [];
    path.run(() => slots.push(path.vifs[0]!.unanswered));
    expect(slots).toEqual([5, 0]);
  });
});

describe('guests that all want to send', () => {
  it('are served in turn, a packet each', () => {
    const counts = fc.array(fc.nat(100), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(counts, (packets) => {
        const path = new Dom0Path(packets.length, 256);
        const sent = packets.map((count, i) => path.send(i + 1, count));
        const order: number[] = [];
        const work = path.run();
        for (const { step, guest, packets: run } of work) {
          if (step === 'bridgeOut') order.push(...Array<number>(run).fill(guest));
        }
        sent.forEach((own, i) => {
          expect(path.sent[i + 1]).toEqual(own);
        });
        // When a guest has had n packets sent, no other that has as many had fewer than n - 1.
        const had = packets.map(() => 0);
        const isInTurn = order.every((guest) => {
          const n = ++had[guest - 1]!;
          return had.every((count, other) => count >= Math.min(n - 1, packets[other]!));
        });
        expect(isInTurn).toBe(true);
      }),
    );
  });

  it('are asked for an event once their ring is empty, not before', () => {
    const path = new Dom0Path(2, 256);
    for (const vif of path.vifs) vif.wantsTransmitEvent = false;
    path.send(1, 200);
    path.send(2, 100);
    const wants: boolean[][] = [];
    path.run(() => wants.push(path.vifs.map((vif) => vif.wantsTransmitEvent)));
    // 238 of 300 in the first pass: a hundred each, and 38 more of the first guest's.
    expect(wants[0]).toEqual([false, true]);
    expect(wants.at(-1)).toEqual([true, true]);
  });
});

describe('a guest with a small transmit ring', () => {
  it.each([
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
    [4, 2],
  ])('of %i slots sends all of its large pages, on %i PCPUs', (netfrontTxSlots, pcpus) => {
    const result = simulate(
      machineInput({
        pcpus,
        durationNs: 2 * SECOND_NS,
        network: { ...NETWORK, netfrontTxSlots },
        domains: [domain('dom0'), domain('vm1', { affinity: [pcpus - 1] })],
        processes: [webServer('vm1', 128, 100_000), snort('dom0', 'vm1')],
        clients: [httperf(100)],
      }),
      1,
    );
    // 70 segments of 1448 bytes, the header included: 69 more than one, each acknowledged.
    expect(perSecond(result, 'client:httperf:replies')).toBe(100);
    expect(perSecond(result, 'sniffer:snort:offered')).toBeCloseTo(100 * (10 + 2 * 69), -1);
  });
});
