import { makeChassis } from '../chassis.js';
import { makeNetwork } from '../devices/network.js';
import { NetworkPlan } from '../devices/network-plan.js';
import { makeStorage } from '../devices/storage.js';
import { StoragePlan } from '../devices/storage-plan.js';
import { KernelPlan } from '../guest/kernel-plan.js';
import type { ModelInput } from '../input.js';
import { Machine } from '../machine.js';
import { NO_OTHERS, type OtherPrograms } from '../programs/programs.js';
import { makeCages } from './cages.js';
import { makeFarNetwork } from './far-network.js';
import { makeHypervisor, makeTimers } from './hypervisor.js';
import { makeKernels } from './kernels.js';
import { makeProcesses, planProcesses } from './processes.js';
import { vcpuPlaces } from './topology.js';

/**
 * Builds the machine that an input describes, at time 0.
 * @param readings the input, and others that differ from it in their instruments only
 * @param others programs that processes may run besides the model's own
 */
export function assemble(
  readings: readonly ModelInput[],
  seed: number,
  others: OtherPrograms = NO_OTHERS,
): Machine {
  const input = readings[0]!;
  const plans = vcpuPlaces(input).map(({ domain }) => new KernelPlan(domain));
  // Devices interrupt a domain's first VCPU, which has the domain's index.
  const { length: domains } = input.domains;
  const networkPlan = new NetworkPlan(plans.slice(0, domains));
  const storagePlan = new StoragePlan(plans);
  const processPlans = planProcesses(input, plans, networkPlan, storagePlan, others);

  const chassis = makeChassis(input, seed, storagePlan.images.length > 0 ? 1 : 0);
  const { scheduler, host } = makeHypervisor(chassis, (domain) => network.vifs[domain - 1]!);
  const kernels = makeKernels(chassis, plans, host, readings);
  const timers = makeTimers(chassis, host, kernels);
  const far = makeFarNetwork(chassis, networkPlan);
  const network = makeNetwork(chassis, kernels.slice(0, domains), networkPlan, far);
  const storage = makeStorage(chassis, kernels, storagePlan);
  const processes = makeProcesses(chassis, host, kernels, network, storage, processPlans);
  const cages = makeCages(input, processes);
  const { clock, queue, slots } = chassis;
  const { clients, nic } = far;
  // Field by field: what a spread makes has a shape of its own in each run, and V8 starts anew.
  return new Machine({
    input,
    seed,
    clock,
    queue,
    slots,
    scheduler,
    host,
    timers,
    kernels,
    nic,
    network,
    clients,
    storage,
    processes,
    cages,
  });
}
