import type { z } from 'zod';
import type {
  GuestPolicyInputOf,
  GuestPolicyName,
  GuestSchedulerInput,
} from '../../model/input.js';
import type { MetricRecipe } from '../metrics/metric-recipe.js';
import type { Report } from '../programs/program-definition.js';
import type { Settings } from '../settings-schema.js';

/**
 * The seat of a guest's scheduling policy in a definition, if there is more to say of it than a
 * name: it stands above the kernel's process scheduler, and a domain has its settings under a key.
 */
export interface GuestPolicyDefinition<Name extends GuestPolicyName, Schema extends z.ZodType> {
  /** Under its key; a domain that leaves it out has no such policy. */
  readonly schema: Schema;
  /** The model's input; `within` if the settings are those of a domain that has no such policy. */
  readonly resolve: (
    settings: z.output<Schema>,
    within: GuestSchedulerInput,
  ) => GuestSchedulerInput;
  /** Contradictions within a domain, and with what is in it. */
  readonly check: (domain: string, settings: Settings, report: Report) => void;
  readonly metrics: (domain: string, input: GuestPolicyInputOf<Name>) => readonly MetricRecipe[];
}
