import { CFS } from './cfs-run-queue.js';
import { CONTAINERS } from './container-run-queue.js';
import type { GuestSchedulerKind, SchedulingSite } from './guest-scheduler.js';
import { O1 } from './o1-run-queue.js';
import type { RunQueue } from './run-queue.js';

/** Every process scheduler of a guest, by its name, or the name in its input's `policy`. */
const KINDS = {
  'o1-2.6.16': O1,
  'o1-2.6.18': O1,
  cfs: CFS,
  containers: CONTAINERS,
};

type Kinds = typeof KINDS;
type InputOf<Kind> = Kind extends GuestSchedulerKind<infer Input> ? Input : never;

/** A guest's process scheduler: its name, if there is no more to say of it. */
export type GuestSchedulerInput = InputOf<Kinds[keyof Kinds]>;

/** Those of which there is no more to say. */
export type GuestSchedulerName = Extract<GuestSchedulerInput, string>;

/** Those that stand above others. */
export type GuestPolicyName = Exclude<GuestSchedulerInput, string>['policy'];

/** A guest with this policy. */
export type GuestPolicyInputOf<Name extends GuestPolicyName> = Extract<
  GuestSchedulerInput,
  { readonly policy: Name }
>;

/** Makes the scheduler that an input describes. */
export function makeRunQueue(
  input: GuestSchedulerInput,
  site: Omit<SchedulingSite, 'makePart'>,
): RunQueue {
  const makePart = (part: GuestSchedulerInput) => makeRunQueue(part, site);
  return kindOf(input).make(input, { ...site, makePart });
}

/** Whether it measures run time by the kernel's clock. */
export function asksClock(input: GuestSchedulerInput): boolean {
  return kindOf(input).asksClock;
}

function kindOf(input: GuestSchedulerInput) {
  const name = typeof input === 'string' ? input : input.policy;
  // The list pairs each name with what takes its input; the compiler cannot follow that.
  return KINDS[name] as GuestSchedulerKind<GuestSchedulerInput>;
}
