import type { Chassis } from '../chassis.js';
import { RandomStream } from '../engine/random-stream.js';
import { CreditScheduler } from '../hypervisor/credit-scheduler.js';
import { Host } from '../hypervisor/host.js';
import { SLICE, TICKER } from '../machine-slots.js';
import { schedulerTopology } from './topology.js';

/** Xen: the scheduler, and what puts VCPUs on PCPUs as it says. */
export function makeHypervisor({ input, seed, clock, queue, slots }: Chassis) {
  const scheduler = new CreditScheduler(schedulerTopology(input), input.debit === 'sampled');
  const hostSlots = { firstTicker: slots.first[TICKER]!, firstSlice: slots.first[SLICE]! };
  const lateness = {
    mostNs: input.costs.tickerLatenessNs,
    random: new RandomStream(seed, 'xen.ticker'),
  };
  return { scheduler, host: new Host(clock, scheduler, queue, hostSlots, lateness) };
}
