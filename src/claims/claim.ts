import type { BreakdownPartId } from '../experiments/breakdown.js';

/** A number that a claim is about; one value a seed. */
export type Measure =
  /** Sum of metrics in one variant. */
  | { readonly kind: 'metrics'; readonly variant: string; readonly metrics: readonly string[] }
  /** A metric in one variant less the same in another, with the same seed. */
  | {
      readonly kind: 'difference';
      readonly metric: string;
      readonly variant: string;
      readonly minus: string;
    }
  /** Percent of the IDS's measured time that is of these parts. */
  | {
      readonly kind: 'breakdown-share';
      readonly variant: string;
      readonly parts: readonly BreakdownPartId[];
    }
  /** Percent of domain 0's network work for the VM that runs on the IDS's page tables. */
  | { readonly kind: 'network-inside'; readonly variant: string };

/** Which values bear a claim out; both ends belong to it. */
export type Rule =
  | { readonly kind: 'between'; readonly low: number; readonly high: number }
  | { readonly kind: 'atLeast'; readonly low: number }
  | { readonly kind: 'atMost'; readonly high: number }
  | { readonly kind: 'moreThan'; readonly low: number };

export interface Condition {
  readonly label: string;
  readonly measure: Measure;
  readonly rule: Rule;
}

/** A claim of the paper, with what would bear it out. */
export interface Claim {
  readonly id: string;
  /** The experiment that it is about. */
  readonly experiment: string;
  /** Where the paper makes it: a figure's number, or "text". */
  readonly figure: string;
  readonly statement: string;
  /** The paper's value in words. */
  readonly paper: string;
  /** All must be met. The first is the claim's headline. */
  readonly conditions: readonly Condition[];
  /** Why the rules are what they are. */
  readonly reason: string;
  /** Whether costs of the machine were fitted to it. */
  readonly basis: 'fitted' | 'predicted';
}
