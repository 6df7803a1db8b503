/** What becomes of the packets that a NIC has, by guest and by what they find there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PacketRing } from '../../../src/model/devices/packet-ring.js';
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
const HALF_SECOND_NS = SECOND_NS / 2;

const contents = ({ packets, head, tail }: PacketRing) => [...packets.slice(head, tail)];

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
          expect(contents(path.vifs[guest - 1]!.toGuest)).toEqual(own);
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
  // Scatter-gather: 18 pieces and two more; without it, one.
  it.each([
    [1, 100],
    [20, 81],
  ])('is one with fewer than %i: %i of 100 are used', (slots, used) => {
    const path = new Dom0Path(1, 100, slots);
    const [vif] = path.vifs;
    path.arrive(...forGuest(1, 150));
    const work = path.run();
    const packetsOf = (step: string) =>
      work.filter((one) => one.step === step).reduce((sum, one) => sum + one.packets, 0);
    // All pay for the bridge; a sniffer sees what leaves the device queue.
    expect([packetsOf('bridgeIn'), packetsOf('netbackIn')]).toEqual([150, used]);
    expect(path.sniffed[1]).toHaveLength(used);
    expect([vif?.deviceQueue.length, vif?.droppedIn, vif?.droppedFull]).toEqual([
      QUEUE_SLOTS,
      150 - used - QUEUE_SLOTS,
      0,
    ]);
    expect(vif?.bufferEventAt).toBe(slots);
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
    expect(contents(vif!.deviceQueue)).toEqual(packets.slice(7));
  });

  it('has its vif go on after the tasklet, if it has posted some in the meantime', () => {
    const path = new Dom0Path(1, 2);
    path.arrive(...forGuest(1, 3));
    const work = path.run((done) => {
      if (done.some(({ step }) => step === 'bridgeIn')) path.vifs[0]!.postedBuffers += 2;
    });
    expect(work.map(({ pass, step, packets }) => [pass, step, packets])).toEqual([
      [1, 'bridgeIn', 3],
      [2, 'netbackIn', 2],
      // The transmit softirq takes what waits in the third pass.
      [4, 'netbackIn', 1],
    ]);
  });

  it('has what waits dropped half a second later, and all that comes before buffers do', () => {
    const path = new Dom0Path(1, 4);
    const [vif] = path.vifs;
    const [timer] = path.timers;
    const packets = path.arrive(...forGuest(1, 10));
    path.run();
    const dueNs = path.clock.nowNs + HALF_SECOND_NS;
    expect(timer?.nextTimerNs()).toBe(dueNs);
    path.tick(dueNs - 1);
    path.run();
    expect([vif?.deviceQueue.length, vif?.droppedFull]).toEqual([6, 0]);
    path.tick(dueNs);
    path.run();
    expect([vif?.deviceQueue.length, vif?.droppedFull]).toEqual([0, 6]);
    expect(timer?.nextTimerNs()).toBe(Infinity);
    packets.push(...path.arrive(1, 1, 1));
    path.run();
    expect(vif?.droppedFull).toBe(9);
    // A sniffer sees them all the same.
    expect(path.sniffed[1]).toEqual(packets);
    vif!.postedBuffers = 1;
    path.arrive(1);
    path.run();
    expect([vif?.toGuest.length, vif?.droppedFull]).toEqual([5, 9]);
  });

  it('has each packet accounted for, as if netback took them one by one', () => {
    const events = fc.oneof(
      fc.record({ arrive: fc.integer({ min: 1, max: 80 }) }),
      fc.record({ post: fc.integer({ min: 1, max: 80 }) }),
      fc.constant('half a second'),
    );
    const histories = fc.array(events, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(histories, fc.constantFrom(1, 20), (history, slots) => {
        const path = new Dom0Path(1, 256, slots);
        const vif = path.vifs[0]!;
        const expected = new OneByOne(256, slots);
        for (const event of history) {
          if (event === 'half a second') {
            path.tick(path.clock.nowNs + HALF_SECOND_NS);
            expected.wake();
          } else if ('arrive' in event) {
            path.arrive(...forGuest(1, event.arrive));
            for (let i = 0; i < event.arrive; i++) expected.arrives();
          } else {
            // The guest takes packets and posts buffers in their place.
            const count = Math.min(event.post, vif.toGuest.length);
            vif.toGuest.drop(count);
            vif.postedBuffers += count;
            if (vif.postedBuffers >= slots) path.guestEvent();
            expected.posts(count);
          }
          path.run();
          const { postedBuffers, droppedIn, droppedFull } = vif;
          expect({
            free: postedBuffers,
            waiting: vif.deviceQueue.length,
            droppedIn,
            droppedFull,
          }).toEqual(expected.state);
        }
      }),
    );
  });
});

describe('events for a guest', () => {
  it('are one for each batch, if it has asked for one', () => {
    const path = new Dom0Path(2, 256);
    path.arrive(1, 2, 1, 2, 2);
    path.run();
    expect(path.events.slice(1)).toEqual([1, 1]);
    path.arrive(1, 2);
    path.run();
    expect(path.events.slice(1)).toEqual([1, 1]);
    path.vifs[1]!.wantsReceiveEvent = true;
    path.arrive(1, 2);
    path.run();
    expect(path.events.slice(1)).toEqual([1, 2]);
  });
});

/** The rules of netback's transmit function and of the device queue, for one packet at a time. */
class OneByOne {
  readonly state: { free: number; waiting: number; droppedIn: number; droppedFull: number };
  private readonly slots: number;
  private stopped = false;

  constructor(free: number, slots: number) {
    this.state = { free, waiting: 0, droppedIn: 0, droppedFull: 0 };
    this.slots = slots;
  }

  arrives(): void {
    if (!this.stopped) this.transmit();
    else if (this.state.waiting < QUEUE_SLOTS) this.state.waiting++;
    else this.state.droppedIn++;
  }

  posts(count: number): void {
    this.state.free += count;
    if (this.state.free >= this.slots) this.wake();
  }

  wake(): void {
    this.stopped = false;
    while (this.state.waiting > 0 && !this.stopped) {
      this.state.waiting--;
      this.transmit();
    }
  }

  private transmit(): void {
    if (this.state.free < this.slots) {
      this.state.droppedFull++;
      return;
    }
    this.state.free--;
    this.stopped = this.state.free < this.slots;
  }
}

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
    const dropped = counter(result, 'vif queue full') + counter(result, 'guest receive ring full');
    expect(dropped).toBeGreaterThan(5000);
    const shareNs = (COSTS.dom0PacketNs * COSTS.bridgeSharePct) / 100;
    expect(total(result, 'domain:vm1:dom0net') / (dropped * shareNs)).toBeCloseTo(1, 2);
  });
});
