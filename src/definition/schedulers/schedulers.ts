import type { z } from 'zod';
import { show } from '../../base/problems.js';
import type { SchedulerInput, SchedulerName } from '../../model/input.js';
import { kindField } from '../fields.js';
import type { Report } from '../programs/program-definition.js';
import type { Settings } from '../settings-schema.js';
import { CREDIT } from './credit.js';
import type { SchedulerDefinition } from './scheduler-definition.js';
import { SEDF, sedfShareSchema } from './sedf.js';

/** Every scheduler, by the name that its settings have under `scheduler`. */
const SCHEDULERS = {
  credit: CREDIT,
  sedf: SEDF,
} satisfies { [Name in SchedulerName]: { readonly schema: z.ZodObject } };

/** What a domain has under one scheduler only, by its name. */
export const shareFields = {
  sedf: sedfShareSchema.optional(),
};

/** The hypervisor, by its scheduler. */
export const hypervisorSchema = kindField('scheduler', {
  credit: CREDIT.schema,
  sedf: SEDF.schema,
})
  .prefault({})
  .describe('How the hypervisor shares its PCPUs among the domains.');

/** What is set of it, by the former key of debiting, too. */
export function hypervisorOf({ hypervisor, debit }: Settings): Settings['hypervisor'] {
  const isSet = debit !== undefined && hypervisor.scheduler === 'credit';
  return isSet ? { ...hypervisor, debit } : hypervisor;
}

/** The model's input for it. `domains` has the names of all, in the model's order. */
export function resolveHypervisor(settings: Settings, domains: readonly string[]): SchedulerInput {
  return schedulerOf(settings).resolve(hypervisorOf(settings), settings, domains);
}

/** What does not go with the scheduler. */
export function checkHypervisor(settings: Settings, report: Report): void {
  const { scheduler } = settings.hypervisor;
  for (const [name, domain] of Object.entries(settings.domains)) {
    for (const key of Object.keys(shareFields) as (keyof typeof shareFields)[]) {
      if (domain[key] === undefined || key === scheduler) continue;
      const other = `or hypervisor: { scheduler: ${key} }`;
      const allowed = `nothing, as the scheduler is ${scheduler}; ${other}`;
      report(['domains', name, key], show(domain[key]), allowed);
    }
  }
  schedulerOf(settings).check?.(settings, report);
}

/** What does nothing under the scheduler. */
export function idleUnderScheduler(settings: Settings) {
  return schedulerOf(settings).idle?.(settings) ?? [];
}

function schedulerOf({ hypervisor }: Settings) {
  // The list pairs each name with what takes its settings; the compiler cannot follow that.
  return SCHEDULERS[hypervisor.scheduler] as unknown as SchedulerDefinition<
    SchedulerName,
    z.ZodObject
  >;
}
