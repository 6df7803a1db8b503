/** What the shipped results of sedf-dc-snort and sedf-dc-tripwire have. */
import { mean } from './results.js';

export const SNORT = 'sedf-dc-snort';
export const TRIPWIRE = 'sedf-dc-tripwire';

/** Metrics of the neighbour. */
export const NEIGHBOUR = {
  debt: 'domain_vm2_debt_cpu_pct',
  net: 'domain_vm2_dom0_net_cpu_pct',
  replies: 'client_httperf2_replies_rps',
};

/** Whether the IDS runs in the VM, where what it uses is the VM's anyway. */
const isInside = (variant: string) => variant.endsWith('-inside');

/** CPU time of domain 0 that is really for the VM: an IDS, network and disk work; in percent. */
export function forVm(id: string, variant: string): number {
  const metrics = [
    ...(isInside(variant) ? [] : ['ids_true_cpu_pct']),
    'dom0_net_cpu_pct',
    ...(id === TRIPWIRE ? ['dom0_disk_cpu_pct'] : []),
  ];
  return metrics.reduce((sum, metric) => sum + mean(id, variant, metric), 0);
}

/**
 * CPU time of domain 0 that somebody is charged for the VM; in percent: the cage, the IDS that
 * domain 0's kernel runs, its container there, or the VM by its packets.
 */
export function chargedVm(id: string, variant: string): number {
  if (variant.startsWith('sedf-dc') || variant === 'share-guard') {
    return mean(id, variant, 'domain_vm1_debt_cpu_pct');
  }
  // Nobody whom these charge is in domain 0.
  if (isInside(variant)) return 0;
  const charges: Readonly<Record<string, string>> = {
    cage: 'ids_cpu_pct',
    lrp: 'ids_proc_wall_pct',
    containers: 'domain_dom0_container_ids_pct',
  };
  const metric = charges[variant];
  if (metric === undefined) throw new Error(`${variant} charges nobody for domain 0`);
  return mean(id, variant, metric);
}
