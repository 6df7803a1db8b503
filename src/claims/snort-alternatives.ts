/**
 * The claims about Snort, asked of what the paper leaves open: the other values of a cage's
 * parameters, another way of debiting, and the other costs that fit S3 and S5 as well.
 */
import type { Alternative, Criterion, Measure } from './claim.js';

/** What the figures add up. */
export const figureSum = (variant: string): Measure => ({
  kind: 'metrics',
  variant,
  metrics: ['total_cpu_pct'],
});

/** What VM and Snort really use, domain 0's work for them included. */
export const netSum = (variant: string): Measure => ({
  kind: 'metrics',
  variant,
  metrics: ['vm_cpu_pct', 'ids_true_cpu_pct', 'dom0_net_cpu_pct'],
});

/** How much more the web server answers in one variant than in another. */
export const moreReplies = (variant: string, minus: string): Measure => ({
  kind: 'variant-difference',
  metric: 'throughput_rps',
  variant,
  minus,
});

/** What domain 0's kernel does in Snort's time: softirqs for the VM, and its threads. */
export const kernelShare = (variant: string): Measure => ({
  kind: 'breakdown-share',
  variant,
  parts: ['network', 'kernel-threads'],
});

/** Over which time RC.ids is taken. */
const WINDOWS = [
  ['a-04', 'RC.ids smoothed with weight 0.4'],
  ['a-06', 'RC.ids smoothed with weight 0.6'],
  ['a-1', 'RC.ids of the last period alone'],
  ['slide-1s', 'RC.ids over a window of 1 s'],
] as const;

/** What counts as Snort's time. */
const COUNTS = [
  ['apart', 'Kernel threads charged to nobody'],
  ['own', "Only Snort's own work charged"],
] as const;

/** How S1's sum comes out. */
export function otherSums(criteria: readonly Criterion[]): Alternative[] {
  const sum = (experiment: string, variant: string, label: string): Alternative => ({
    label,
    experiment,
    measure: figureSum(variant),
    criteria,
  });
  return [
    ...WINDOWS.map(([variant, label]) => sum('ids-window', variant, label)),
    ...COUNTS.map(([variant, label]) => sum('kernel-threads', variant, label)),
  ];
}

/** How S4's differences come out. */
export function otherOrders(seenMore: Criterion): Alternative[] {
  return [
    {
      label: 'Credits debited by run time, plain offload - no offload',
      experiment: 'debiting',
      measure: moreReplies('offload-exact', 'inside-exact'),
      criteria: [seenMore],
    },
    ...COUNTS.map(([variant, label]) => ({
      label: `${label}, no offload - OffloadCage`,
      experiment: 'kernel-threads',
      measure: moreReplies('no-offload', variant),
      criteria: [seenMore],
    })),
  ];
}

/** How S6's net sum comes out. */
export function otherNets(net: Criterion): Alternative[] {
  return COUNTS.map(([variant, label]) => ({
    label: `${label}, net sum`,
    experiment: 'kernel-threads',
    measure: netSum(variant),
    criteria: [net],
  }));
}
