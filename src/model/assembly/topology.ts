import type { Topology, VcpuPlacement } from '../hypervisor/scheduler.js';
import type { CageInput, DomainInput, ModelInput } from '../input.js';

/** Index of a domain by name. */
export function domainIndex(input: ModelInput, name: string): number {
  const index = input.domains.findIndex((domain) => domain.name === name);
  if (index < 0) throw new Error(`no domain ${name}`);
  return index;
}

/** A cage's VMs share what it leaves them by their own weights; the parts add up to 1. */
export function vmParts(
  input: ModelInput,
  cage: CageInput,
): { readonly vm: DomainInput; readonly part: number }[] {
  const vms = input.domains.filter((domain) => cage.vms.includes(domain.name));
  const sum = vms.reduce((total, vm) => total + vm.weight, 0);
  return vms.map((vm) => ({ vm, part: vm.weight / sum }));
}

/**
 * What the scheduler knows: one VCPU a domain, in domain order. A cage that is enforced and has a
 * weight brings it in the place of its VMs' (paper, section 4.3).
 */
export function schedulerTopology(input: ModelInput): Topology {
  const weights = new Map(input.domains.map((domain) => [domain.name, domain.weight]));
  for (const cage of input.cages) {
    if (!cage.enforce || cage.weight === 0) continue;
    for (const { vm, part } of vmParts(input, cage)) {
      weights.set(vm.name, Math.max(1, Math.round(cage.weight * part)));
    }
  }
  return {
    pcpus: input.pcpus,
    domains: input.domains.map(({ name, weight, capPct }) => ({
      weight: weights.get(name) ?? weight,
      capPct,
    })),
    vcpus: placedVcpus(input),
  };
}

/** Each VCPU starts where the fewest are so far, as Xen places a new domain's. */
function placedVcpus({ pcpus, domains }: ModelInput): VcpuPlacement[] {
  const counts = new Array<number>(pcpus).fill(0);
  return domains.map(({ affinity }, domain) => {
    const fewest = Math.min(...affinity.map((pcpu) => counts[pcpu]!));
    const pcpu = affinity.find((one) => counts[one] === fewest)!;
    counts[pcpu]!++;
    return { domain, pcpu, affinity };
  });
}
