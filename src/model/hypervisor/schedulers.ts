import type { Clock } from '../engine/clock.js';
import { type CreditInput, CreditScheduler } from './credit/credit-scheduler.js';
import type { RunTimes, Scheduler, Topology } from './scheduler.js';
import { DebtCollector, type TrafficOf } from './sedf/debt-collector.js';
import { type SedfInput, SedfScheduler } from './sedf/sedf-scheduler.js';

/** What a scheduler may look at. */
export interface SchedulerSite {
  readonly clock: Clock;
  readonly ranNs: RunTimes;
  readonly trafficOf: TrafficOf;
}

/** How a kind of scheduler is made. */
type MakeScheduler<Input> = (topology: Topology, input: Input, site: SchedulerSite) => Scheduler;

/** Every scheduler of the hypervisor, by the name that its input has under `scheduler`. */
const SCHEDULERS = {
  credit: (topology: Topology, input: CreditInput, { ranNs }: SchedulerSite) =>
    new CreditScheduler(topology, input, ranNs),
  sedf: (topology: Topology, { shares, debts }: SedfInput, site: SchedulerSite) => {
    const { clock, ranNs, trafficOf } = site;
    if (debts === null) return new SedfScheduler(clock, topology, shares);
    return new SedfScheduler(
      clock,
      topology,
      shares,
      (vcpus) => new DebtCollector(vcpus, debts, ranNs, trafficOf),
    );
  },
};

type Schedulers = typeof SCHEDULERS;
type InputOf<Make> = Make extends MakeScheduler<infer Input> ? Input : never;

export type SchedulerName = keyof Schedulers;

/** The hypervisor's scheduler, by kind. */
export type SchedulerInput = { [Name in SchedulerName]: SchedulerInputOf<Name> }[SchedulerName];

/** The hypervisor with this scheduler. */
export type SchedulerInputOf<Name extends SchedulerName> = InputOf<Schedulers[Name]>;

/** Makes the scheduler that an input describes. */
export function makeScheduler(
  topology: Topology,
  input: SchedulerInput,
  site: SchedulerSite,
): Scheduler {
  // The list pairs each name with what takes its input; the compiler cannot follow that.
  const make = SCHEDULERS[input.scheduler] as MakeScheduler<SchedulerInput>;
  return make(topology, input, site);
}
