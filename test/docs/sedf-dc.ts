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

/** CPU time of domain 0 that the VM is charged for; in percent. */
export function chargedVm(id: string, variant: string): number {
  if (variant === 'cage') return mean(id, variant, 'ids_cpu_pct');
  // Nothing of domain 0 is in this cage.
  if (variant === 'cage-inside') return 0;
  return mean(id, variant, 'domain_vm1_debt_cpu_pct');
}
