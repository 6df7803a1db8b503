import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOOST, IDLE, OVER, UNDER } from '../../../src/model/hypervisor/credit-constants.js';
import { RunQueues } from '../../../src/model/hypervisor/run-queue.js';

const VCPUS = 12;
const anyPriorities = fc.array(fc.constantFrom(BOOST, UNDER, OVER), {
  minLength: VCPUS,
  maxLength: VCPUS,
});

function emptyQueues(priorities: readonly number[]) {
  const priority = Int32Array.from([...priorities, IDLE, IDLE]);
  return { priority, queues: new RunQueues(VCPUS, 2, priority) };
}

describe('RunQueues', () => {
  it('orders by priority, first come first served among equals', () => {
    fc.assert(
      fc.property(anyPriorities, (priorities) => {
        const { queues } = emptyQueues(priorities);
        for (let vcpu = 0; vcpu < VCPUS; vcpu++) queues.enqueue(1, vcpu);
        const expected = [...priorities.keys()].sort((a, b) => priorities[b]! - priorities[a]!);
        expect(queues.toArray(1)).toEqual(expected);
        expect(queues.isEmpty(0)).toBe(true);
      }),
    );
  });

  it('sorts by a stable partition of UNDER or better before OVER', () => {
    fc.assert(
      fc.property(anyPriorities, anyPriorities, (before, after) => {
        const { queues, priority } = emptyQueues(before);
        for (let vcpu = 0; vcpu < VCPUS; vcpu++) queues.enqueue(0, vcpu);
        const order = queues.toArray(0);
        priority.set(after);
        queues.sort(0);
        const under = order.filter((vcpu) => after[vcpu]! >= UNDER);
        const over = order.filter((vcpu) => after[vcpu] === OVER);
        expect(queues.toArray(0)).toEqual([...under, ...over]);
      }),
    );
  });

  it('lets any member go', () => {
    const { queues } = emptyQueues(Array(VCPUS).fill(UNDER));
    for (const vcpu of [0, 1, 2]) queues.enqueue(0, vcpu);
    queues.remove(1);
    expect(queues.toArray(0)).toEqual([0, 2]);
    expect(queues.contains(1)).toBe(false);
  });
});
