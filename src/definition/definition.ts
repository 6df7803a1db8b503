import type { ModelInput } from '../model/input.js';
import type { Recordings } from './clients/client-definition.js';
import type { MachineFile } from './machines/machine-schema.js';
import type { MetricRecipe } from './metrics/metric-recipe.js';
import type { Settings } from './settings-schema.js';

/** An experiment, checked and resolved: every variant is a complete machine for the model. */
export interface Definition {
  readonly id: string;
  readonly title: string;
  /** Empty if there is none. */
  readonly description: string;
  /** Section of the paper; empty if there is none. */
  readonly paper: string;
  /** The file it was read from, as it was asked for; `<stdin>` is the standard input. */
  readonly file: string;
  readonly durationNs: number;
  readonly warmupNs: number;
  readonly sampleNs: number;
  /** How many seeds are run by default. */
  readonly seedCount: number;
  /** In the order of the file; at least one. */
  readonly variants: readonly Variant[];
  readonly figures: readonly Figure[];
  /** What it says to no effect, or too finely. */
  readonly warnings: readonly Warning[];
}

/** Something in a definition that is allowed, and does nothing or not quite that. */
export interface Warning {
  /** With place and field. */
  readonly line: string;
  /** It does something if this much time is measured, or more. */
  readonly untilNs: number;
}

export interface Variant {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The definition with the variant's changes, every default filled in. */
  readonly settings: Settings;
  /** What its clients have from files. */
  readonly recordings: Recordings;
  /** Name or path of the machine, and what its file says. */
  readonly machineName: string;
  readonly machine: MachineFile;
  readonly subject: Subject | null;
  readonly input: ModelInput;
  /** What is measured besides the standard metrics; see `withMetrics`. */
  readonly metrics?: readonly MetricRecipe[];
}

/** What the standard metrics are about. Plain data: it goes to the workers. */
export interface Subject {
  readonly vm: string;
  readonly ids: string | null;
  /** Metrics that add up to `total_cpu_pct`. */
  readonly total: readonly string[];
}

/** A figure of the paper, or the user's own: lines over time from one seed. */
export interface Figure {
  /** `fig4`; file name `figure-4.svg` comes from `number`. */
  readonly id: string;
  readonly number: number | string;
  readonly title: string;
  readonly yLabel: string;
  readonly yUnit: string;
  /** The one that a terminal shows if no more are asked for; if none is, it is the first. */
  readonly isMain: boolean;
  readonly lines: readonly {
    readonly variant: string;
    /** Of the variant among all of the definition, from 0: its colour is that of its place. */
    readonly place: number;
    readonly metric: string;
    readonly label: string;
  }[];
  /** Horizontal line: the cage's or the VM's limit. */
  readonly limit: { readonly value: number; readonly label: string } | null;
}
