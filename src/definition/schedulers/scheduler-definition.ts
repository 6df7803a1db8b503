import type { z } from 'zod';
import type { Path } from '../../base/source.js';
import type { SchedulerInputOf, SchedulerName } from '../../model/input.js';
import type { Report } from '../programs/program-definition.js';
import type { Settings } from '../settings-schema.js';

/**
 * The seat of a hypervisor's scheduler in a definition: what a user may write of it, and what comes
 * of that. What a domain has under it is a key of `shareFields` in `schedulers.ts`.
 */
export interface SchedulerDefinition<Name extends SchedulerName, Schema extends z.ZodObject> {
  /** Its keys, `scheduler` among them, whose description says what it is. */
  readonly schema: Schema;
  /** The model's input. `domains` has the names of all, in the model's order. */
  readonly resolve: (
    hypervisor: z.output<Schema>,
    settings: Settings,
    domains: readonly string[],
  ) => SchedulerInputOf<Name>;
  /** What does not go with it. */
  readonly check?: (settings: Settings, report: Report) => void;
  /** What does nothing under it, and why. */
  readonly idle?: (settings: Settings) => readonly { path: Path; message: string }[];
}
