import { ZERO_NS } from '../engine/clock.js';
import { CreditPcpu } from './credit-pcpu.js';
import type { Vcpu } from './vcpu-host.js';

/** A physical processor, apart from the scheduler's view of it: what runs on it and until when. */
export class Pcpu {
  readonly credit: CreditPcpu;
  /** The guest that runs here; null if the processor is idle. */
  guest: Vcpu | null = null;
  /**
   * When its guest gets to the end of what it is doing; Infinity if it never does, or there is
   * none. The commonest events of the machine, and at most one for each PCPU: looking at each is
   * cheaper than the event queue.
   */
  workEndNs = Infinity;
  /** When the slice ends that began with the last reschedule, and whether its timer is armed. */
  sliceEndNs = ZERO_NS;
  sliceTimed = false;
  /** Time spent idle before `idleSinceNs`, from when on it is idle now if it has no guest. */
  idleNs = ZERO_NS;
  idleSinceNs = ZERO_NS;

  constructor(credit: CreditPcpu) {
    this.credit = credit;
  }
}

/** Where a VCPU is that does not run. */
export const NO_PCPU = new Pcpu(new CreditPcpu(0));
