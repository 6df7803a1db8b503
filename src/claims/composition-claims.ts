import { metricIn, moreIn, used } from './causes.js';
import type { Claim, Criterion } from './claim.js';
import { around, eachOf, HIGHER, keepsLimit, PLOT_PCT } from './criteria.js';

/** No idle time that a plot would show. */
const USED_UP: Criterion = {
  rule: { kind: 'atMost', high: PLOT_PCT },
  words: { holds: 'used up', fails: 'not used up', undecided: 'perhaps not used up' },
};

/** 2.5% of the 500 pages a second that are asked for. */
const AS_MANY_REPLIES: Criterion = { rule: { kind: 'between', low: -12.5, high: 12.5 } };

const idleIn = (variant: string) => metricIn(variant, 'idle_pct');

const beyondPlain = (variant: string) =>
  ({ kind: 'variant-difference', metric: 'idle_pct', variant, minus: 'split-plain' }) as const;

/** What sections 3 and 6 argue. */
export const COMPOSITION_CLAIMS: readonly Claim[] = [
  {
    id: 'C1',
    experiment: 'multicore',
    figure: 'section 6',
    statement:
      'On one core, or on a core that the IDS-VM and the VM share, others use what a cage may ' +
      'not: the CPU is used up.',
    paper: 'used up',
    conditions: [
      { label: 'Idle, one core', measure: idleIn('one-core'), ...USED_UP },
      { label: 'Idle, shared core', measure: idleIn('shared'), ...USED_UP },
    ],
    alternatives: [
      { label: 'Idle, apart, in company', measure: idleIn('split-company'), criteria: [USED_UP] },
      { label: 'Idle, unpinned', measure: idleIn('unpinned'), criteria: [USED_UP] },
    ],
    causes: [
      used('one-core', 'VM vm1 + Snort, one core', 'total_cpu_pct'),
      used('one-core', 'Domain neighbour, one core', 'domain_neighbour_cpu_pct'),
      used('shared', 'VM vm1 + Snort, shared core', 'total_cpu_pct'),
      used('shared', 'Domain neighbour, shared core', 'domain_neighbour_cpu_pct'),
    ],
    reason:
      'Less idle time than a plot can show. By construction: a neighbour of the VM takes all ' +
      'that it can get, and the credit scheduler leaves no PCPU idle while a VCPU waits for it ' +
      'that is not parked. How the core is shared is another question: see the causes.',
    basis: 'by construction',
    evidence: 'argued',
  },
  {
    id: 'C2',
    experiment: 'multicore',
    figure: 'section 6',
    statement:
      'If the IDS-VM and the VM are on different cores, what the cage takes off the VM may be ' +
      'left idle.',
    paper: 'left idle',
    conditions: eachOf(HIGHER, {
      label: 'Idle, OffloadCage - plain offload',
      measure: beyondPlain('split'),
    }),
    alternatives: [
      {
        label: 'Apart, in company',
        measure: beyondPlain('split-company'),
        criteria: HIGHER,
      },
      { label: 'Unpinned', measure: beyondPlain('unpinned'), criteria: HIGHER },
    ],
    causes: [
      used('split', 'VM vm1', 'vm_cpu_pct'),
      used('split-plain', 'VM vm1, plain offload', 'vm_cpu_pct'),
      used('split', 'Snort, charged (CR3)', 'ids_cpu_pct'),
    ],
    reason:
      '"Higher" is two conditions: above 0, and more than a plot can hide. Plain offload is what ' +
      'it is compared with, because it caps the VM, too, and takes nothing off. By construction: ' +
      'the VM is alone on its core. It is not the distance to the IDS that leaves time idle: ' +
      'with another VM on the same core, or if nothing is pinned, nothing is left.',
    basis: 'by construction',
    evidence: 'argued',
  },
  {
    id: 'C3',
    experiment: 'two-tenants',
    figure: 'section 3',
    statement:
      'Two cages of a VM and its IDS each, with both IDSes in one IDS-VM: each keeps its limit ' +
      'while the other overloads.',
    paper: 'each keeps its own (figure 2)',
    conditions: [
      ...eachOf(keepsLimit(25), {
        label: 'Cage tenant2, which overloads',
        measure: metricIn('overload', 'cage_tenant2_cpu_pct'),
      }),
      {
        label: 'Replies of tenant 1, overload - calm',
        measure: moreIn('overload', 'calm', 'throughput_rps'),
        ...AS_MANY_REPLIES,
      },
    ],
    alternatives: [
      {
        label: 'Cage tenant2, IDSes in domain 0',
        measure: metricIn('dom0-overload', 'cage_tenant2_cpu_pct'),
        criteria: keepsLimit(25),
      },
      {
        label: 'Cage tenant2, plain offload',
        measure: metricIn('plain', 'cage_tenant2_cpu_pct'),
        criteria: keepsLimit(25),
      },
    ],
    causes: [
      used('overload', 'Cage tenant1', 'cage_tenant1_cpu_pct'),
      used('calm', 'Cage tenant1, both calm', 'cage_tenant1_cpu_pct'),
      used('overload', 'Domain 0, outside the cages', 'dom0_cpu_pct'),
    ],
    reason:
      'As in S1, a limit is kept if it is neither exceeded nor left unused, both to 2.5 points. ' +
      'Tenant 1 is asked for 500 pages a second and must answer as many, to 2.5%.',
    basis: 'predicted',
    evidence: 'argued',
  },
  {
    id: 'C4',
    experiment: 'ids-vm',
    figure: 'section 3',
    statement: 'A cage may hold a single VM without an IDS, and is a limit for it.',
    paper: "a VM's limit",
    conditions: [
      {
        label: 'VM, cage - cap of Xen',
        measure: moreIn('plain-vm', 'plain-cap', 'vm_cpu_pct'),
        ...around(0),
      },
    ],
    causes: [used('plain-vm', 'VM vm1, alone in a cage of 50%', 'vm_cpu_pct')],
    reason:
      'Within what a plot can hide. By construction: without an IDS, RC.ids is 0, and what the ' +
      "cage leaves the VM is what Xen's own cap would.",
    basis: 'by construction',
    evidence: 'argued',
  },
];
