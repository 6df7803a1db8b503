import { metricIn, used } from './causes.js';
import type { Cause, Claim, Criterion } from './claim.js';
import { PLOT_PCT, SHORT_OF_50 } from './criteria.js';

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
];
