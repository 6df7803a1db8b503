/** What becomes of the packets that a NIC has, by guest and by what they find there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
import { Dom0Path } from './dom0-path.js';

/** The NIC's weight, netback's device queue, and its most in a batch: 256 less 18. */
const POLL = 64;
const QUEUE_SLOTS = 32;
const BATCH = 238;

/** So many packets for one guest. */
const forGuest = (guest: number, count: number) => Array<number>(count).fill(guest);

describe('a packet for a guest', () => {
  it('is bridged in one pass and copied in the next; a sniffer sees it in between', () => {
    const path = new Dom0Path(1, 256);
    const packets = path.arrive(1, 1, 1);
    const seen: [sniffed: number, delivered: number, events: number][] = [];
    const work = path.run(() => {
      seen.push([path.sniffed[1]!.length, path.vifs[0]!.toGuest.length, path.events[1]!]);
    });
    expect(work).toEqual([
      { pass: 1, step: 'bridgeIn', guest: 1, packets: 3 },
      { pass: 2, step: 'netbackIn', guest: 1, packets: 3 },
    ]);
    expect(seen).toEqual([
      [3, 0, 0],
      [3, 3, 1],
    ]);
    expect(path.sniffed[1]).toEqual(packets);
  });

  it('is copied together with those of all polls of the pass before, up to 238', () => {
    const path = new Dom0Path(1, 256);
    path.arrive(...forGuest(1, 250));
    const work = path.run();
    expect(work.map(({ pass, step, packets }) => [pass, step, packets])).toEqual([
      [1, 'bridgeIn', POLL],
      [1, 'bridgeIn', POLL],
      [1, 'bridgeIn', POLL],
      [1, 'bridgeIn', 250 - 3 * POLL],
      [2, 'netbackIn', BATCH],
      [3, 'netbackIn', 250 - BATCH],
    ]);
    expect(path.vifs[0]!.toGuest.length).toBe(250);
  });

  it('that comes in the pass of a copy is bridged in the next', () => {
    const path = new Dom0Path(1, 256);
    path.arrive(1);
    const work = path.run((done) => {
      if (done.some(({ pass }) => pass === 2)) path.arrive(1, 1);
    });
    expect(work.slice(0, 4)).toEqual([
      { pass: 1, step: 'bridgeIn', guest: 1, packets: 1 },
      { pass: 2, step: 'netbackIn', guest: 1, packets: 1 },
      { pass: 3, step: 'bridgeIn', guest: 1, packets: 2 },
      { pass: 4, step: 'netbackIn', guest: 1, packets: 2 },
    ]);
  });

  it('is booked for that guest, and keeps its place among those for it', () => {
    const guests = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 150 });
    fc.assert(
      fc.property(guests, (order) => {
        const path = new Dom0Path(3, 256);
        const packets = path.arrive(...order);
        const work = path.run();
        for (const guest of [1, 2, 3]) {
          const own = packets.filter((_, i) => order[i] === guest);
          expect(path.sniffed[guest]).toEqual(own);
          const { toGuest } = path.vifs[guest - 1]!;
          expect([...toGuest.packets.slice(toGuest.head, toGuest.tail)]).toEqual(own);
          for (const step of ['bridgeIn', 'netbackIn']) {
            const done = work.filter((one) => one.step === step && one.guest === guest);
            expect(done.reduce((sum, one) => sum + one.packets, 0)).toBe(own.length);
          }
        }
      }),
    );
  });
});

describe('a guest without buffers', () => {
  it('has 32 packets wait, and the rest dropped after the bridge', () => {
    const path = new Dom0Path(1, 100);
    const [vif] = path.vifs;
    path.arrive(...forGuest(1, 100 + QUEUE_SLOTS + 6));
    const work = path.run();
    const packetsOf = (step: string) =>
      work.filter((one) => one.step === step).reduce((sum, one) => sum + one.packets, 0);
    expect([packetsOf('bridgeIn'), packetsOf('netbackIn')]).toEqual([138, 100]);
    expect([vif?.deviceQueue.length, vif?.droppedIn]).toEqual([QUEUE_SLOTS, 6]);
    // A sniffer sees what leaves the device queue.
    expect(path.sniffed[1]).toHaveLength(100);
  });

  it('gets those that wait first, once it has posted some again', () => {
    const path = new Dom0Path(1, 2);
    const [vif] = path.vifs;
    const packets = path.arrive(...forGuest(1, 10));
    path.run();
    vif!.postedBuffers = 5;
    path.guestEvent();
    packets.push(...path.arrive(1));
    path.run();
    expect(path.sniffed[1]).toEqual(packets.slice(0, 7));
    const { deviceQueue } = vif!;
    expect([...deviceQueue.packets.slice(deviceQueue.head, deviceQueue.tail)]).toEqual(
      packets.slice(7),
    );
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
