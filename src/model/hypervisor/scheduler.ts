import { type AllocationPolicy, AS_CONFIGURED } from './allocation.js';
import { lowestBit } from './pcpu-set.js';
import { BLOCKED, PAUSED_ONCE, type SchedPcpu, type Vcpu } from './vcpu.js';

/** PCPUs, domains and VCPUs, each numbered by its place in its list. */
export interface Topology {
  /** 1 ... 32 */
  readonly pcpus: number;
  readonly domains: readonly DomainShare[];
  readonly vcpus: readonly VcpuPlacement[];
  /** Domains that have a share together; each is in one group at most. */
  readonly groups?: readonly DomainGroup[];
}

/** A domain's configured share. */
export interface DomainShare {
  readonly weight: number;
  /** Percent of one PCPU; 0 = no cap. */
  readonly capPct: number;
}

/** Domains that have one share together and divide it by their own weights. */
export interface DomainGroup {
  /** At least one. */
  readonly domains: readonly number[];
  /** Of the group, in the place of the sum of theirs; 0 = none. */
  readonly weight: number;
}

export interface VcpuPlacement {
  readonly domain: number;
  /** PCPU on which it starts. */
  readonly pcpu: number;
  /** PCPUs it may run on; at least one. */
  readonly affinity: readonly number[];
}

/** The time that each VCPU has run so far, in ns. */
export type RunTimes = (vcpu: number) => number;

/** PCPU sets are held in the bits of one integer. */
export const MAX_PCPUS = 32;

/** What a PCPU runs next, and for how long at the most. A scheduler has one and reuses it. */
export interface Decision {
  vcpu: Vcpu;
  sliceNs: number;
}

/** A value of a scheduler for the trace. */
export interface SchedulerGauge {
  readonly name: string;
  readonly unit: string;
  readonly read: () => number;
}

/**
 * The seat of a hypervisor scheduler, after Xen's `sched_ops`: a policy says what happens when a
 * VCPU wakes or goes to sleep, and what a PCPU runs next. What all of them have in common is here:
 * what keeps a VCPU from being runnable, and which PCPUs have to reschedule.
 *
 * The owner starts a PCPU's slice timer afresh with each decision; the timer does nothing but
 * `requestReschedule`. VCPUs are created paused, PCPUs idle. `Share` is what a domain can
 * be set to.
 */
export abstract class Scheduler<Share = unknown> {
  /** Read only for others. */
  abstract readonly vcpus: readonly Vcpu[];
  abstract readonly pcpus: readonly SchedPcpu[];
  /** Each PCPU's `tick` is due so often; Infinity for a scheduler without ticks. */
  abstract readonly tickNs: number;
  /** Whom it asks what domains may have. */
  allocation: AllocationPolicy = AS_CONFIGURED;
  /** How often it has handed out CPU time. */
  accountings = 0;
  private pendingPcpus = 0;

  constructor(pcpus: number) {
    if (pcpus < 1 || pcpus > MAX_PCPUS) throw new RangeError(`pcpus: ${pcpus} is not 1 ... 32`);
  }

  /** The VCPU has become runnable, and is neither running nor waiting. */
  protected abstract vcpuWakes(vcpu: Vcpu): void;
  /** The VCPU has ceased to be runnable. */
  protected abstract vcpuSleeps(vcpu: Vcpu): void;
  /** Chooses what a PCPU runs next. What runs now may not be runnable any more. */
  protected abstract doSchedule(pcpu: SchedPcpu): Decision;
  /** The ticker of a PCPU. */
  abstract tick(pcpu: SchedPcpu): void;
  /** Changes a domain's configured share. */
  abstract adjust(domain: number, share: Share): void;
  /** CPU time of domain 0 that it has charged to a domain so far. */
  chargedNs(_domain: number): number {
    return 0;
  }

  /** How many VCPUs wait for a PCPU. For inspection: it may allocate. */
  abstract waiting(pcpu: SchedPcpu): number;
  /** What a trace shows of a VCPU. */
  abstract gaugesOf(vcpu: number): readonly SchedulerGauge[];

  /** An event for the VCPU: ends its blocking, if it is blocked. */
  wake(vcpu: Vcpu): void {
    if ((vcpu.holds & BLOCKED) !== 0) this.release(vcpu, BLOCKED);
  }

  /** The VCPU has nothing to do until it is woken. */
  block(vcpu: Vcpu): void {
    vcpu.holds |= BLOCKED;
    this.vcpuSleeps(vcpu);
  }

  /** Keeps the VCPU from running until as many unpauses as pauses have come. */
  pause(vcpu: Vcpu): void {
    vcpu.holds += PAUSED_ONCE;
    this.vcpuSleeps(vcpu);
  }

  unpause(vcpu: Vcpu): void {
    this.release(vcpu, PAUSED_ONCE);
  }

  /** Asks for a reschedule, as the slice timer does. */
  requestReschedule(pcpu: SchedPcpu): void {
    this.pendingPcpus |= 1 << pcpu.number;
  }

  /** Asks for a reschedule of a set of PCPUs. */
  protected requestReschedules(set: number): void {
    this.pendingPcpus |= set;
  }

  /** Whether a PCPU has to reschedule. */
  isPending(): boolean {
    return this.pendingPcpus !== 0;
  }

  /** The lowest PCPU that has to reschedule; only if one has. */
  nextPending(): SchedPcpu {
    return this.pcpus.length === 1 ? this.pcpus[0]! : this.pcpus[lowestBit(this.pendingPcpus)]!;
  }

  /** Chooses anew what the PCPU runs: from now on that is its `current`. */
  reschedule(pcpu: SchedPcpu): Decision {
    this.pendingPcpus &= ~(1 << pcpu.number);
    const decision = this.doSchedule(pcpu);
    pcpu.current = decision.vcpu;
    return decision;
  }

  /** Takes away one hold, and lets the VCPU compete if it was the last. */
  protected release(vcpu: Vcpu, hold: number): void {
    vcpu.holds -= hold;
    if (vcpu.holds === 0) this.vcpuWakes(vcpu);
  }
}
