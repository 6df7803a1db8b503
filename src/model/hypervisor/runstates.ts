import type { Clock } from '../engine/clock.js';

/** Xen's runstates. Runnable is time stolen from the guest: it wants to run and does not. */
export const RUNNING = 0;
export const RUNNABLE = 1;
export const BLOCKED = 2;
export const OFFLINE = 3;
const STATES = 4;
export const RUNSTATE_NAMES = ['running', 'runnable', 'blocked', 'offline'] as const;

/** Nanoseconds in each runstate, by VCPU. A VCPU starts offline at time 0. */
export class Runstates {
  private readonly clock: Clock;
  private readonly state: Uint8Array;
  private readonly sinceNs: Float64Array;
  private readonly ns: Float64Array;

  constructor(clock: Clock, vcpus: number) {
    this.clock = clock;
    this.state = new Uint8Array(vcpus).fill(OFFLINE);
    this.sinceNs = new Float64Array(vcpus);
    this.ns = new Float64Array(vcpus * STATES);
  }

  stateOf(vcpu: number): number {
    return this.state[vcpu]!;
  }

  enter(vcpu: number, state: number): void {
    if (this.state[vcpu] === state) return;
    this.settle(vcpu);
    this.state[vcpu] = state;
  }

  /** Time in `state` up to now. */
  timeIn(vcpu: number, state: number): number {
    this.settle(vcpu);
    return this.ns[vcpu * STATES + state]!;
  }

  private settle(vcpu: number): void {
    const nowNs = this.clock.nowNs;
    const ns = nowNs - this.sinceNs[vcpu]!;
    if (ns < 0) throw new Error(`runstate of VCPU ${vcpu}: time runs backwards by ${-ns} ns`);
    this.ns[vcpu * STATES + this.state[vcpu]!]! += ns;
    this.sinceNs[vcpu] = nowNs;
  }
}
