import { ZERO_NS } from '../engine/clock.js';
import type { Guest } from './guest.js';

/** A physical processor, apart from the scheduler's view of it: what runs on it and until when. */
export class Pcpu {
  readonly number: number;
  /** The guest that runs here; null if the processor is idle. */
  guest: Guest | null = null;
  /** The guest whose page tables, segments and registers are loaded: idling leaves them as is. */
  loaded: Guest | null = null;
  /**
   * When its guest gets to the end of what it is doing; Infinity if it never does, or there is
   * none. The commonest events of the machine, and at most one for each PCPU: looking at each is
   * cheaper than the event queue.
   */
  workEndNs = Infinity;
  /** When the slice ends that began with the last reschedule; Infinity if none has begun. */
  sliceEndNs = Infinity;
  /** When the slice timer is due, which may be before that; Infinity if it is not armed. */
  sliceTimerNs = Infinity;
  /** Time spent idle before `idleSinceNs`, from when on it is idle now if it has no guest. */
  idleNs = ZERO_NS;
  idleSinceNs = ZERO_NS;

  constructor(number: number) {
    this.number = number;
  }
}

/** Where a VCPU is that does not run. */
export const NO_PCPU = new Pcpu(-1);
