import { describe, expect, it } from 'vitest';
import { NetRx } from '../../../src/model/devices/net-rx.js';
import { Netfront } from '../../../src/model/devices/netfront.js';
import {
  HANDSHAKE_ACK,
  makeConnection,
  NO_PACKET,
  packetOf,
  REQUEST,
  RESPONSE,
  SYN,
} from '../../../src/model/devices/packet.js';
import { ReceiveBuffers } from '../../../src/model/devices/receive-buffers.js';
import { Vif } from '../../../src/model/devices/vif.js';
import type { EventChannel } from '../../../src/model/guest/event-channel.js';
import type { InterruptLine } from '../../../src/model/guest/interrupt-line.js';
import type { GuestKernel } from '../../../src/model/guest/kernel.js';
import { Softirqs } from '../../../src/model/guest/softirqs.js';

const PACKET_NS = 1000;
const BUDGET = 64;
/** `txqueuelen` of an Ethernet interface of Linux. */
const QUEUE_SLOTS = 1000;
const TX_SLOTS = 4;

const packet = (type: number, index = 0) => packetOf(makeConnection(0, 0, index), type);

/** By default netfront posts a buffer for each that it finds filled. */
function netfront(limits = { least: 256, most: 256, batchPct: 0 }) {
  let owedNs = 0;
  const owe = (_: number, ns: number) => {
    owedNs += ns;
  };
  const softirqs = new Softirqs();
  const kernel = { softirqs, kind: 0, owe } as unknown as GuestKernel;
  let events = 0;
  const channel = { notify: () => events++ } as unknown as EventChannel;
  const kinds = { bridgeIn: 0, netbackIn: 0, netbackOut: 0, bridgeOut: 0, interrupt: 0 };
  const vif = new Vif(1, kinds, channel, channel, 256, TX_SLOTS, 32);
  const line = { handler: () => {} } as unknown as InterruptLine;
  const netRx = new NetRx(softirqs, { poll: BUDGET, run: 300 });
  const costs = {
    packetNs: PACKET_NS,
    polledNs: PACKET_NS,
    answerNs: PACKET_NS,
    softirqKind: 0,
  };
  const buffers = new ReceiveBuffers(limits);
  const made = new Netfront(kernel, line, netRx, vif, buffers, costs);
  const received: number[] = [];
  made.listen(0, {
    receive: (one) => {
      received.push(one);
      return NO_PACKET;
    },
  });
  /** Netback hands packets over and tells. */
  const deliver = (packets: readonly number[]) => {
    vif.postedBuffers -= packets.length;
    vif.deliver(Int32Array.from(packets), 0, packets.length);
    line.handler();
  };
  /** A poll; returns its CPU time, 0 if there is none. */
  const poll = () => {
    const ns = softirqs.begin();
    if (ns > 0) softirqs.finish();
    return ns;
  };
  return { made, vif, line, deliver, poll, received, events: () => events, owedNs: () => owedNs };
}

describe('a poll', () => {
  it('takes 64 packets at the most, at a cost for each', () => {
    const { poll, deliver, received, vif } = netfront();
    const sent = Array.from({ length: 100 }, (_, i) => packet(HANDSHAKE_ACK, i));
    deliver(sent);
    expect(vif.postedBuffers).toBe(156);
    expect(poll()).toBe(BUDGET * PACKET_NS);
    expect(received).toEqual(sent.slice(0, BUDGET));
    expect(vif.postedBuffers).toBe(156 + BUDGET);
    expect(poll()).toBe((100 - BUDGET) * PACKET_NS);
    expect(received).toEqual(sent);
    expect(poll()).toBe(0);
  });

  it('pays for the answers that the kernel gives at once, too', () => {
    const { poll, deliver } = netfront();
    deliver([packet(SYN), packet(HANDSHAKE_ACK), packet(REQUEST)]);
    expect(poll()).toBe((3 + 2) * PACKET_NS);
    // Also where the budget cuts them.
    deliver(Array.from({ length: 100 }, (_, i) => packet(i < 70 ? SYN : HANDSHAKE_ACK)));
    expect(poll()).toBe(2 * BUDGET * PACKET_NS);
    expect(poll()).toBe((36 + 6) * PACKET_NS);
  });

  it('asks for an event once it has seen all that came', () => {
    const { poll, deliver, vif } = netfront();
    vif.wantsReceiveEvent = false;
    deliver(Array.from({ length: BUDGET + 1 }, () => packet(HANDSHAKE_ACK)));
    poll();
    expect(vif.wantsReceiveEvent).toBe(false);
    poll();
    expect(vif.wantsReceiveEvent).toBe(true);
  });

  it('posts buffers in batches', () => {
    const { poll, deliver, vif } = netfront({ least: 64, most: 256, batchPct: 50 });
    expect(vif.postedBuffers).toBe(64);
    // The target is 128, as for any guest that begins; see `receive-buffers.test.ts`.
    deliver([packet(SYN)]);
    poll();
    expect(vif.postedBuffers).toBe(128);
    deliver([packet(SYN)]);
    poll();
    expect(vif.postedBuffers).toBe(127);
  });

  it('tells domain 0 once as many buffers are posted as it asked for', () => {
    const { poll, deliver, vif, events } = netfront();
    deliver(Array.from({ length: BUDGET + 10 }, () => packet(HANDSHAKE_ACK)));
    vif.postedBuffers = 0;
    vif.bufferEventAt = BUDGET + 5;
    poll();
    expect(events()).toBe(0);
    poll();
    expect([events(), vif.bufferEventAt]).toEqual([1, 0]);
  });
});

describe('what a guest sends', () => {
  it('waits for the ring, 1000 packets at the most, and keeps its order', () => {
    const { made, vif, line } = netfront();
    const sent = Array.from({ length: TX_SLOTS + QUEUE_SLOTS + 5 }, (_, i) => packet(RESPONSE, i));
    for (const one of sent) made.send(one);
    expect([vif.transmitRing.length, vif.guestQueue.length, vif.droppedOut]).toEqual([
      TX_SLOTS,
      QUEUE_SLOTS,
      5,
    ]);
    const out: number[] = [];
    while (vif.transmitRing.length > 0) {
      out.push(vif.transmitRing.shift());
      // There is room for one, and another is sent at the same time: it goes behind the queue.
      if (out.length === 2) made.send(packet(SYN, 4000));
      line.handler();
    }
    expect(out).toEqual([...sent.slice(0, TX_SLOTS + QUEUE_SLOTS), packet(SYN, 4000)]);
  });

  it('finds no room while domain 0 has as many packets as the ring has slots', () => {
    const { made, vif } = netfront();
    for (let i = 0; i < TX_SLOTS; i++) made.send(packet(RESPONSE, i));
    // Netback takes them, and has not sent them yet.
    vif.unanswered = TX_SLOTS;
    vif.transmitRing.drop(TX_SLOTS);
    made.send(packet(RESPONSE));
    expect([vif.transmitRing.length, vif.guestQueue.length]).toEqual([0, 1]);
  });

  it('is paid by whoever sends it, but for what a timer sends again', () => {
    const { made, vif, owedNs } = netfront();
    made.send(packet(RESPONSE));
    expect(owedNs()).toBe(0);
    made.repeat(packet(RESPONSE));
    expect([owedNs(), vif.transmitRing.length]).toEqual([PACKET_NS, 2]);
    made.pay(7);
    expect([owedNs(), vif.transmitRing.length]).toEqual([8 * PACKET_NS, 2]);
  });

  it('is told of once, until domain 0 wants to hear again', () => {
    const { made, vif, events } = netfront();
    made.send(packet(RESPONSE));
    made.send(packet(RESPONSE));
    expect(events()).toBe(1);
    vif.wantsTransmitEvent = true;
    made.send(packet(RESPONSE));
    expect(events()).toBe(2);
  });
});
