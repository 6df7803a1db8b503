import { type CreditInput, CreditScheduler, type RunTimes } from './credit/credit-scheduler.js';
import type { Scheduler, Topology } from './scheduler.js';

/** How a kind of scheduler is made. */
type MakeScheduler<Input> = (topology: Topology, input: Input, ranNs: RunTimes) => Scheduler;

/** Every scheduler of the hypervisor, by the name that its input has under `scheduler`. */
const SCHEDULERS = {
  credit: (topology: Topology, input: CreditInput, ranNs: RunTimes) =>
    new CreditScheduler(topology, input, ranNs),
};

type Schedulers = typeof SCHEDULERS;
type InputOf<Make> = Make extends MakeScheduler<infer Input> ? Input : never;

/** The hypervisor's scheduler, by kind. */
export type SchedulerInput = {
  [Name in keyof Schedulers]: InputOf<Schedulers[Name]>;
}[keyof Schedulers];

/** Makes the scheduler that an input describes. */
export function makeScheduler(
  topology: Topology,
  input: SchedulerInput,
  ranNs: RunTimes,
): Scheduler {
  // The list pairs each name with what takes its input; the compiler cannot follow that.
  const make = SCHEDULERS[input.scheduler] as MakeScheduler<SchedulerInput>;
  return make(topology, input, ranNs);
}
