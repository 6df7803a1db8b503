import type { BreakdownPartId } from '../measure/breakdown.js';
import type { Cause } from './claim.js';

/** What a metric says, as the cause of a claim. */
export function used(variant: string, label: string, metric: string): Cause {
  return { label, measure: { kind: 'metrics', variant, metrics: [metric] } };
}

/** How much of an IDS's measured time is of one part. */
export function share(variant: string, label: string, part: BreakdownPartId): Cause {
  return { label, measure: { kind: 'breakdown-share', variant, parts: [part] } };
}
