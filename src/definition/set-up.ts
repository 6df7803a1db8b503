import type { Definition, Variant } from './definition.js';
import { resolveInput, resolveSubject } from './model-input.js';

/** What a variant is made of: its settings, complete, and the machine that it runs on. */
export type SetUp = Pick<Variant, 'settings' | 'machine'>;

/** A definition whose variants are set up otherwise; what follows from that is resolved anew. */
export function withSetUps(
  definition: Definition,
  change: (variant: Variant) => SetUp,
): Definition {
  const { durationNs, warmupNs, sampleNs } = definition;
  const variants = definition.variants.map((variant) => {
    const { settings, machine } = change(variant);
    const times = { durationNs, warmupNs, sampleNs };
    return {
      ...variant,
      settings,
      machine,
      subject: resolveSubject(settings),
      input: resolveInput(settings, machine, times, variant.recordings),
    };
  });
  return { ...definition, variants };
}
