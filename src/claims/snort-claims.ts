import { share, used } from './causes.js';
import type { Cause, Claim, Criterion } from './claim.js';
import { eachOf, keepsLimit, PLOT_PCT } from './criteria.js';
import {
  figureSum,
  kernelShare,
  moreReplies,
  netSum,
  otherNets,
  otherOrders,
  otherSums,
} from './snort-alternatives.js';

/** Who really uses the CPU for the customer. */
function customerOf(variant: string): Cause[] {
  return [
    used(variant, 'VM', 'vm_cpu_pct'),
    used(variant, 'Snort, own work', 'ids_true_cpu_pct'),
    used(variant, 'Domain 0, network', 'dom0_net_cpu_pct'),
  ];
}

/** What of Snort's CR3 time is Snort. */
function snortTimeOf(variant: string): Cause[] {
  return [
    share(variant, "Snort, of Snort's CR3 time", 'own'),
    share(variant, "softirqs for the VM, of Snort's CR3 time", 'network'),
    share(variant, "kernel threads, of Snort's CR3 time", 'kernel-threads'),
  ];
}

/** The CPU time that goes into answering requests. */
function netOf(variant: string, title: string): Cause {
  return {
    label: `VM, Snort's own work and network, ${title}`,
    measure:
      variant === 'no-offload'
        ? { kind: 'metrics', variant, metrics: ['vm_cpu_pct', 'dom0_net_cpu_pct'] }
        : netSum(variant),
  };
}

const KEEPS_50 = keepsLimit(50);
const NET_50: Criterion = { rule: { kind: 'atMost', high: 50 + PLOT_PCT } };
const A_QUARTER: Criterion = { rule: { kind: 'atLeast', low: 25 } };
/** In replies a second; 2.5% of what the plot's axis has to reach. */
const SEEN_MORE: Criterion = { rule: { kind: 'moreThan', low: 100 } };

/**
 * The claims of section 5.1. The paper gives plots and round numbers; a value read off such a plot
 * is good to about 2.5 points, one said to be "about" so much to about 5.
 */
export const SNORT_CLAIMS: readonly Claim[] = [
  {
    id: 'S1',
    experiment: 'snort',
    figure: '4',
    statement: "With OffloadCage, Snort and the VM together keep the cage's limit of 50%.",
    paper: '50%',
    conditions: eachOf(KEEPS_50, { label: 'VM + Snort', measure: figureSum('offloadcage') }),
    alternatives: otherSums(KEEPS_50),
    causes: [...customerOf('offloadcage'), ...snortTimeOf('offloadcage')],
    reason:
      'Under full load, a limit is kept if it is neither exceeded nor left unused, both to the ' +
      '2.5 points to which a line in the plot can be read. Fitted: the paper leaves open over ' +
      'which time RC.ids is taken. It is smoothed by default, because the last period alone was ' +
      'known not to keep the limit. The weight of 0.2 comes from control theory. It was set ' +
      'before any cost was fitted and has not been changed since. The claim also depends on what ' +
      "counts as Snort's time: all that runs on its page tables, as in the paper.",
    basis: 'fitted',
    evidence: 'measured',
  },
  {
    id: 'S2',
    experiment: 'snort',
    figure: '5',
    statement: 'With plain offload, Snort and the capped VM together use far more than 50%.',
    paper: 'far above 50%',
    conditions: [
      {
        label: 'VM + Snort',
        measure: figureSum('offload'),
        rule: { kind: 'atLeast', low: 60 },
      },
    ],
    causes: customerOf('offload'),
    reason:
      '"Far" is taken as a fifth of the limit, four times what a plot can hide. Fitted: the sum ' +
      "adds two targets of the fit, Snort's 60% (S3) and a chosen 36% for the VM.",
    basis: 'fitted',
    evidence: 'measured',
  },
  {
    id: 'S3',
    experiment: 'snort',
    figure: '5',
    statement:
      'With plain offload, Snort uses about 60% of the CPU in domain 0, whatever the limit, ' +
      'while the VM stays at or below 50%.',
    paper: 'Snort about 60%, VM at most 50%',
    conditions: [
      {
        label: 'Snort, charged (CR3)',
        measure: { kind: 'metrics', variant: 'offload', metrics: ['ids_cpu_pct'] },
        rule: { kind: 'between', low: 55, high: 65 },
      },
      {
        label: 'VM',
        measure: { kind: 'metrics', variant: 'offload', metrics: ['vm_cpu_pct'] },
        rule: { kind: 'atMost', high: 50.5 },
      },
    ],
    causes: [...customerOf('offload'), ...snortTimeOf('offload')],
    reason:
      '"About 60%" is taken as 55 to 65%. The VM may be half a point above its cap, because the ' +
      'scheduler debits whole ticks. Fitted: three costs are fitted to this 60%, to the 80% of ' +
      'S5, and to a chosen 36% for the VM, which is below the 50.',
    basis: 'fitted',
    evidence: 'measured',
  },
  {
    id: 'S4',
    experiment: 'snort',
    figure: '6',
    statement:
      'The web server answers most requests with plain offload, fewer without offload, and ' +
      'fewest with OffloadCage.',
    paper: 'plain offload > no offload > OffloadCage',
    conditions: [
      {
        label: 'Plain offload - no offload',
        measure: moreReplies('offload', 'no-offload'),
        ...SEEN_MORE,
      },
      {
        label: 'No offload - OffloadCage',
        measure: moreReplies('no-offload', 'offloadcage'),
        ...SEEN_MORE,
      },
    ],
    alternatives: otherOrders(SEEN_MORE),
    causes: [
      netOf('offload', 'plain offload'),
      netOf('no-offload', 'no offload'),
      netOf('offloadcage', 'OffloadCage'),
    ],
    reason:
      'An order must be visible in a plot that reaches to 4000, so each difference must exceed ' +
      '2.5% of that. The differences are taken seed by seed, and their mean is tested. If a ' +
      'request cost the same everywhere and Snort saw every packet, the order would be that of ' +
      'the sums in S2, S5 and S1, which are fitted. It is a prediction as far as neither is so.',
    basis: 'predicted',
    evidence: 'measured',
  },
  {
    id: 'S5',
    experiment: 'snort',
    figure: '7',
    statement:
      'Without offload, the VM capped at 50% uses about 80% if what domain 0 does for it is added.',
    paper: 'about 80%',
    conditions: [
      {
        label: 'VM + domain 0',
        measure: {
          kind: 'metrics',
          variant: 'no-offload',
          metrics: ['vm_cpu_pct', 'dom0_cpu_pct'],
        },
        rule: { kind: 'between', low: 75, high: 85 },
      },
    ],
    causes: [
      {
        label: 'VM with Snort',
        measure: { kind: 'metrics', variant: 'no-offload', metrics: ['vm_cpu_pct'] },
      },
      {
        label: 'Domain 0, network',
        measure: { kind: 'metrics', variant: 'no-offload', metrics: ['dom0_net_cpu_pct'] },
      },
    ],
    reason:
      '"About 80%" is taken as 75 to 85%. All of domain 0 counts, as a testbed measures it: in ' +
      'this variant it works for nobody else. Fitted: see S3.',
    basis: 'fitted',
    evidence: 'measured',
  },
  {
    id: 'S6',
    experiment: 'snort',
    figure: 'text',
    statement:
      "Domain 0 does part of the VM's network processing, and with OffloadCage that part is " +
      "inside Snort's measured use: VM and Snort get a net 50% only, hence the lower throughput.",
    paper: "inside Snort's use; net 50%",
    conditions: [
      {
        label: "Kernel work in Snort's time",
        measure: kernelShare('offloadcage'),
        ...A_QUARTER,
      },
      {
        label: "VM + Snort's own + network",
        measure: netSum('offloadcage'),
        ...NET_50,
      },
    ],
    alternatives: otherNets(NET_50),
    causes: [
      ...snortTimeOf('offloadcage'),
      {
        label: "Domain 0's network work that is inside Snort's time",
        measure: { kind: 'network-inside', variant: 'offloadcage' },
      },
    ],
    reason:
      "Snort's time is near 30% of the CPU. A quarter of it costs the pair 7.5 of its 50 points, " +
      'and so 15% of its throughput, which any plot shows. The net sum is bounded as in S1. ' +
      "By construction: all of domain 0's network work is inside Snort's time, because Snort is " +
      'its only process and no other page tables are ever loaded. S5 leaves domain 0 some 30% of ' +
      "the CPU for the VM, half of S3's 60%, whatever costs meet both. And the net sum is no " +
      'more than that of S1. That this is the reason for S4 can be tested: if only the work of ' +
      'Snort itself is charged, VM and Snort use far more, and most of what OffloadCage is ' +
      'behind no offload is gone.',
    basis: 'by construction',
    evidence: 'argued',
  },
];
