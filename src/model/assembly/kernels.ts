import type { Chassis } from '../chassis.js';
import { GuestKernel } from '../guest/kernel.js';
import type { KernelPlan } from '../guest/kernel-plan.js';
import { makeKernelPolicy } from '../guest/kernel-policy.js';
import { Ledger } from '../guest/ledger.js';
import type { VcpuHost } from '../hypervisor/guest.js';
import type { ModelInput } from '../input.js';
import { PERIODIC_TIMER, SINGLE_SHOT } from '../machine-slots.js';

/** One kernel per VCPU: those of a domain have nothing in common. */
export function makeKernels(
  { input, clock, queue, slots }: Chassis,
  plans: readonly KernelPlan[],
  host: VcpuHost,
  readings: readonly ModelInput[],
): GuestKernel[] {
  return plans.map(({ domain, spaces, tasks, kinds }, vcpu) => {
    const domains = readings.map((reading) => reading.domains[domain]!);
    const policy = makeKernelPolicy(domains, clock, host, vcpu, tasks);
    const kernel = new GuestKernel({
      domain,
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
    if (policy.runQueue.timer !== undefined) kernel.addTimer(policy.runQueue.timer);
    return kernel;
  });
}
