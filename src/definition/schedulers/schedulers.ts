import type { z } from 'zod';
import type { SchedulerInput } from '../../model/input.js';
import { kindField } from '../fields.js';
import { creditSchema } from './credit.js';

/** The hypervisor, by its scheduler; what it is given is what the model takes. */
export const hypervisorSchema = kindField('scheduler', {
  credit: creditSchema,
} satisfies Record<SchedulerInput['scheduler'], z.ZodObject>)
  .prefault({})
  .describe('How the hypervisor shares its PCPUs among the domains.');
