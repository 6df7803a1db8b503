import { canonicalJson } from '../base/canonical-json.js';
import type { Variant } from '../definition/definition.js';
import { type Difference, differencesOf, writtenSettings } from '../definition/differences.js';
import { shippedExperiment } from '../files/experiment-catalog.js';
import { experimentNames } from '../files/shipped.js';

/**
 * In what a variant differs from the shipped one with the same id in the shipped experiment with
 * this id; empty if in nothing, or if there is no such variant. Measured time and sampling period
 * are no part of a set-up; the warm-up is.
 */
export function differencesFromShipped(experiment: string, variant: Variant): Difference[] {
  const shipped = shippedVariant(experiment, variant.id);
  if (shipped === undefined || shipped === variant) return [];
  if (setupOf(shipped) === setupOf(variant)) return [];
  const differences = differencesOf(comparable(shipped), comparable(variant));
  // What is listed in another order is another set-up, too: who comes first may run first.
  return differences.length > 0
    ? differences
    : [{ setting: 'the order of what is listed', first: 'as shipped', here: 'another' }];
}

function shippedVariant(experiment: string, id: string): Variant | undefined {
  if (!experimentNames().includes(experiment)) return undefined;
  return shippedExperiment(experiment).variants.find((one) => one.id === id);
}

/** What the model gets, however it was written. */
function setupOf({ input: { durationNs: _, sampleNs: __, ...input }, subject }: Variant): string {
  return canonicalJson({ input, subject });
}

/** The machine by its quantities: a file of another name may say the same. */
function comparable(variant: Variant): Readonly<Record<string, unknown>> {
  const { machine: _, ...settings } = writtenSettings(variant);
  const { input, subject } = variant;
  return { warmup: `${input.warmupNs / 1e9}s`, ...settings, subject };
}
