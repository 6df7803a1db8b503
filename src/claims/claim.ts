import type { BreakdownPartId } from '../measure/breakdown.js';
import type { Basis, Evidence, Verdict } from '../measure/experiment-result.js';

/**
 * Part of the measured time, in seconds after the warm-up. What is measured over it is the mean of
 * the samples in it, of a ratio as of a reading that was taken so often.
 */
export interface TimeWindow {
  readonly fromS: number;
  readonly toS: number;
}

/** A number that a claim is about; one value per seed. Without a window over the whole time. */
export type Measure =
  /** Sum of metrics in one variant. */
  | {
      readonly kind: 'metrics';
      readonly variant: string;
      readonly metrics: readonly string[];
      readonly window?: TimeWindow;
    }
  /** Sum of metrics less that of others of the same run. */
  | {
      readonly kind: 'metric-difference';
      readonly variant: string;
      readonly metrics: readonly string[];
      readonly minus: readonly string[];
      readonly window?: TimeWindow;
    }
  /** A metric in one variant less the same in another, with the same seed. */
  | {
      readonly kind: 'variant-difference';
      readonly metric: string;
      readonly variant: string;
      readonly minus: string;
    }
  /** A metric in one variant in percent of the same in another, with the same seed. */
  | {
      readonly kind: 'variant-ratio';
      readonly metric: string;
      readonly variant: string;
      readonly of: string;
    }
  /** Percent of the IDS's measured time that is of these parts. */
  | {
      readonly kind: 'breakdown-share';
      readonly variant: string;
      readonly parts: readonly BreakdownPartId[];
      /** Of what the measured time consists, if not of all parts. */
      readonly of?: readonly BreakdownPartId[];
    }
  /** Percent of domain 0's network work for the VM that runs on the IDS's page tables. */
  | { readonly kind: 'network-inside'; readonly variant: string };

/** Which values bear a claim out; the ends belong to `between`, `atLeast` and `atMost`. */
export type Rule =
  | { readonly kind: 'between'; readonly low: number; readonly high: number }
  | { readonly kind: 'outside'; readonly low: number; readonly high: number }
  | { readonly kind: 'atLeast'; readonly low: number }
  | { readonly kind: 'atMost'; readonly high: number }
  | { readonly kind: 'moreThan'; readonly low: number };

/** A rule, and what its verdict means, if that needs words. */
export interface Criterion {
  readonly rule: Rule;
  readonly words?: Readonly<Record<Verdict, string>>;
}

/** A number, e.g. from the true accounting to show why a claim comes out as it does. */
export interface Cause {
  readonly label: string;
  /** Where it is measured, if not in the claim's own experiment. */
  readonly experiment?: string;
  readonly measure: Measure;
}

/** A domain's kernel by how it accounts, whatever the details. */
export interface KernelKind {
  readonly domain: string;
  readonly accounts: 'O(1)' | 'CFS' | 'CFS, fully virtualised';
}

/** What a claim hangs on. */
export interface Condition extends Cause, Criterion {}

/** A set-up of which a claim does not speak, and which of its criteria are asked of it. */
export interface Alternative extends Cause {
  readonly criteria: readonly Criterion[];
}

/** A claim of the paper, or one of ours about it, with what would bear it out. */
export interface Claim {
  readonly id: string;
  /** The experiment that it is about; its conditions may name others besides. */
  readonly experiment: string;
  /**
   * Where the paper makes it: a figure's number, or "text" about its experiments; "section 2" where
   * it argues; "none" if it does not.
   */
  readonly figure: string;
  readonly statement: string;
  /** The paper's value in words. */
  readonly paper: string;
  /** The kernel that it speaks of, if of one: it cannot be asked where that is another. */
  readonly kernel?: KernelKind;
  /** All must be met. The first is the claim's headline. */
  readonly conditions: readonly Condition[];
  /**
   * The same asked of set-ups that the claim does not speak of, to show on what it depends. They
   * are reported and have no part in the verdict.
   */
  readonly alternatives?: readonly Alternative[];
  /** What it hangs on, in numbers; no part of the verdict. */
  readonly causes: readonly Cause[];
  /** Why the rules are what they are. */
  readonly reason: string;
  /**
   * `fitted`: costs of the machine, or a choice that the paper leaves open, were fitted to it, or
   * its values follow from what they were fitted to. `by construction`: it cannot fail in this
   * model. The reason then says why. `observed`: it is ours, and was made after the runs.
   */
  readonly basis: Basis;
  /**
   * `setting`: the text only says that it was set so. `related`: it says so of others' systems.
   * `cited`: those who built them published it. `unclaimed`: it does not say it at all.
   */
  readonly evidence: Evidence;
}

/** Ids of the variants that a measure looks at. */
export function variantsOf(measure: Measure): string[] {
  if (measure.kind === 'variant-difference') return [measure.variant, measure.minus];
  return measure.kind === 'variant-ratio' ? [measure.variant, measure.of] : [measure.variant];
}

/** Claims with nothing but what their verdicts hang on. */
export function withoutAsides(claims: readonly Claim[]): Claim[] {
  return claims.map((claim) => ({ ...claim, alternatives: [], causes: [] }));
}

/** What has to be run for claims: by experiment, the variants that they look at. */
export function runsFor(claims: readonly Claim[]): Map<string, Set<string>> {
  const runs = new Map<string, Set<string>>();
  for (const claim of claims) {
    for (const { experiment, measure } of [
      ...claim.conditions,
      ...(claim.alternatives ?? []),
      ...claim.causes,
    ]) {
      const id = experiment ?? claim.experiment;
      const variants = runs.get(id) ?? new Set<string>();
      for (const variant of variantsOf(measure)) variants.add(variant);
      runs.set(id, variants);
    }
  }
  return runs;
}

/** The experiments without which a claim cannot be judged. */
export function experimentsOf({ experiment, conditions }: Claim): string[] {
  return [...new Set([experiment, ...conditions.map((one) => one.experiment ?? experiment)])];
}
