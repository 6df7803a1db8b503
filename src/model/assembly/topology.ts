import type { Topology, VcpuPlacement } from '../hypervisor/scheduler.js';
import type { CageInput, ModelInput } from '../input.js';

/** Index of a domain by name. */
export function domainIndex(input: ModelInput, name: string): number {
  const index = input.domains.findIndex((domain) => domain.name === name);
  if (index < 0) throw new Error(`no domain ${name}`);
  return index;
}

/** Indices of a cage's VMs, in domain order. */
export function vmIndices({ domains }: ModelInput, { vms }: CageInput): number[] {
  return domains.flatMap(({ name }, index) => (vms.includes(name) ? [index] : []));
}

/** What the scheduler knows: one VCPU a domain, in domain order, and the VMs of a cage together. */
export function schedulerTopology(input: ModelInput): Topology {
  return {
    pcpus: input.pcpus,
    domains: input.domains.map(({ weight, capPct }) => ({ weight, capPct })),
    vcpus: placedVcpus(input),
    groups: input.cages
      .filter(({ enforce, vms }) => enforce && vms.length > 0)
      .map((cage) => ({ domains: vmIndices(input, cage), weight: cage.weight })),
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
