import { z } from 'zod';
import { allOf } from '../../base/all-of.js';
import type {
  DomainInput,
  GuestPolicyName,
  GuestSchedulerInput,
  GuestSchedulerName,
} from '../../model/input.js';
import { DOM0 } from '../domains.js';
import type { MetricRecipe } from '../metrics/metric-recipe.js';
import type { Report } from '../programs/program-definition.js';
import type { Settings } from '../settings-schema.js';
import { CONTAINERS } from './containers.js';
import type { GuestPolicyDefinition } from './guest-policy-definition.js';

/** Every policy that stands above a process scheduler, by its key in a domain. */
const POLICIES = {
  containers: CONTAINERS,
} satisfies { [Name in GuestPolicyName]: { readonly schema: z.ZodType } };

/** What a domain has under the keys of policies. */
export const policyFields = {
  containers: CONTAINERS.schema,
};

/** A kernel's process scheduler. */
export const guestSchedulerField = z
  .enum(
    allOf<'by-accounting' | GuestSchedulerName>({
      'by-accounting': true,
      'o1-2.6.16': true,
      'o1-2.6.18': true,
      cfs: true,
    }),
  )
  .default('by-accounting')
  .describe(
    "Its kernel's process scheduler. by-accounting: that of a kernel which accounts in this " +
      "way. For o1 and o1-steal that is 2.6.18's in domain 0 and 2.6.16's in the others, as " +
      "on the paper's machine.",
  );

type DomainSettings = Settings['domains'][string];

/** The model's input. */
export function resolveGuestScheduler(name: string, domain: DomainSettings): GuestSchedulerInput {
  let input: GuestSchedulerInput = processScheduler(name, domain);
  for (const key of Object.keys(POLICIES) as GuestPolicyName[]) {
    input = POLICIES[key].resolve(domain[key], input);
  }
  return input;
}

function processScheduler(name: string, { scheduler, accounting }: DomainSettings) {
  if (scheduler !== 'by-accounting') return scheduler;
  if (isCfs(accounting)) return 'cfs';
  return name === DOM0 ? 'o1-2.6.18' : 'o1-2.6.16';
}

/** Whether a kernel that accounts so is one with CFS. */
export function isCfs(accounting: DomainInput['accounting']): boolean {
  return accounting === 'cfs' || accounting === 'cfs-hvm';
}

/** What does not go with a domain's policies. */
export function checkGuestSchedulers(domain: string, settings: Settings, report: Report): void {
  for (const { check } of Object.values(POLICIES)) check(domain, settings, report);
}

/** What is measured of a domain's policies. */
export function guestSchedulerMetrics({ name, scheduler }: DomainInput): readonly MetricRecipe[] {
  if (typeof scheduler === 'string') return [];
  // The list pairs each policy with its input; the compiler cannot follow that.
  const policy = POLICIES[scheduler.policy] as GuestPolicyDefinition<GuestPolicyName, z.ZodType>;
  return policy.metrics(name, scheduler);
}
