import type { Metric } from './result.js';

/**
 * A metric and how it comes out of a run's series: `factor` x sum of the numerator's series over
 * sum of the denominator's, or over the time in nanoseconds or seconds.
 */
export interface MetricRecipe extends Metric {
  readonly factor: number;
  readonly numerator: readonly string[];
  readonly denominator: readonly string[] | 'ns' | 's';
}

export type Naming = Pick<Metric, 'name' | 'label' | 'description'>;

/** A share of one PCPU. */
export function cpu(numerator: readonly string[], { name, label, description }: Naming) {
  const recipe: MetricRecipe = {
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
): MetricRecipe {
  return { name, unit, label, description, factor: 1, numerator, denominator: 's' };
}
