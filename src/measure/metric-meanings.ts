import type { Variant } from '../definition/definition.js';
import { variantMetrics } from '../definition/metrics/metrics.js';
import type { Metric } from './experiment-result.js';

/** What a metric is in some variants; in others the same name may stand for something else. */
export interface MetricMeaning extends Metric {
  /** Ids of the variants in which it is that. */
  readonly variants: readonly string[];
}

/** Collects what metrics mean, variant by variant. */
export class MetricMeanings {
  /** By name, then by label and description. */
  readonly #found = new Map<string, Map<string, Metric & { readonly variants: Set<string> }>>();

  /** @param among all variants of the definition */
  add(variant: Variant, among: readonly Variant[]): void {
    for (const { name, unit, label, description } of variantMetrics(variant, among)) {
      const byMeaning = this.#found.get(name) ?? new Map();
      this.#found.set(name, byMeaning);
      const key = `${label}\n${description}`;
      const known = byMeaning.get(key);
      if (known !== undefined) known.variants.add(variant.id);
      else byMeaning.set(key, { name, unit, label, description, variants: new Set([variant.id]) });
    }
  }

  get names(): string[] {
    return [...this.#found.keys()];
  }

  /** What one name stands for; several entries if variants differ. */
  of(name: string): MetricMeaning[] {
    return [...(this.#found.get(name)?.values() ?? [])].map((one) => ({
      ...one,
      variants: [...one.variants],
    }));
  }

  /**
   * The metric as one column for all variants: if it is not the same in all of them, label and
   * description say what it is in which.
   */
  joined(name: string, variants: readonly string[]): Metric[] {
    const meanings = this.of(name);
    return meanings.slice(0, 1).map(({ unit }) => ({
      name,
      unit,
      label: [...new Set(meanings.map(({ label }) => label))].join(' or '),
      description: meanings.map((one) => meaningText(one, variants)).join('; '),
    }));
  }
}

/** "offload, offloadcage: CPU time of ..."; without the variants if those are all. */
export function meaningText(
  { variants, description }: MetricMeaning,
  all: readonly string[],
): string {
  return variants.length === all.length ? description : `${variants.join(', ')}: ${description}`;
}

/** The meanings of a definition's metrics. */
export function meaningsOf(variants: readonly Variant[]): MetricMeanings {
  const meanings = new MetricMeanings();
  for (const variant of variants) meanings.add(variant, variants);
  return meanings;
}
