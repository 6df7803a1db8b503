/** A metric: one CSV column of the samples, one row of the summary. */
export interface Metric {
  /** Ends in its unit: `vm_cpu_pct`, `throughput_rps`. */
  readonly name: string;
  readonly unit: string;
  /** Short name for legends and table heads. */
  readonly label: string;
  readonly description: string;
}

/** A metric and how it comes out of a run. */
export type MetricRecipe = SeriesRecipe | QuantileRecipe | FactRecipe;

/**
 * Of a run's series: `factor` x sum of the numerator's series over sum of the denominator's, or
 * over the time in nanoseconds or seconds.
 */
export interface SeriesRecipe extends Metric {
  readonly factor: number;
  readonly numerator: readonly string[];
  readonly denominator: readonly string[] | 'ns' | 's';
}

/** The time that a part of some histograms' times does not exceed; single samples have none. */
export interface QuantileRecipe extends Metric {
  readonly histograms: readonly string[];
  readonly part: number;
  /** From nanoseconds. */
  readonly factor: number;
}

/** A length of time of which a run has one; single samples have none. */
export interface FactRecipe extends Metric {
  readonly fact: string;
  /** From nanoseconds. */
  readonly factor: number;
}

export type Naming = Pick<Metric, 'name' | 'label' | 'description'>;

/** A share of one PCPU. */
export function cpu(numerator: readonly string[], { name, label, description }: Naming) {
  const recipe: SeriesRecipe = {
    name,
    unit: '%',
    label,
    description: `${description}, percent of one PCPU`,
    factor: 100,
    numerator,
    denominator: 'ns',
  };
  return recipe;
}

/**
 * Something counted, per second.
 * @param unit of the metric, e.g. `replies/s`
 * @param numerator keys of the series that are added up
 */
export function rate(
  unit: string,
  numerator: readonly string[],
  { name, label, description }: Naming,
): SeriesRecipe {
  return { name, unit, label, description, factor: 1, numerator, denominator: 's' };
}

/** Bytes, in MB (10^6 bytes) per second. */
export function megabytes(numerator: readonly string[], naming: Naming): SeriesRecipe {
  return { ...rate('MB/s', numerator, naming), factor: 1e-6 };
}
