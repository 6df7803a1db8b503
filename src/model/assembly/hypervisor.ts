import type { Chassis } from '../chassis.js';
import { RandomStream } from '../engine/random-stream.js';
import { Host } from '../hypervisor/host.js';
import { RUNNING } from '../hypervisor/runstate.js';
import { makeScheduler } from '../hypervisor/schedulers.js';
import { SLICE, TICKER } from '../machine-slots.js';
import { schedulerTopology } from './topology.js';

/** Xen: the scheduler, and what puts VCPUs on PCPUs as it says. */
export function makeHypervisor({ input, seed, clock, queue, slots }: Chassis) {
  const ranNs = (vcpu: number) => host.runstates[vcpu]!.timeInNs(RUNNING);
  const scheduler = makeScheduler(schedulerTopology(input), input.hypervisor, ranNs);
  const hostSlots = { firstTicker: slots.first[TICKER]!, firstSlice: slots.first[SLICE]! };
  const lateness = {
    mostNs: input.costs.tickerLatenessNs,
    random: new RandomStream(seed, 'xen.ticker'),
  };
  const host = new Host(clock, scheduler, queue, hostSlots, lateness);
  return { scheduler, host };
}
