import type { Clock } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';
import type { RandomStream } from '../engine/random-stream.js';
import {
  type CreditScheduler,
  SLICE_NS,
  TICK_NS,
  TICKS_PER_ACCOUNTING,
} from './credit-scheduler.js';
import { BLOCKED, OFFLINE, RUNNABLE, RUNNING, Runstates } from './runstates.js';
import type { Vcpu, VcpuHost } from './vcpu-host.js';
import { WorkEnds } from './work-ends.js';

/** Sets each domain's effective cap and share in the scheduler before it hands out credit. */
export interface AllocationPolicy {
  /** At each tick of the first PCPU; before what follows, if that is an accounting. */
  atTick(): void;
  beforeAccounting(): void;
}

/** How late tickers run: uniform between 0 and `mostNs`. */
export interface TickerLateness {
  readonly mostNs: number;
  readonly random: RandomStream;
}

/** Queue slots of the hypervisor's own timers: one of each for every PCPU, in PCPU order. */
export interface HostSlots {
  readonly firstTicker: number;
  readonly firstSlice: number;
}

/**
 * The hypervisor around the credit scheduler: tickers, slice timers, runstates, and the switch of
 * VCPUs on PCPUs. Reschedules that come up within an instant run once, at its end.
 */
export class Host implements VcpuHost {
  readonly runstates: Runstates;
  readonly workEnds: WorkEnds;
  private readonly clock: Clock;
  private readonly scheduler: CreditScheduler;
  private readonly queue: EventQueue;
  private readonly slots: HostSlots;
  private readonly lateness: TickerLateness;
  private readonly policy: AllocationPolicy;
  private readonly vcpus: readonly Vcpu[];
  private readonly blocked: Uint8Array;
  private readonly sliceEndNs: Float64Array;
  private readonly idleNs: Float64Array;
  private readonly idleSinceNs: Float64Array;
  /** How often credit has been handed out. */
  accountings = 0;
  private masterTicks = 0;

  /** `vcpus` may still be empty; it must be complete when `start` is called. */
  constructor(
    clock: Clock,
    scheduler: CreditScheduler,
    queue: EventQueue,
    slots: HostSlots,
    lateness: TickerLateness,
    policy: AllocationPolicy,
    vcpus: readonly Vcpu[],
  ) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.queue = queue;
    this.slots = slots;
    this.lateness = lateness;
    this.policy = policy;
    this.vcpus = vcpus;
    const pcpus = scheduler.running.length;
    this.workEnds = new WorkEnds(pcpus);
    this.runstates = new Runstates(clock, scheduler.credit.length);
    this.blocked = new Uint8Array(scheduler.credit.length);
    this.sliceEndNs = new Float64Array(pcpus);
    this.idleNs = new Float64Array(pcpus);
    this.idleSinceNs = new Float64Array(pcpus);
  }

  /** Starts the tickers and lets every VCPU run. To be called once, at time 0. */
  start(): void {
    for (let p = 0; p < this.scheduler.running.length; p++) {
      this.queue.schedule(this.slots.firstTicker + p, TICK_NS);
    }
    for (let v = 0; v < this.vcpus.length; v++) {
      this.scheduler.unpause(v);
      this.syncRunstate(v);
    }
  }

  wake(vcpu: number): void {
    this.blocked[vcpu] = 0;
    this.scheduler.wake(vcpu);
    this.syncRunstate(vcpu);
  }

  block(vcpu: number): void {
    this.blocked[vcpu] = 1;
    this.scheduler.block(vcpu);
  }

  /** Slot of a ticker: 10 ms after its last run, and late by what interrupt and softirq take. */
  tick(pcpu: number): void {
    const lateNs = this.lateness.random.integer(this.lateness.mostNs);
    this.queue.schedule(this.slots.firstTicker + pcpu, this.clock.nowNs + TICK_NS + lateNs);
    this.scheduler.debit(pcpu);
    if (pcpu === 0) this.masterTick();
    this.scheduler.resort(pcpu);
  }

  private masterTick(): void {
    this.policy.atTick();
    if (++this.masterTicks % TICKS_PER_ACCOUNTING !== 0) return;
    this.accountings++;
    this.policy.beforeAccounting();
    this.scheduler.account();
    for (let v = 0; v < this.vcpus.length; v++) this.syncRunstate(v);
  }

  /**
   * Slot of a slice timer. It is armed once and looks for itself whether the slice that it was
   * armed for was followed by another, so that a switch of VCPUs need not move it.
   */
  sliceTimer(pcpu: number): void {
    const slot = this.slots.firstSlice + pcpu;
    if (this.sliceEndNs[pcpu]! > this.clock.nowNs) {
      this.queue.schedule(slot, this.sliceEndNs[pcpu]!);
    } else {
      this.queue.cancel(slot);
      this.scheduler.requestReschedule(pcpu);
    }
  }

  /** Runs the pending reschedules, lowest PCPU first; only if there are any. */
  reschedulePending(): void {
    const { scheduler, queue } = this;
    do {
      const pcpu = scheduler.nextPending();
      const old = scheduler.running[pcpu]!;
      const endNs = this.clock.nowNs + SLICE_NS;
      this.sliceEndNs[pcpu] = endNs;
      const slot = this.slots.firstSlice + pcpu;
      if (queue.timeOf(slot) === Infinity) queue.schedule(slot, endNs);
      if (scheduler.reschedule(pcpu)) this.switched(pcpu, old);
    } while (scheduler.isPending());
  }

  stolenNs(vcpu: number): number {
    return this.runstates.timeIn(vcpu, RUNNABLE) + this.runstates.timeIn(vcpu, OFFLINE);
  }

  blockedNs(vcpu: number): number {
    return this.runstates.timeIn(vcpu, BLOCKED);
  }

  /** Time that a PCPU has spent idle up to now. */
  idleTime(pcpu: number): number {
    const idle = this.scheduler.running[pcpu]! < 0;
    return this.idleNs[pcpu]! + (idle ? this.clock.nowNs - this.idleSinceNs[pcpu]! : 0);
  }

  private switched(pcpu: number, old: number): void {
    this.workEnds.ns[pcpu] = Infinity;
    if (old >= 0) {
      this.vcpus[old]!.switchedOut();
      this.runstates.enter(old, this.waitingState(old));
    } else {
      this.idleNs[pcpu]! += this.clock.nowNs - this.idleSinceNs[pcpu]!;
    }
    const next = this.scheduler.running[pcpu]!;
    if (next >= 0) {
      this.runstates.enter(next, RUNNING);
      this.vcpus[next]!.switchedIn(pcpu);
    } else {
      this.idleSinceNs[pcpu] = this.clock.nowNs;
    }
  }

  private syncRunstate(vcpu: number): void {
    if (!this.scheduler.isRunning(vcpu)) this.runstates.enter(vcpu, this.waitingState(vcpu));
  }

  /** The runstate of a VCPU that does not run. */
  private waitingState(vcpu: number): number {
    if (this.blocked[vcpu] === 1) return BLOCKED;
    return this.scheduler.isRunnable(vcpu) ? RUNNABLE : OFFLINE;
  }
}
