import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../../src/model/engine/event-queue.js';

describe('EventQueue', () => {
  it('is empty at first, whatever its size', () => {
    for (const slots of [1, 2, 3, 10]) {
      const queue = new EventQueue(slots);
      expect(queue.nextSlot()).toBe(-1);
      expect(queue.nextTimeNs()).toBe(Infinity);
      expect(queue.timeOf(0)).toBe(Infinity);
    }
  });

  it('takes events of one instant in the order of their slots', () => {
    const queue = new EventQueue(7);
    for (const slot of [4, 6, 0, 3]) queue.schedule(slot, 50);
    queue.schedule(5, 49);
    const order: number[] = [];
    for (let slot = queue.nextSlot(); slot >= 0; slot = queue.nextSlot()) {
      order.push(slot);
      queue.cancel(slot);
    }
    expect(order).toEqual([5, 0, 3, 4, 6]);
  });

  it('always agrees with a search through all slots', () => {
    const step = fc.record({
      slot: fc.nat(40),
      // Few distinct times, so that many are equal; null cancels.
      timeNs: fc.option(fc.oneof(fc.nat(5), fc.constantFrom(2 ** 40, 2 ** 53 - 1))),
    });
    const steps = fc.array(step, { maxLength: 200 });
    const sizes = fc.integer({ min: 1, max: 41 });
    const property = fc.property(sizes, fc.nat(41), steps, (slots, hotSlot, changes) => {
      const queue = new EventQueue(slots, hotSlot < slots ? hotSlot : -1);
      const times: number[] = Array(slots).fill(Infinity);
      for (const { slot: anySlot, timeNs } of changes) {
        const slot = anySlot % slots;
        times[slot] = timeNs ?? Infinity;
        if (timeNs === null) queue.cancel(slot);
        else queue.schedule(slot, timeNs);
        const earliest = Math.min(...times);
        expect(queue.nextTimeNs()).toBe(earliest);
        expect(queue.nextSlot()).toBe(earliest === Infinity ? -1 : times.indexOf(earliest));
        expect(queue.timeOf(slot)).toBe(times[slot]);
      }
    });
    fc.assert(property, { numRuns: 500 });
  });
});
