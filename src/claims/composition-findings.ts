import { metricIn, moreIn, used } from './causes.js';
import type { Cause, Claim, Criterion, Measure } from './claim.js';
import { around, PLOT_PCT, SEEN_MORE } from './criteria.js';

/** VM, IDS-VM and domain 0: all that is done for the customer. */
const customerIn = (variant: string, ...domains: readonly string[]): Measure => ({
  kind: 'metrics',
  variant,
  metrics: ['vm_cpu_pct', ...domains],
});

const MORE_THAN_CAGE: Criterion = { rule: { kind: 'moreThan', low: 50 + PLOT_PCT } };
const CAGE = {
  kept: around(150),
  short: { rule: { kind: 'atMost', high: 150 - PLOT_PCT } },
} as const;

/** By how much more the second Snort is charged than the first. */
const chargedMore = (variant: string): Measure => ({
  kind: 'metric-difference',
  variant,
  metrics: ['process_provider_cr3_pct'],
  minus: ['process_snort_cr3_pct'],
});

/** How much of what tenant 1's Snort is charged for was done for others. */
const forOthers = (variant: string): Measure => ({
  kind: 'breakdown-share',
  variant,
  parts: ['other-interrupts'],
});

const cageIn = (variant: string, title: string): Cause =>
  used(variant, `VM + Snort, ${title}`, 'total_cpu_pct');

/**
 * What the paper does not see of what a cage can hold. As in `unclaimed-claims.ts`, these were
 * written after the runs and do not test the model.
 */
export const COMPOSITION_FINDINGS: readonly Claim[] = [
  {
    id: 'E6',
    experiment: 'ids-vm',
    figure: 'none',
    statement:
      "An IDS-VM takes domain 0's work for the customer out of the cage: the cage is kept, and " +
      'VM, IDS-VM and domain 0 together use more than its 50%.',
    paper: 'nothing',
    conditions: [
      {
        label: 'VM + IDS-VM + domain 0',
        measure: customerIn('process', 'domain_ids_cpu_pct', 'dom0_cpu_pct'),
        ...MORE_THAN_CAGE,
      },
    ],
    alternatives: [
      {
        label: 'VM + IDS-VM + domain 0, the whole IDS-VM in the cage',
        measure: customerIn('whole-vm', 'domain_ids_cpu_pct', 'dom0_cpu_pct'),
        criteria: [MORE_THAN_CAGE],
      },
      {
        label: 'VM + domain 0, Snort in domain 0',
        measure: customerIn('domain-0', 'dom0_cpu_pct'),
        criteria: [MORE_THAN_CAGE],
      },
    ],
    causes: [
      used('process', 'VM vm1 + Snort, which the cage counts', 'total_cpu_pct'),
      used('process', 'Domain 0, network for vm1', 'dom0_net_cpu_pct'),
      used('domain-0', 'Domain 0, network for vm1, Snort in domain 0', 'dom0_net_cpu_pct'),
    ],
    reason:
      'More than the cage by more than a plot can hide. In domain 0, network work runs on ' +
      "Snort's page tables and is charged to the cage. With Snort elsewhere it runs on nobody's, " +
      'and the copies for the IDS-VM double it.',
    basis: 'observed',
    evidence: 'unclaimed',
  },
  {
    id: 'E7',
    experiment: 'two-ids',
    figure: 'none',
    statement:
      'Of two IDSes that do the same work for one VM, the one that goes to sleep last is charged ' +
      "for domain 0's network work.",
    paper: 'nothing',
    conditions: [
      { label: 'Charged (CR3), second - first', measure: chargedMore('two-apart'), ...SEEN_MORE },
      {
        label: 'Own work, second - first',
        measure: {
          kind: 'metric-difference',
          variant: 'two-apart',
          metrics: ['process_provider_true_pct'],
          minus: ['process_snort_true_pct'],
        },
        ...around(0),
      },
    ],
    alternatives: [
      {
        label: 'Charged (CR3), second - first, both in the cage',
        measure: chargedMore('two-inside'),
        criteria: [SEEN_MORE],
      },
    ],
    causes: [
      used('two-apart', 'VM, with the first Snort in its cage', 'vm_cpu_pct'),
      used('two-swapped', 'VM, with the second Snort in its cage', 'vm_cpu_pct'),
    ],
    reason:
      'Both see every packet, and both sleep when they have read all. Idle time has no page ' +
      'tables of its own, so those of the last one stay loaded, and what the next packets cost ' +
      'runs on them.',
    basis: 'observed',
    evidence: 'unclaimed',
  },
  {
    id: 'E8',
    experiment: 'two-tenants',
    figure: 'none',
    statement: "A tenant's IDS is charged for softirqs that are run for another tenant.",
    paper: 'nothing',
    conditions: [
      {
        label: 'IDSes in domain 0, work for others',
        measure: forOthers('dom0-overload'),
        ...SEEN_MORE,
      },
      { label: 'IDS-VM, work for others', measure: forOthers('overload'), ...SEEN_MORE },
    ],
    alternatives: [
      {
        label: 'IDSes in domain 0, work for others, both calm',
        measure: forOthers('dom0-calm'),
        criteria: [SEEN_MORE],
      },
    ],
    causes: [
      used('dom0-overload', 'Snort1, charged (CR3)', 'ids_cpu_pct'),
      used('dom0-overload', 'Snort1, own work', 'ids_true_cpu_pct'),
    ],
    reason:
      "Percent of what OC-Monitor measures of tenant 1's Snort. Interrupts and softirqs run on " +
      'the page tables that are loaded, whomever they are for.',
    basis: 'observed',
    evidence: 'unclaimed',
  },
  {
    id: 'E9',
    experiment: 'multicore-cap',
    figure: 'none',
    statement:
      'On several cores the formulas hold a cage of 150% if all is percent of one core. To the ' +
      'letter, with the total credit of all cores, they take off what the IDS uses once per core.',
    paper: 'nothing',
    conditions: [
      { ...cageIn('one-pcpu', 'credit of one PCPU'), ...CAGE.kept },
      { ...cageIn('all-pcpus', 'credit of all PCPUs'), ...CAGE.short },
    ],
    causes: [
      used('all-pcpus', 'Snort, charged (CR3)', 'ids_cpu_pct'),
      used('all-pcpus', 'VM', 'vm_cpu_pct'),
    ],
    reason:
      'The cap to the letter is 50% of three cores, which is as much. The VM gets ' +
      '3 x (50 - RC.ids), so that the sum falls short by 2 x RC.ids.',
    basis: 'observed',
    evidence: 'unclaimed',
  },
  {
    id: 'E10',
    experiment: 'multicore-cap',
    figure: 'none',
    statement:
      'A cage of 100% is not used up if the VCPUs of its VM do not want the same: what one of ' +
      'them leaves of its part of the credit is lost to the other.',
    paper: 'nothing',
    conditions: [
      {
        label: 'VM + Snort, uneven load - one VCPU busy',
        measure: moreIn('uneven', 'one-busy', 'total_cpu_pct'),
        rule: { kind: 'atMost', high: -PLOT_PCT },
      },
    ],
    causes: [
      { label: 'First VCPU, endless work', measure: metricIn('uneven', 'process_job0_true_pct') },
      { label: 'Second VCPU', measure: metricIn('uneven', 'process_burst_true_pct') },
      cageIn('one-busy', 'one VCPU busy'),
    ],
    reason:
      "Less by more than a plot can hide. Xen divides a domain's credit evenly among its active " +
      'VCPUs, and takes away what one has saved when it ceases to be active.',
    basis: 'observed',
    evidence: 'unclaimed',
  },
  {
    id: 'E11',
    experiment: 'multicore-cap',
    figure: 'none',
    statement:
      'A prefork web server on two VCPUs uses a cage of 150% up if its pages take long. With ' +
      'short pages it gets less of a cage of 100% than a server with one worker.',
    paper: 'nothing',
    conditions: [
      { ...cageIn('long-prefork', 'long pages, prefork'), ...CAGE.kept },
      {
        label: 'VM + Snort, short pages, prefork - one worker',
        measure: moreIn('short-prefork', 'short-one', 'total_cpu_pct'),
        rule: { kind: 'atMost', high: -PLOT_PCT },
      },
    ],
    alternatives: [{ ...cageIn('long-one', 'long pages, one worker'), criteria: [CAGE.kept] }],
    causes: [
      {
        label: 'Replies, long pages, prefork - one worker',
        measure: moreIn('long-prefork', 'long-one', 'throughput_rps'),
      },
      {
        label: 'Replies, short pages, prefork - one worker',
        measure: moreIn('short-prefork', 'short-one', 'throughput_rps'),
      },
      used('short-prefork', 'Snort, charged (CR3), short pages, prefork', 'ids_cpu_pct'),
    ],
    reason:
      'Less by more than a plot can hide. For each short page the first VCPU receives for 24 us, ' +
      'and if the workers take turns, each has half of 55 us. The second VCPU then wants 53% of ' +
      'what the first does, and gets as much credit: of the 42% that the cage leaves, a quarter ' +
      'would be lost, 10 points. With long pages a connection always waits for a worker, and ' +
      'both VCPUs take all they get.',
    basis: 'observed',
    evidence: 'unclaimed',
  },
];
