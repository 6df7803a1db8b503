import { z } from 'zod';
import type { SchedulerInput } from '../../model/input.js';
import { creditSchema } from './credit.js';

/** Every scheduler of the model's hypervisor, as a definition has it. */
const SCHEDULER_SCHEMAS = {
  credit: creditSchema,
} satisfies Record<SchedulerInput['scheduler'], z.ZodObject>;

type SchedulerSchema = (typeof SCHEDULER_SCHEMAS)[SchedulerInput['scheduler']];

/** The hypervisor, by its scheduler; what it is given is what the model takes. */
export const hypervisorSchema = z
  .discriminatedUnion('scheduler', Object.values(SCHEDULER_SCHEMAS) as [SchedulerSchema])
  .prefault({})
  .describe('How the hypervisor shares its PCPUs among the domains.');
