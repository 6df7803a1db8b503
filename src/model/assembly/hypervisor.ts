import type { Chassis } from '../chassis.js';
import { RandomStream } from '../engine/random-stream.js';
import type { Guest } from '../hypervisor/guest.js';
import { Host } from '../hypervisor/host.js';
import { RUNNING } from '../hypervisor/runstate.js';
import { makeScheduler } from '../hypervisor/schedulers.js';
import type { TrafficOf } from '../hypervisor/sedf/debt-collector.js';
import { type TimerSlots, Timers } from '../hypervisor/timers.js';
import { PERIODIC_TIMER, SINGLE_SHOT, SLICE, TICKER } from '../machine-slots.js';
import { schedulerTopology } from './topology.js';

/** Xen: the scheduler, and what puts VCPUs on PCPUs as it says. */
export function makeHypervisor(
  { input, seed, clock, queue, slots }: Chassis,
  trafficOf: TrafficOf,
) {
  const ranNs = (vcpu: number) => host.runstates[vcpu]!.timeInNs(RUNNING);
  const scheduler = makeScheduler(schedulerTopology(input), input.hypervisor, {
    clock,
    ranNs,
    trafficOf,
  });
  const lateness = {
    mostNs: input.costs.tickerLatenessNs,
    random: new RandomStream(seed, 'xen.ticker'),
  };
  const host = new Host(clock, scheduler, queue, timerSlots(slots), lateness);
  return { scheduler, host };
}

/** Its timers, and those of the VCPUs of `guests`. */
export function makeTimers(chassis: Chassis, host: Host, guests: readonly Guest[]): Timers {
  const { input, clock, queue, slots } = chassis;
  return new Timers(clock, queue, host, guests, timerSlots(slots), input.costs.timerSlackNs);
}

function timerSlots({ first }: Chassis['slots']): TimerSlots {
  return {
    firstTicker: first[TICKER]!,
    firstSlice: first[SLICE]!,
    firstPeriodic: first[PERIODIC_TIMER]!,
    firstSingleShot: first[SINGLE_SHOT]!,
  };
}
