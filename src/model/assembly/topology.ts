import type { Topology, VcpuPlacement } from '../hypervisor/scheduler.js';
import type { CageInput, ModelInput, ProcessBase } from '../input.js';

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

/** A VCPU by its domain's index and its number there. */
export interface VcpuPlace {
  readonly domain: number;
  readonly number: number;
}

/**
 * The VCPUs in the order of their indices: first each domain's first one, which so has the index of
 * its domain, then the others.
 */
export function vcpuPlaces({ domains }: Pick<ModelInput, 'domains'>): VcpuPlace[] {
  const all = inDomainOrder(domains);
  return [...all.filter(({ number }) => number === 0), ...all.filter(({ number }) => number > 0)];
}

function inDomainOrder(domains: ModelInput['domains']): VcpuPlace[] {
  return domains.flatMap(({ vcpus = 1 }, domain) =>
    Array.from({ length: vcpus }, (_, number) => ({ domain, number })),
  );
}

/** Index of the VCPU to which a process is bound. */
export function vcpuOf(input: ModelInput, { domain, vcpu = 0 }: ProcessBase): number {
  const of = domainIndex(input, domain);
  return vcpuPlaces(input).findIndex((one) => one.domain === of && one.number === vcpu);
}

/** What the scheduler knows: all VCPUs, and the VMs of a cage together. */
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
function placedVcpus(input: ModelInput): VcpuPlacement[] {
  const { pcpus, domains } = input;
  const counts = new Array<number>(pcpus).fill(0);
  const placed = inDomainOrder(domains).map(({ domain, number }) => {
    const { affinity } = domains[domain]!;
    const fewest = Math.min(...affinity.map((pcpu) => counts[pcpu]!));
    const pcpu = affinity.find((one) => counts[one] === fewest)!;
    counts[pcpu]!++;
    return { domain, number, pcpu, affinity };
  });
  return vcpuPlaces(input).map(({ domain, number }) => {
    const { pcpu, affinity } = placed.find(
      (one) => one.domain === domain && one.number === number,
    )!;
    return { domain, pcpu, affinity };
  });
}
