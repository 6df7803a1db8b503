import type { Chassis } from '../chassis.js';
import type { Network } from '../devices/network.js';
import type { NetworkPlan } from '../devices/network-plan.js';
import type { Storage } from '../devices/storage.js';
import type { StoragePlan } from '../devices/storage-plan.js';
import { Alarm } from '../guest/alarm.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { KernelPlan } from '../guest/kernel-plan.js';
import type { Task } from '../guest/task.js';
import type { Host } from '../hypervisor/host.js';
import type { ModelInput } from '../input.js';
import type { MachineProcess } from '../machine.js';
import { PROCESS_TIMER } from '../machine-slots.js';
import { CgiRequests } from '../programs/cgi-requests.js';
import type { MadeProgram, ProgramSite } from '../programs/program-kind.js';
import { type OtherPrograms, programOf } from '../programs/programs.js';
import { domainIndex, vcpuOf } from './topology.js';

/** A process whose task is in its kernel's plan. */
export interface ProcessPlan {
  readonly name: string;
  readonly startNs: number;
  readonly domain: number;
  readonly vcpu: number;
  readonly task: Task;
  readonly make: (site: ProgramSite) => MadeProgram;
}

/** Adds every process to its VCPU's plan; an IDS works for the domain that it watches. */
export function planProcesses(
  input: ModelInput,
  plans: readonly KernelPlan[],
  network: NetworkPlan,
  storage: StoragePlan,
  others: OtherPrograms,
): ProcessPlan[] {
  const placed = input.processes.map((process) => {
    const kind = programOf(process, others);
    const domain = domainIndex(input, process.domain);
    const beneficiary = domainIndex(input, kind.worksFor?.(process) ?? process.domain);
    const vcpu = vcpuOf(input, process);
    const kernel = plans[vcpu]!;
    const work = kernel.kinds.add('user', process.program, beneficiary);
    const task = kernel.addProcess(process.name, process.nice, work);
    return { process, kind, domain, vcpu, beneficiary, kernel, task };
  });
  return placed.map(({ process, kind, domain, vcpu, beneficiary, kernel, task }) => {
    const vcpus = plans.filter((one) => one.domain === domain);
    const site = { input, task, beneficiary, kernel, vcpus, network, storage };
    const make = kind.plan(process, site);
    return { name: process.name, startNs: process.startNs, domain, vcpu, task, make };
  });
}

/** Gives every process its program. */
export function makeProcesses(
  { input, seed, clock, queue, slots }: Chassis,
  host: Host,
  kernels: readonly GuestKernel[],
  network: Network,
  storage: Storage | null,
  plans: readonly ProcessPlan[],
): MachineProcess[] {
  const taskOf = (name: string) => {
    const found = plans.find((plan) => plan.name === name);
    if (found === undefined) throw new Error(`no process ${name}`);
    return found.task;
  };
  const requests = new Map<string, CgiRequests>();
  return plans.map(({ name, startNs, domain, vcpu, task, make }, i) => {
    const kernel = kernels[vcpu]!;
    let alarm: Alarm | null = null;
    const makeAlarm = (kind: number) => {
      alarm = new Alarm(queue, slots.first[PROCESS_TIMER]! + i, kernel.addLine(), kind);
      return alarm;
    };
    const nextTickNs = () => host.nextTickNs(vcpu);
    const cgiRequestsOf = (process: string) => {
      const found =
        requests.get(process) ?? new CgiRequests(kernel, taskOf(process), input.clients.length);
      requests.set(process, found);
      return found;
    };
    const made = make({
      input,
      seed,
      clock,
      kernel,
      vcpus: kernels.filter((one) => one.domain === domain),
      network,
      storage,
      makeAlarm,
      nextTickNs,
      taskOf,
      cgiRequestsOf,
    });
    task.program = made.program;
    return {
      name,
      domain,
      tasks: [{ kernel, task }, ...(made.others ?? [])],
      startNs,
      alarm,
      made,
    };
  });
}
