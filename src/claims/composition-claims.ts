import { used } from './causes.js';
import type { Claim, Criterion } from './claim.js';
import { eachOf, HIGHER, PLOT_PCT } from './criteria.js';

/** No idle time that a plot would show. */
const USED_UP: Criterion = {
  rule: { kind: 'atMost', high: PLOT_PCT },
  words: { holds: 'used up', fails: 'not used up', undecided: 'perhaps not used up' },
};

const idleIn = (variant: string) => ({ kind: 'metrics', variant, metrics: ['idle_pct'] }) as const;

const beyondPlain = (variant: string) =>
  ({ kind: 'variant-difference', metric: 'idle_pct', variant, minus: 'split-plain' }) as const;

/** The claims of section 6. */
export const COMPOSITION_CLAIMS: readonly Claim[] = [
  {
    id: 'C1',
    experiment: 'multicore',
    figure: 'text',
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
    figure: 'text',
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
];
