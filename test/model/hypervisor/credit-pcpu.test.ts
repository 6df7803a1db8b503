import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOOST, OVER, UNDER } from '../../../src/model/hypervisor/credit/credit-constants.js';
import { CreditPcpu } from '../../../src/model/hypervisor/credit/credit-pcpu.js';
import { CreditVcpu } from '../../../src/model/hypervisor/credit/credit-vcpu.js';

const VCPUS = 12;
const anyPriorities = fc.array(fc.constantFrom(BOOST, UNDER, OVER), {
  minLength: VCPUS,
  maxLength: VCPUS,
});

/** A PCPU whose run queue VCPUs of these priorities have joined, in order of their numbers. */
function queueOf(priorities: readonly number[]) {
  const pcpu = new CreditPcpu(0);
  const vcpus = priorities.map((priority, v) => new CreditVcpu(v, 0, pcpu, 1, priority));
  for (const vcpu of vcpus) pcpu.enqueue(vcpu);
  return { pcpu, vcpus };
}

describe('the run queue of a PCPU', () => {
  it('is empty at first', () => {
    const pcpu = new CreditPcpu(3);
    expect(pcpu.queued()).toEqual([]);
    expect(pcpu.first()).toBe(pcpu.idle);
  });

  it('orders by priority, first come first served among equals', () => {
    fc.assert(
      fc.property(anyPriorities, (priorities) => {
        const { pcpu } = queueOf(priorities);
        const expected = [...priorities.keys()].sort((a, b) => priorities[b]! - priorities[a]!);
        expect(pcpu.queued()).toEqual(expected);
        expect(pcpu.first().number).toBe(expected[0]);
      }),
    );
  });

  it('sorts by a stable partition of UNDER or better before OVER', () => {
    fc.assert(
      fc.property(anyPriorities, anyPriorities, (before, after) => {
        const { pcpu, vcpus } = queueOf(before);
        const order = pcpu.queued();
        for (const vcpu of vcpus) vcpu.priority = after[vcpu.number]!;
        pcpu.sort();
        const under = order.filter((vcpu) => after[vcpu]! >= UNDER);
        const over = order.filter((vcpu) => after[vcpu] === OVER);
        expect(pcpu.queued()).toEqual([...under, ...over]);
      }),
    );
  });

  it('lets any member go', () => {
    const { pcpu, vcpus } = queueOf([UNDER, UNDER, UNDER]);
    vcpus[1]!.leave();
    expect(pcpu.queued()).toEqual([0, 2]);
    expect(vcpus.map((vcpu) => vcpu.isQueued())).toEqual([true, false, true]);
  });
});
