import { ZERO_NS } from '../../engine/clock.js';
import { Vcpu } from '../vcpu.js';
import { EDF } from './sedf-constants.js';
import type { SedfPcpu } from './sedf-pcpu.js';
import { Place } from './sedf-queue.js';

/** A VCPU as SEDF knows it: its reservation, how far it has used it, and its places in queues. */
export class SedfVcpu extends Vcpu {
  declare pcpu: SedfPcpu;
  /** Of each period it may run for a slice, which is negative if weights give away too much. */
  periodNs = ZERO_NS;
  sliceNs = ZERO_NS;
  /** The same as configured: they differ once only extra time is asked for. */
  configuredPeriodNs = ZERO_NS;
  configuredSliceNs = ZERO_NS;
  /** Weight of a reservation by weight; 0 = none. */
  weight = 0;
  /** Weight in extra time; 0 = the reservation counts. */
  extraWeight = 1;
  /** Whether it takes extra time. */
  isAware = true;

  /** End of its period; 0 before it has ever been woken. */
  deadlineNs = ZERO_NS;
  /** Used of this slice. */
  usedNs = ZERO_NS;
  /** When it was last chosen. */
  chosenNs = ZERO_NS;
  /** When it last went to sleep; 0 = never. */
  blockedNs = ZERO_NS;
  isAsleep = true;
  /** Whether it has lost a part of a slice, and has had no penalty run for it. */
  wantsPenalty = false;
  /** EDF, PENALTY or UTILISATION: how it was chosen, if it runs. */
  mode = EDF;

  /** In the run queue or the wait queue of its PCPU, where every VCPU is that is awake. */
  readonly turn: Place = new Place(this);
  /** In the extra queues; their keys are scores, 32 bits with a sign. */
  readonly penalty: Place = new Place(this);
  readonly utilisation: Place = new Place(this);

  /** Start of its period. */
  beginNs(): number {
    return this.deadlineNs - this.periodNs;
  }

  /** SEDF has no caps. */
  override isParked(): boolean {
    return false;
  }
}
