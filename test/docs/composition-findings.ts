/** What docs/findings.md says of what a cage can hold, and of several cores. */
import { mean, share } from './results.js';
import { type Statement, says } from './statements.js';

const one = (experiment: string, variant: string, ...metrics: readonly string[]) =>
  metrics.reduce((sum, metric) => sum + mean(experiment, variant, metric), 0).toFixed(1);

const sum = (experiment: string, variant: string) => one(experiment, variant, 'total_cpu_pct');

const forOthers = (variant: string) =>
  share('two-tenants', variant, 'Other interrupts and softirqs').toFixed(1);

export const compositions: readonly Statement[] = [
  says`as many pages and held to ${one('two-tenants', 'overload', 'cage_tenant2_cpu_pct')} of its
    25%;`,
  says`The cage counts ${sum('ids-vm', 'process')} of its 50%. VM, IDS-VM and domain 0 use
    ${one('ids-vm', 'process', 'vm_cpu_pct', 'domain_ids_cpu_pct', 'dom0_cpu_pct')}%, where it was
    ${one('ids-vm', 'domain-0', 'vm_cpu_pct', 'dom0_cpu_pct')}% with Snort`,
  says`one is charged ${one('two-ids', 'two-apart', 'process_snort_cr3_pct')}%, the other
    ${one('two-ids', 'two-apart', 'process_provider_cr3_pct')}%:`,
  says`is charged for, ${forOthers('dom0-overload')}% is work for another tenant if both are in
    domain 0, and ${forOthers('overload')}% in an IDS-VM.`,
  says`share one with a neighbour and get ${sum('multicore', 'shared')} of their 50%, on a machine
    with one core ${sum('multicore', 'one-core')}%.`,
  says`a cage of 150% gets ${sum('multicore-cap', 'one-pcpu')}%.`,
  says`the same cage gets ${sum('multicore-cap', 'all-pcpus')}%.`,
  says`it gets ${sum('multicore-cap', 'uneven')} of 100%.`,
  says`A prefork web server gets ${sum('multicore-cap', 'long-prefork')}% with pages of 0.5 ms, and
    with one worker ${sum('multicore-cap', 'long-one')}%.`,
  says`it gets ${sum('multicore-cap', 'short-prefork')}% in a cage of 100%, and with one worker
    ${sum('multicore-cap', 'short-one')}%.`,
];

/** Of the set-ups, not of the results. */
export const compositionsGiven = [
  /tenant [12]/,
  /of its 25%/,
  /a cage of 150%/,
  /of 100%/,
  /of 0\.5 ms/,
  /of (?:its|their) 50%/,
];
