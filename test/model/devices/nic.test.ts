import { describe, expect, it } from 'vitest';
import { Arrivals } from '../../../src/model/devices/arrivals.js';
import { Nic } from '../../../src/model/devices/nic.js';
import { Clock } from '../../../src/model/engine/clock.js';
import { EventQueue } from '../../../src/model/engine/event-queue.js';

const GAP_NS = 125_000;

function nic() {
  const clock = new Clock();
  const queue = new EventQueue(1);
  const arrivals = new Arrivals(99);
  const made = new Nic(clock, queue, 0, arrivals, GAP_NS);
  /** A packet is on its way. */
  const sent = (arrivalNs: number) => {
    arrivals.add(0, arrivalNs);
    made.arm();
  };
  const interruptAt = () => queue.timeOf(0);
  const interrupt = () => {
    clock.nowNs = queue.timeOf(0);
    made.interrupt();
  };
  /** The driver has taken all that is there. */
  const polled = (nowNs: number) => {
    clock.nowNs = nowNs;
    made.collect();
    arrivals.drop(arrivals.waiting);
    made.pollDone();
  };
  return { sent, interruptAt, interrupt, polled, arrivals };
}

describe('the interrupt of a NIC', () => {
  it('comes with the first packet, and not again while the driver polls', () => {
    const { sent, interruptAt, interrupt, arrivals } = nic();
    sent(5000);
    sent(7000);
    expect(interruptAt()).toBe(5000);
    interrupt();
    expect([arrivals.waiting, interruptAt()]).toEqual([1, Infinity]);
    sent(8000);
    expect(interruptAt()).toBe(Infinity);
  });

  it('comes no sooner than the gap after the last one', () => {
    const { sent, interruptAt, interrupt, polled } = nic();
    sent(5000);
    interrupt();
    sent(9000);
    polled(6000);
    expect(interruptAt()).toBe(5000 + GAP_NS);
    interrupt();
    polled(5000 + GAP_NS);
    // A quiet link is not made to wait.
    sent(1_000_000);
    expect(interruptAt()).toBe(1_000_000);
  });

  it('comes for what arrives earlier than what was sent before', () => {
    const { sent, interruptAt } = nic();
    sent(5000);
    sent(3000);
    expect(interruptAt()).toBe(3000);
  });
});
