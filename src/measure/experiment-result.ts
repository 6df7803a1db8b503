/** What an experiment yields: all that `output/` and `commands/` know about a run. */

import type { Figure } from '../definition/definition.js';
import type { Metric } from '../definition/metrics/metric-recipe.js';
import type { SeedsTaken } from './enough-seeds.js';

export type { Figure } from '../definition/definition.js';
export type { Metric } from '../definition/metrics/metric-recipe.js';

export interface Interval {
  readonly mean: number;
  /** Standard deviation over the seeds; null with one seed. */
  readonly sd: number | null;
  /** Two-sided 95% confidence interval of the mean (Student t); null with one seed. */
  readonly ci95: readonly [number, number] | null;
  readonly n: number;
}

export interface Summary extends Interval {
  readonly unit: string;
}

/** One seed's samples: `values[metricIndex][sampleIndex]`, NaN where a sample has no value. */
export interface SeedRun {
  readonly seed: number;
  readonly values: readonly Float64Array[];
}

/** Part of a process's measured CPU time, in percent of one PCPU, mean over the seeds. */
export interface BreakdownPart {
  readonly label: string;
  readonly cpu_pct: number;
  /** Share of the whole breakdown. */
  readonly share_pct: number;
}

export interface VariantResult {
  readonly id: string;
  readonly title: string;
  /** Empty if there is none. */
  readonly description: string;
  readonly metrics: readonly Metric[];
  /** Names of the metrics that a table of means shows, in this order. */
  readonly headlines: readonly string[];
  /** End of each sample, seconds after the warm-up. */
  readonly timesS: readonly number[];
  readonly runs: readonly SeedRun[];
  readonly summary: Readonly<Record<string, Summary>>;
  /** What the subject IDS's CR3 time consists of; empty without a subject IDS. */
  readonly breakdown: readonly BreakdownPart[];
  /** Named drops and events, mean per second over the seeds. */
  readonly counters: readonly { readonly name: string; readonly per_s: number }[];
}

export const VERDICTS = ['holds', 'fails', 'undecided'] as const;

export type Verdict = (typeof VERDICTS)[number];

/**
 * What it says about the model that a claim holds: only a prediction is evidence. `observed` is
 * what was said after it had been seen.
 */
export const BASES = ['predicted', 'fitted', 'by construction', 'observed'] as const;

export type Basis = (typeof BASES)[number];

/** What the paper has for a claim; see `claims/claim.ts`. */
export const EVIDENCE = [
  'measured',
  'expected',
  'argued',
  'setting',
  'related',
  'cited',
  'unclaimed',
] as const;

export type Evidence = (typeof EVIDENCE)[number];

export interface ClaimResult {
  readonly id: string;
  readonly figure: string;
  readonly statement: string;
  /** The paper's value in words: "50%", "about 60%". */
  readonly paper: string;
  /** The rule in words: "47.5 to 52.5 %"; several conditions each with its name. */
  readonly rule: string;
  /** Why the bounds of the rule are what they are. */
  readonly reason: string;
  /** Ours, one entry per condition. The first is the claim's headline. */
  readonly conditions: readonly ConditionResult[];
  /** The same of other set-ups, without a part in the verdict; only what was run. */
  readonly alternatives: readonly ConditionResult[];
  /** Labels of further ones, of which what was run does not tell. */
  readonly alternativesNotRun: readonly string[];
  /** What it hangs on, in numbers from the true accounting; only what was run. */
  readonly causes: readonly CauseResult[];
  readonly verdict: Verdict;
  /** How far it is met, e.g. "right sign, too small to see"; empty if it is, or nothing says so. */
  readonly finding: string;
  readonly basis: Basis;
  readonly evidence: Evidence;
}

export interface ConditionResult extends Summary {
  readonly label: string;
  /** When it is met, in words: "47.5 to 52.5 %". */
  readonly rule: string;
  readonly verdict: Verdict;
  /** The verdict in words, e.g. "not used up"; empty if it has none. */
  readonly finding: string;
  /** From the mean to the nearest bound of the rule; negative outside. */
  readonly margin: number;
  readonly marginUnit: string;
}

export interface CauseResult extends Summary {
  readonly label: string;
}

/** A claim that what was run does not tell about. */
export interface UnjudgedClaim {
  readonly id: string;
  readonly figure: string;
  readonly statement: string;
  /** What is missing: "variant offload was not run". */
  readonly reason: string;
}

export interface ExperimentResult {
  readonly id: string;
  readonly title: string;
  /** Empty if there is none. */
  readonly description: string;
  /** Section of the paper; empty if there is none. */
  readonly paper: string;
  readonly version: string;
  /** SHA-256 of the resolved definition with its machine (first 16 hex digits). */
  readonly definitionHash: string;
  readonly seeds: readonly number[];
  /** Why there are so many seeds, if they were added until intervals were narrow. */
  readonly seedsTaken?: SeedsTaken;
  readonly durationS: number;
  readonly warmupS: number;
  readonly sampleS: number;
  readonly variants: readonly VariantResult[];
  readonly figures: readonly Figure[];
  readonly claims: readonly ClaimResult[];
  readonly unjudged: readonly UnjudgedClaim[];
}
