import { InputError } from '../base/input-error.js';
import { show } from '../base/problems.js';
import type { Definition, Variant } from './definition.js';
import { metricField } from './fields.js';
import type { MetricRecipe } from './metrics/metric-recipe.js';
import { variantMetrics } from './metrics/metrics.js';

/**
 * The definition with more to measure. Each metric becomes a column of the results like any other.
 * @param metricsOf recipes for a variant, of the series that its runs have
 * @throws InputError for a name that is none, or taken
 */
export function withMetrics(
  definition: Definition,
  metricsOf: (variant: Variant) => readonly MetricRecipe[],
): Definition {
  const variants = definition.variants.map((variant) => {
    const known = new Set(variantMetrics(variant, definition.variants).map(({ name }) => name));
    const more = metricsOf(variant);
    for (const { name } of more) {
      const isName = metricField.safeParse(name).success;
      if (isName && !known.has(name)) {
        known.add(name);
        continue;
      }
      const allowed = isName
        ? 'a name that no other metric of the variant has'
        : 'letters, digits, - and _, beginning with a letter';
      const place = `${definition.id}, variant ${variant.id}`;
      throw new InputError(`${place}: got the metric ${show(name)}; allowed: ${allowed}`);
    }
    return { ...variant, metrics: [...(variant.metrics ?? []), ...more] };
  });
  return { ...definition, variants };
}
