import { type Difference, differenceOf, type Sample } from './difference.js';
import type { Metric, Summary } from './experiment-result.js';
import { orderedNames } from './headlines.js';

/** A variant that is compared with others. */
export interface Side {
  /** As on the command line: `snort:offload`, `results/snort:offload`. */
  readonly name: string;
  readonly title: string;
  readonly seeds: readonly number[];
  readonly metrics: readonly Metric[];
  /** Names of the metrics that a table shows. */
  readonly headlines: readonly string[];
  readonly summary: Readonly<Record<string, Summary>>;
  /** A metric's values by seed; null if only their summary is known. */
  readonly valuesOf: (metric: string) => readonly number[] | null;
}

/** A metric of several sides. */
export interface ComparedMetric extends Omit<Metric, 'description'> {
  /** By side; null where it has no such metric. */
  readonly cells: readonly (Summary | null)[];
  /** By side, to the first; null for that one, and where either has no value. */
  readonly differences: readonly (Difference | null)[];
}

/** Sides beside one another. The first is what the others are compared with. */
export interface Comparison {
  readonly sides: readonly Side[];
  readonly metrics: readonly ComparedMetric[];
}

/**
 * Compares sides by their metrics of the same name.
 * @param names of the metrics; by default those that the sides' own tables show
 */
export function compare(sides: readonly Side[], names = orderedNames(sides)): Comparison {
  return { sides, metrics: names.map((name) => comparedMetric(name, sides)) };
}

function comparedMetric(name: string, sides: readonly Side[]): ComparedMetric {
  const found = sides.flatMap(
    ({ metrics }) => metrics.find((metric) => metric.name === name) ?? [],
  );
  const samples = sides.map((side) => sampleOf(name, side));
  const [first] = samples;
  return {
    name,
    unit: found[0]?.unit ?? '',
    label: [...new Set(found.map(({ label }) => label))].join(' or '),
    cells: sides.map(({ summary }) => summary[name] ?? null),
    differences: samples.map((sample, i) => {
      if (i === 0 || first === undefined || first === null || sample === null) return null;
      return differenceOf(sample, first);
    }),
  };
}

function sampleOf(name: string, { seeds, summary, valuesOf }: Side): Sample | null {
  const known = summary[name];
  if (known === undefined || !Number.isFinite(known.mean)) return null;
  return { seeds, values: valuesOf(name), summary: known };
}
