import { customerCageIn, metricIn, moreIn, used } from './causes.js';
import type { Cause, Claim, Criterion } from './claim.js';
import { around, PLOT_PCT, SEEN_MORE, SHORT_OF_50 } from './criteria.js';

const HALF = around(50);
const THREE_FIFTHS = around(60);
const KEPT: Criterion = { rule: { kind: 'atLeast', low: 50 - PLOT_PCT } };
/** What a neighbour gets that was promised half. */
const neighbourIn = (variant: string, title: string): Cause => ({
  label: `Domain neighbour, ${title}`,
  measure: metricIn(variant, 'domain_neighbour_cpu_pct'),
});

/** How long the neighbour's job of 4 s takes, as another experiment measures it. */
const jobIn = (variant: string, title: string): Cause => ({
  ...used(variant, `A neighbour's job of 4 s, ${title}`, 'process_job_makespan_s'),
  experiment: 'makespan',
});

/** How idle the IDS is, in percent. */
const IDLE = [0, 25, 50, 75, 100] as const;

/**
 * What the paper argues and does not measure. It gives round numbers for examples, which are held
 * to 2.5 points, as a line in one of its plots.
 */
export const ARGUED_CLAIMS: readonly Claim[] = [
  {
    id: 'A1',
    experiment: 'isolation',
    figure: 'section 2',
    statement:
      'If a VM is capped at 50% and its offloaded IDS uses 30%, a neighbour that was promised ' +
      '50% does not get it with plain offload. With a cage it does.',
    paper: 'plain offload: less than 50%; cage: 50%',
    conditions: [
      { ...neighbourIn('offload', 'plain offload'), ...SHORT_OF_50 },
      { ...neighbourIn('offloadcage', 'OffloadCage'), ...KEPT },
    ],
    alternatives: [
      { ...neighbourIn('by-weight', 'promised by weight, plain offload'), criteria: [SHORT_OF_50] },
      { ...neighbourIn('snort-offload', 'Snort, plain offload'), criteria: [SHORT_OF_50] },
      { ...neighbourIn('snort-no-ids', 'web server, no IDS'), criteria: [SHORT_OF_50] },
      {
        ...neighbourIn('snort-offload-exact', 'Snort, plain offload, debited by run time'),
        criteria: [SHORT_OF_50],
      },
      {
        ...neighbourIn('snort-no-ids-exact', 'web server, no IDS, debited by run time'),
        criteria: [SHORT_OF_50],
      },
    ],
    causes: [
      neighbourIn('no-ids', 'no IDS'),
      used('offload', 'IDS, plain offload', 'process_ids_cr3_pct'),
      used('offload', 'VM vm1, plain offload', 'vm_cpu_pct'),
      jobIn('offload', 'plain offload'),
      jobIn('offloadcage', 'OffloadCage'),
      jobIn('no-ids', 'no IDS'),
    ],
    reason:
      "The paper's example, with loops: what a neighbour is behind a promise of 50% must be more " +
      'than the 2.5 points that a plot can hide. The promise is one for which others are ' +
      'limited. If a weight stands behind it, it needs no cage. With Snort and a web server, ' +
      'what breaks it is the network work of domain 0, which is there without an IDS, too.',
    basis: 'predicted',
    evidence: 'argued',
  },
  {
    id: 'A2',
    experiment: 'static-split',
    figure: 'section 2',
    statement:
      'A static split, 20% for the IDS and 30% for the VM, holds the sum at 50%, but the VM ' +
      'cannot use what the IDS leaves. In a cage of 50% it can.',
    paper: 'held, but wasted',
    conditions: [
      { ...customerCageIn('split-0', 'split, IDS busy'), ...HALF },
      {
        label: 'VM, cage - split, IDS idle 50%',
        measure: moreIn('cage-50', 'split-50', 'vm_cpu_pct'),
        ...SEEN_MORE,
      },
      { ...customerCageIn('cage-50', 'cage, IDS idle 50%'), ...HALF },
    ],
    causes: IDLE.map((idle) => ({
      label: `VM, cage - split, IDS idle ${idle}%`,
      measure: moreIn(`cage-${idle}`, `split-${idle}`, 'vm_cpu_pct'),
    })),
    reason:
      'The sum is held to the 2.5 points that a plot can hide, and what is wasted must be more ' +
      "than that. By arithmetic it is the IDS's 20 points times the time in which it is idle.",
    basis: 'predicted',
    evidence: 'argued',
  },
  {
    id: 'A3',
    experiment: 'weights',
    figure: 'section 4.3',
    statement:
      "With a weight alone, a cage's share includes its IDS's use. With a cap and a weight, the " +
      'smaller of the two counts.',
    paper: 'the smaller credit',
    conditions: [
      { ...customerCageIn('weight', 'weight of half'), ...HALF },
      { ...customerCageIn('weight-60', 'weight of three fifths'), ...THREE_FIFTHS },
      { ...customerCageIn('cap', 'cap of 50%'), ...HALF },
      { ...customerCageIn('both-cap', 'cap of 50%, weight of four fifths'), ...HALF },
      { ...customerCageIn('both-weight', 'cap of 60%, weight of half'), ...HALF },
    ],
    alternatives: [
      {
        ...customerCageIn('both-light', 'cap of 60%, weight of half, light domain 0'),
        criteria: [HALF],
      },
    ],
    causes: [
      customerCageIn('none', 'no limit'),
      customerCageIn('weight-75', 'weight of three quarters'),
      customerCageIn('weight-alone', 'weight of half, idle neighbour'),
      used('both-weight', 'VM vm1, cap of 60%, weight of half', 'vm_cpu_pct'),
      used('weight', 'VM vm1, weight of half', 'vm_cpu_pct'),
    ],
    reason:
      'Each is held to 2.5 points of what the weights of cage and neighbour stand for, or of the ' +
      'cap. It fails where the weight is the smaller of two, because the formula divides by a ' +
      "sum in which domain 0's weight is, while the IDS that runs there is taken off as well.",
    basis: 'predicted',
    evidence: 'argued',
  },
];
