/** What keeps a VCPU from being runnable: two marks and, from bit 2 upwards, the pause count. */
export const BLOCKED = 1;
export const MIGRATING = 2;
export const PAUSED_ONCE = 4;

/** A PCPU as a scheduler knows it. */
export interface SchedPcpu {
  readonly number: number;
  /** What runs if nothing else does. */
  readonly idle: Vcpu;
  current: Vcpu;
}

/** A VCPU as a scheduler knows it; each scheduler adds its own fields. It is created paused. */
export abstract class Vcpu {
  /** Index among the VCPUs; -1 for a PCPU's idle VCPU, which stays paused for good. */
  readonly number: number;
  readonly domain: number;
  /** Set of the PCPUs that it may run on. */
  readonly affinity: number;
  /** 0 if it is runnable. */
  holds = PAUSED_ONCE;
  /** The PCPU that it runs on, or would. */
  pcpu: SchedPcpu;

  constructor(number: number, domain: number, pcpu: SchedPcpu, affinity: number) {
    this.number = number;
    this.domain = domain;
    this.pcpu = pcpu;
    this.affinity = affinity;
  }

  isRunning(): boolean {
    return this.pcpu.current === this;
  }

  isRunnable(): boolean {
    return this.holds === 0;
  }

  isBlocked(): boolean {
    return (this.holds & BLOCKED) !== 0;
  }

  /** Whether the scheduler itself keeps it from running, as it has had too much. */
  abstract isParked(): boolean;
}
