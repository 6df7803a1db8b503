import { metricIn, moreIn, used } from './causes.js';
import type { Cause, Claim, Criterion, Measure } from './claim.js';
import { around, eachOf, keepsLimit, PLOT_PCT } from './criteria.js';

const SNORT = 'sedf-dc-snort';
const TRIPWIRE = 'sedf-dc-tripwire';

/** What domain 0 really does for the VM. */
const FOR_VM = ['ids_true_cpu_pct', 'dom0_net_cpu_pct'];
const FOR_VM_AND_DISK = [...FOR_VM, 'dom0_disk_cpu_pct'];

/** Percent of domain 0 that ShareGuard, and OC-Limiter, allow. */
const SNORT_GUARD_PCT = 10;
const TRIPWIRE_GUARD_PCT = 30;

const sumOf = (variant: string, metrics: readonly string[]): Measure => ({
  kind: 'metrics',
  variant,
  metrics,
});

/** What a VM is charged, less what domain 0 did for it. */
const errorOf = (variant: string, charge: string, truth: readonly string[]): Measure => ({
  kind: 'metric-difference',
  variant,
  metrics: [charge],
  minus: truth,
});

const VM_CHARGE = 'domain_vm1_debt_cpu_pct';
const NEIGHBOUR_CHARGE = 'domain_vm2_debt_cpu_pct';
const NEIGHBOUR_NET = 'domain_vm2_dom0_net_cpu_pct';

const neighbourError = (variant: string) => errorOf(variant, NEIGHBOUR_CHARGE, [NEIGHBOUR_NET]);

const exceeds = (limitPct: number): Criterion => ({
  rule: { kind: 'moreThan', low: limitPct + PLOT_PCT },
  words: { holds: 'exceeded', fails: 'not exceeded', undecided: 'perhaps not exceeded' },
});

const within = (limitPct: number): Criterion => ({
  rule: { kind: 'atMost', high: limitPct + PLOT_PCT },
});

const RIGHT: Criterion = {
  ...around(0),
  words: { holds: 'right', fails: 'wrong', undecided: 'perhaps wrong' },
};

const TOO_LOW: Criterion = {
  rule: { kind: 'atMost', high: -PLOT_PCT },
  words: { holds: 'too low', fails: 'not too low', undecided: 'perhaps too low' },
};

/** Of 1000 replies a second, what a plot can show. */
const FEWER_REPLIES: Criterion = { rule: { kind: 'moreThan', low: 25 } };

const ASSUMED =
  'Assumed, not read, and without a part in the verdict: feedback every 100 ms, a look of ' +
  'ShareGuard every 500 ms, and equal weights of both directions.';

/** If the network work of domain 0 alone were divided, no VM of these would be above the limit. */
const DIVIDED =
  'That ShareGuard has anything to do here hangs on the assumption that all that domain 0 does ' +
  'is divided, as in an older method of its authors, and not its network work only.';

/** What each is wrong by, while Snort is in domain 0. */
const SNORT_ERRORS: readonly Cause[] = [
  {
    label: 'Charged to the VM - true, Snort in domain 0',
    measure: errorOf('sedf-dc', VM_CHARGE, FOR_VM),
  },
  {
    label: 'Charged to the neighbour - true, Snort in domain 0',
    measure: neighbourError('sedf-dc'),
  },
  {
    label: 'OffloadCage, charged to the VM - true',
    measure: errorOf('cage', 'ids_cpu_pct', FOR_VM),
  },
];

/** What section 7 says of SEDF-DC and ShareGuard, in its order. */
export const SEDF_DC_CLAIMS: readonly Claim[] = [
  {
    id: 'R1',
    experiment: SNORT,
    figure: 'section 7',
    statement:
      "In Xen, the CPU time of domain 0's back ends is not charged to the VM for which they work.",
    paper: 'not charged',
    conditions: [
      {
        label: 'SEDF, VM + domain 0, network for it',
        measure: sumOf('sedf', ['vm_cpu_pct', 'dom0_net_cpu_pct']),
        ...exceeds(50),
      },
      {
        label: 'Credit scheduler, VM + domain 0, network for it',
        measure: sumOf('credit', ['vm_cpu_pct', 'dom0_net_cpu_pct']),
        ...exceeds(50),
      },
    ],
    causes: [
      used('sedf', 'VM vm1, SEDF', 'vm_cpu_pct'),
      used('credit', 'VM vm1, credit scheduler', 'vm_cpu_pct'),
    ],
    reason:
      'Above 50%, what the VM may use, by more than a plot can hide. By construction: a slice, ' +
      'and a cap, count what the VCPU of the VM runs.',
    basis: 'by construction',
    evidence: 'related',
  },
  {
    id: 'R2',
    experiment: SNORT,
    figure: 'section 7',
    statement:
      'SEDF-DC measures the CPU time that is used for the I/O of a VM, and charges it to that VM.',
    paper: 'charged',
    conditions: [
      {
        label: 'No offload, charged to the VM - true',
        measure: errorOf('sedf-dc-inside', VM_CHARGE, ['dom0_net_cpu_pct']),
        ...RIGHT,
      },
      {
        label: 'No offload, charged to the neighbour - true',
        measure: neighbourError('sedf-dc-inside'),
        ...RIGHT,
      },
      ...eachOf(keepsLimit(50), {
        label: 'No offload, VM + domain 0, network for it',
        measure: sumOf('sedf-dc-inside', ['vm_cpu_pct', 'dom0_net_cpu_pct']),
      }),
    ],
    causes: [used('sedf-dc-inside', 'Domain vm1, charged by packets', VM_CHARGE)],
    reason:
      'Asked where domain 0 has nothing to do but the I/O of VMs. Less than 2.5 points cannot be ' +
      `seen in a plot; a limit is kept if it is neither exceeded nor left unused. ${ASSUMED}`,
    basis: 'predicted',
    evidence: 'related',
  },
  {
    id: 'R3',
    experiment: SNORT,
    figure: 'section 7',
    statement: 'ShareGuard limits the CPU time of domain 0 that is used for the I/O of each VM.',
    paper: 'limited',
    conditions: [
      {
        label: 'Domain vm1, network work of domain 0',
        measure: metricIn('share-guard', 'domain_vm1_dom0_net_cpu_pct'),
        ...within(SNORT_GUARD_PCT),
      },
      {
        label: 'Domain vm2, network work of domain 0',
        measure: metricIn('share-guard', NEIGHBOUR_NET),
        ...within(SNORT_GUARD_PCT),
      },
    ],
    causes: [
      used('share-guard', 'Domain vm1, charged by packets', VM_CHARGE),
      used('share-guard', 'Domain vm2, charged by packets', NEIGHBOUR_CHARGE),
      used('sedf-dc', 'Domain vm2, network work of domain 0, no ShareGuard', NEIGHBOUR_NET),
    ],
    reason:
      'The limit is 10%, and a plot can be read to 2.5 points. By construction: nothing passes ' +
      'while a VM has used more, and here neither would have used more. Both are held far below ' +
      `it, as each is charged for half of Snort. ${DIVIDED} ${ASSUMED}`,
    basis: 'by construction',
    evidence: 'related',
  },
  {
    id: 'R4',
    experiment: SNORT,
    figure: 'section 7',
    statement: 'SEDF-DC and ShareGuard are similar to OC-Scheduler and OC-Limiter.',
    paper: 'similar',
    conditions: [
      ...eachOf(keepsLimit(50), {
        label: 'SEDF-DC, VM + charged to it',
        measure: sumOf('sedf-dc', ['vm_cpu_pct', VM_CHARGE]),
      }),
      ...eachOf(keepsLimit(50), {
        label: 'OffloadCage, VM + charged for Snort',
        measure: sumOf('cage', ['vm_cpu_pct', 'ids_cpu_pct']),
      }),
      {
        label: 'Domain vm1, charged by packets, ShareGuard',
        experiment: TRIPWIRE,
        measure: metricIn('share-guard', VM_CHARGE),
        ...within(TRIPWIRE_GUARD_PCT),
      },
      {
        label: 'Tripwire, charged (CR3), OC-Limiter',
        experiment: TRIPWIRE,
        measure: metricIn('cage', 'ids_cpu_pct'),
        ...within(TRIPWIRE_GUARD_PCT),
      },
    ],
    causes: [
      { label: 'VM, Snort and network, SEDF', measure: sumOf('sedf', ['vm_cpu_pct', ...FOR_VM]) },
      {
        label: 'VM, Snort and network, SEDF-DC',
        measure: sumOf('sedf-dc', ['vm_cpu_pct', ...FOR_VM]),
      },
      {
        label: 'VM, Snort and network, OffloadCage',
        measure: sumOf('cage', ['vm_cpu_pct', ...FOR_VM]),
      },
      used('sedf-dc', 'Snort, missed packets, SEDF-DC', 'ids_missed_packets_pct'),
      used('share-guard', 'Snort, missed packets, ShareGuard', 'ids_missed_packets_pct'),
    ],
    reason:
      'Similar in what they are for: of SEDF-DC it is published that the combined use meets the ' +
      'limit, of ShareGuard that it limits what domain 0 does for a VM, and OC-Scheduler and ' +
      'OC-Limiter do so for a cage. Each goes by its own measure, as in the paper; what these ' +
      `measures are worth is another question: see R5 and R6. ${ASSUMED}`,
    basis: 'predicted',
    evidence: 'related',
  },
  {
    id: 'R5',
    experiment: TRIPWIRE,
    figure: 'section 7',
    statement: 'SEDF-DC and ShareGuard are for network I/O only.',
    paper: 'network only',
    conditions: [
      {
        label: 'SEDF-DC, charged to the VM - true',
        measure: errorOf('sedf-dc', VM_CHARGE, FOR_VM_AND_DISK),
        ...TOO_LOW,
      },
      {
        label: 'SEDF-DC, VM + Tripwire, network and disk for it',
        measure: sumOf('sedf-dc', ['vm_cpu_pct', ...FOR_VM_AND_DISK]),
        ...exceeds(50),
      },
      {
        label: 'ShareGuard, Tripwire, network and disk for the VM',
        measure: sumOf('share-guard', FOR_VM_AND_DISK),
        ...exceeds(TRIPWIRE_GUARD_PCT),
      },
    ],
    causes: [
      {
        label: 'SEDF-DC, charged to the neighbour - true',
        measure: neighbourError('sedf-dc'),
      },
      used('sedf', 'VM vm1, SEDF', 'vm_cpu_pct'),
      used('sedf-dc', 'VM vm1, SEDF-DC', 'vm_cpu_pct'),
      used('sedf', 'Tripwire, own work, SEDF', 'ids_true_cpu_pct'),
      used('sedf-dc', 'Tripwire, own work, SEDF-DC', 'ids_true_cpu_pct'),
      {
        label: 'No offload, charged to the VM - true',
        measure: errorOf('sedf-dc-inside', VM_CHARGE, ['dom0_net_cpu_pct', 'dom0_disk_cpu_pct']),
      },
      {
        label: 'OffloadCage, charged - true',
        measure: errorOf('cage', 'ids_cpu_pct', FOR_VM_AND_DISK),
      },
    ],
    reason:
      'Tripwire reads a disk, and no packet tells of it. What the VM is not charged for, it has ' +
      'on top of its 50%, by more than 2.5 points; and to stop packets does not stop Tripwire. ' +
      'If the network work of domain 0 alone were divided, still less would be charged, and the ' +
      `neighbour would not pay for Tripwire. ${ASSUMED}`,
    basis: 'predicted',
    evidence: 'related',
  },
  {
    id: 'R6',
    experiment: SNORT,
    figure: 'section 7',
    statement:
      'SEDF-DC estimates CPU time from numbers of packets, and limits it by a packet filter.',
    paper: 'estimated; filtered',
    conditions: [
      {
        label: 'SEDF-DC, charged to the VM - to the neighbour',
        measure: errorOf('sedf-dc', VM_CHARGE, [NEIGHBOUR_CHARGE]),
        ...RIGHT,
      },
      {
        label: 'Replies, SEDF-DC - ShareGuard',
        measure: moreIn('sedf-dc', 'share-guard', 'throughput_rps'),
        ...FEWER_REPLIES,
      },
    ],
    causes: SNORT_ERRORS,
    reason:
      'Both VMs have the same traffic, so that they are charged the same, though Snort watches ' +
      'only one. By construction: the filter is the only way in which ShareGuard acts. ' +
      `${DIVIDED} ${ASSUMED}`,
    basis: 'by construction',
    evidence: 'related',
  },
];
