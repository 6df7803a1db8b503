import { type Clock, ZERO_NS } from '../engine/clock.js';

/** Xen's runstates. Runnable is time stolen from the guest: it wants to run and does not. */
export const RUNNING = 0;
export const RUNNABLE = 1;
export const BLOCKED = 2;
export const OFFLINE = 3;
export const RUNSTATE_NAMES = ['running', 'runnable', 'blocked', 'offline'] as const;

/** A VCPU's runstate, and the nanoseconds that it was in each. It starts offline at time 0. */
export class Runstate {
  /** Read only for others. */
  state = OFFLINE;
  private readonly clock: Clock;
  private sinceNs = ZERO_NS;
  private readonly ns = new Float64Array(RUNSTATE_NAMES.length);

  constructor(clock: Clock) {
    this.clock = clock;
  }

  enter(state: number): void {
    if (this.state === state) return;
    this.settle();
    this.state = state;
  }

  /** Time in `state` up to now. */
  timeInNs(state: number): number {
    this.settle();
    return this.ns[state]!;
  }

  private settle(): void {
    const { nowNs } = this.clock;
    const ns = nowNs - this.sinceNs;
    if (ns < 0) throw new Error(`runstate: time runs backwards by ${-ns} ns`);
    this.ns[this.state]! += ns;
    this.sinceNs = nowNs;
  }
}
