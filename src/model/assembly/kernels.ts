import type { Chassis } from '../chassis.js';
import { GuestKernel } from '../guest/kernel.js';
import type { KernelPlan } from '../guest/kernel-plan.js';
import { makeKernelPolicy } from '../guest/kernel-policy.js';
import { Ledger } from '../guest/ledger.js';
import type { VcpuHost } from '../hypervisor/guest.js';
import { PERIODIC_TIMER, SINGLE_SHOT } from '../machine-slots.js';

/** One kernel per domain, on its VCPU. */
export function makeKernels(
  { input, clock, queue, slots }: Chassis,
  plans: readonly KernelPlan[],
  host: VcpuHost,
): GuestKernel[] {
  return plans.map(({ spaces, tasks, kinds }, vcpu) => {
    const policy = makeKernelPolicy(input.domains[vcpu]!, clock, host, vcpu, tasks.length);
    return new GuestKernel({
      vcpu,
      clock,
      queue,
      host,
      ledger: new Ledger(spaces, tasks.length, kinds.list),
      tasks,
      ...policy,
      costs: input.costs,
      timerSlackNs: input.costs.timerSlackNs,
      kinds: kinds.kernel,
      slots: {
        periodicTimer: slots.first[PERIODIC_TIMER]! + vcpu,
        singleShot: slots.first[SINGLE_SHOT]! + vcpu,
      },
    });
  });
}
