import type { BreakdownPartId } from '../measure/breakdown.js';
import type { Cause, Measure } from './claim.js';

/** What a metric says, as the cause of a claim. */
export function used(variant: string, label: string, metric: string): Cause {
  return { label, measure: metricIn(variant, metric) };
}

/** How much of an IDS's measured time is of one part. */
export function share(variant: string, label: string, part: BreakdownPartId): Cause {
  return { label, measure: { kind: 'breakdown-share', variant, parts: [part] } };
}

/** A metric of one variant. */
export function metricIn(variant: string, metric: string): Measure {
  return { kind: 'metrics', variant, metrics: [metric] };
}

/** By how much a metric is more in one variant than in another. */
export function moreIn(variant: string, minus: string, metric: string): Measure {
  return { kind: 'variant-difference', metric, variant, minus };
}

/** What the cage of a customer records of its VM and its IDS together. */
export function customerCageIn(variant: string, title: string): Cause {
  return {
    label: `Cage customer, ${title}`,
    measure: metricIn(variant, 'cage_customer_cpu_pct'),
  };
}
