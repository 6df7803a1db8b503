import type { VariantResult } from '../../measure/experiment-result.js';
import { meanOfKnown } from '../words/mean.js';

/** Samples and means are rounded in files: so far a mean of samples may be off. */
const ROUNDING = 1e-3;

/**
 * A metric of a stored variant by seed, from its samples. Null if the mean of those is not what the
 * runs had: a share of something that varies, such as the packets that were missed, is not.
 */
export function storedRunMeans(
  { metrics, runs, summary }: Pick<VariantResult, 'metrics' | 'runs' | 'summary'>,
  name: string,
): readonly number[] | null {
  const at = metrics.findIndex((metric) => metric.name === name);
  const means = runs.map(({ values }) => meanOfKnown(values[at] ?? []));
  const known = summary[name]?.mean ?? Number.NaN;
  return Math.abs(meanOfKnown(means) - known) <= ROUNDING ? means : null;
}
