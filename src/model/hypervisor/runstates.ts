/** Xen's runstates. Runnable is time stolen from the guest: it wants to run and does not. */
export const RUNNING = 0;
export const RUNNABLE = 1;
export const BLOCKED = 2;
export const OFFLINE = 3;
const STATES = 4;

/** Nanoseconds in each runstate, by VCPU. A VCPU starts offline at time 0. */
export class Runstates {
  private readonly state: Uint8Array;
  private readonly sinceNs: Float64Array;
  private readonly ns: Float64Array;

  constructor(vcpus: number) {
    this.state = new Uint8Array(vcpus).fill(OFFLINE);
    this.sinceNs = new Float64Array(vcpus);
    this.ns = new Float64Array(vcpus * STATES);
  }

  enter(vcpu: number, state: number, nowNs: number): void {
    const was = this.state[vcpu]!;
    if (was === state) return;
    this.settle(vcpu, nowNs);
    this.state[vcpu] = state;
  }

  stateOf(vcpu: number): number {
    return this.state[vcpu]!;
  }

  /** Time in `state` up to `nowNs`. */
  timeIn(vcpu: number, state: number, nowNs: number): number {
    this.settle(vcpu, nowNs);
    return this.ns[vcpu * STATES + state]!;
  }

  private settle(vcpu: number, nowNs: number): void {
    const ns = nowNs - this.sinceNs[vcpu]!;
    if (ns < 0) throw new Error(`runstate of VCPU ${vcpu}: time runs backwards by ${-ns} ns`);
    this.ns[vcpu * STATES + this.state[vcpu]!]! += ns;
    this.sinceNs[vcpu] = nowNs;
  }
}
