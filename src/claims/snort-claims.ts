import { share, used } from './causes.js';
import type { Cause, Claim, Rule } from './claim.js';
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

const KEEPS_50: Rule = { kind: 'between', low: 47.5, high: 52.5 };
const NET_50: Rule = { kind: 'atMost', high: 52.5 };
const A_QUARTER: Rule = { kind: 'atLeast', low: 25 };
/** In replies a second; 2.5% of what the plot's axis has to reach. */
const SEEN_MORE: Rule = { kind: 'moreThan', low: 100 };

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
    conditions: [
      {
        label: 'VM + Snort',
        measure: figureSum('offloadcage'),
        rule: KEEPS_50,
      },
    ],
    alternatives: otherSums(KEEPS_50),
    causes: [...customerOf('offloadcage'), ...snortTimeOf('offloadcage')],
    reason:
      'Keeping a limit under full load means using it up, too; 2.5 points each way is how well a ' +
      'line can be read off the plot. Fitted: the paper leaves open over which time RC.ids is ' +
      'taken, and it is smoothed by default because the last period alone was known not to keep ' +
      'the limit. The weight, 0.2, is from control theory, was set before any cost was fitted, ' +
      'and has not been changed since. The claim also hangs on what counts as ' +
      "Snort's time: all on its page tables, as the paper has it.",
    basis: 'fitted',
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
      '"Far" is taken as a fifth of the limit: four times what a plot can hide. Fitted: the sum ' +
      "is that of two targets of the fit, Snort's 60% (S3) and the VM's 36%, a choice.",
    basis: 'fitted',
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
      '"About 60%" is taken as 60 give or take 5. The VM may be half a point above its cap: the ' +
      'scheduler debits whole ticks. Fitted: three costs are fitted to the 60%, to the 80% of ' +
      'S5, and to 36% for the VM, a choice that keeps below the 50.',
    basis: 'fitted',
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
        rule: SEEN_MORE,
      },
      {
        label: 'No offload - OffloadCage',
        measure: moreReplies('no-offload', 'offloadcage'),
        rule: SEEN_MORE,
      },
    ],
    alternatives: otherOrders(SEEN_MORE),
    causes: [
      netOf('offload', 'plain offload'),
      netOf('no-offload', 'no offload'),
      netOf('offloadcage', 'OffloadCage'),
    ],
    reason:
      'An order must be seen in a plot that reaches to 4000: by more than 2.5% of that. What is ' +
      'tested is the mean of the differences, taken seed by seed. If a request cost the same ' +
      'everywhere and Snort saw every packet, the order would be that of the sums in S2, S5 and ' +
      'S1, which are fitted; it is a prediction as far as neither is so.',
    basis: 'predicted',
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
      '"About 80%" is taken as 80 give or take 5. All of domain 0 counts, as a testbed measures ' +
      'it: in this variant it works for nobody else. Fitted: see S3.',
    basis: 'fitted',
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
        rule: A_QUARTER,
      },
      {
        label: "VM + Snort's own + network",
        measure: netSum('offloadcage'),
        rule: NET_50,
      },
    ],
    alternatives: otherNets(NET_50),
    causes: [
      ...snortTimeOf('offloadcage'),
      {
        label: "Domain 0's network work that is inside Snort's time, by construction",
        measure: { kind: 'network-inside', variant: 'offloadcage' },
      },
    ],
    reason:
      "A quarter of Snort's time, which is near 30%, costs the pair 7.5 of its 50 points and so " +
      '15% of its throughput, the least that a plot shows beyond doubt. The net sum is bounded ' +
      "as in S1. That all of domain 0's network work is inside Snort's time is no condition: it " +
      'follows from the set-up, in which Snort is the only process of domain 0 and so no other ' +
      "page tables are ever loaded. That it is the reason for S4 is seen where only Snort's own " +
      'work is charged: VM and Snort then use far more, and most of what OffloadCage is behind ' +
      'no offload is gone. Fitted: it follows from claims that are. S5 leaves domain 0 some ' +
      "30% of the CPU for the VM, which is half of S3's 60% for whatever costs meet both; and " +
      'the net sum is no more than that of S1.',
    basis: 'fitted',
  },
];
