import type { Clock } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';
import type { RandomStream } from '../engine/random-stream.js';
import {
  type CreditScheduler,
  SLICE_NS,
  TICK_NS,
  TICKS_PER_ACCOUNTING,
} from './credit-scheduler.js';
import type { CreditVcpu } from './credit-vcpu.js';
import { Pcpu } from './pcpu.js';
import { BLOCKED, OFFLINE, RUNNABLE, RUNNING, Runstate } from './runstate.js';
import type { Vcpu, VcpuHost } from './vcpu-host.js';

/** Sets each domain's effective cap and share in the scheduler before it hands out credit. */
export interface AllocationPolicy {
  /** At each tick of the first PCPU; before what follows, if that is an accounting. */
  atTick(): void;
  beforeAccounting(): void;
}

const NO_POLICY: AllocationPolicy = { atTick: () => undefined, beforeAccounting: () => undefined };

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
  /** By VCPU. */
  readonly runstates: readonly Runstate[];
  readonly pcpus: readonly Pcpu[];
  private readonly clock: Clock;
  private readonly scheduler: CreditScheduler;
  private readonly queue: EventQueue;
  private readonly slots: HostSlots;
  private readonly lateness: TickerLateness;
  private policy: AllocationPolicy = NO_POLICY;
  private vcpus: readonly Vcpu[] = [];
  /** How often credit has been handed out. */
  accountings = 0;
  private masterTicks = 0;
  /** A VCPU woken in this instant that has its old runstate until the reschedules at its end. */
  private woken: CreditVcpu | null = null;

  constructor(
    clock: Clock,
    scheduler: CreditScheduler,
    queue: EventQueue,
    slots: HostSlots,
    lateness: TickerLateness,
  ) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.queue = queue;
    this.slots = slots;
    this.lateness = lateness;
    this.pcpus = scheduler.pcpus.map((pcpu) => new Pcpu(pcpu));
    this.runstates = scheduler.vcpus.map(() => new Runstate(clock));
  }

  /** Starts the tickers and lets every VCPU run its guest. To be called once, at time 0. */
  start(vcpus: readonly Vcpu[], policy: AllocationPolicy): void {
    this.vcpus = vcpus;
    this.policy = policy;
    for (let p = 0; p < this.pcpus.length; p++) {
      this.queue.schedule(this.slots.firstTicker + p, TICK_NS);
    }
    for (const vcpu of this.scheduler.vcpus) {
      this.scheduler.unpause(vcpu);
      this.syncRunstate(vcpu);
    }
  }

  wake(number: number): void {
    const { scheduler } = this;
    const vcpu = scheduler.vcpus[number]!;
    scheduler.wake(vcpu);
    // It may be about to run, and would be runnable for no time at all.
    if (this.woken !== null || !scheduler.isPending()) this.syncRunstate(vcpu);
    else this.woken = vcpu;
  }

  block(number: number): void {
    this.scheduler.block(this.scheduler.vcpus[number]!);
  }

  /** Slot of a ticker: 10 ms after its last run, and late by what interrupt and softirq take. */
  tick(number: number): void {
    const { credit } = this.pcpus[number]!;
    const lateNs = this.lateness.random.integer(this.lateness.mostNs);
    this.queue.schedule(this.slots.firstTicker + number, this.clock.nowNs + TICK_NS + lateNs);
    this.scheduler.debit(credit);
    if (number === 0) this.masterTick();
    this.scheduler.resort(credit);
  }

  private masterTick(): void {
    this.policy.atTick();
    if (++this.masterTicks % TICKS_PER_ACCOUNTING !== 0) return;
    this.accountings++;
    this.policy.beforeAccounting();
    this.scheduler.account();
    for (const vcpu of this.scheduler.vcpus) this.syncRunstate(vcpu);
  }

  /**
   * Slot of a slice timer. It is armed once and looks for itself whether the slice that it was
   * armed for was followed by another, so that a switch of VCPUs need not move it.
   */
  sliceTimer(number: number): void {
    const pcpu = this.pcpus[number]!;
    const slot = this.slots.firstSlice + number;
    if (pcpu.sliceEndNs > this.clock.nowNs) {
      this.queue.schedule(slot, pcpu.sliceEndNs);
    } else {
      this.queue.cancel(slot);
      pcpu.sliceTimed = false;
      this.scheduler.requestReschedule(pcpu.credit);
    }
  }

  /** Runs the pending reschedules, lowest PCPU first; only if there are any. */
  reschedulePending(): void {
    const { scheduler } = this;
    do {
      const credit = scheduler.nextPending();
      const pcpu = this.pcpus[credit.number]!;
      const old = credit.current;
      pcpu.sliceEndNs = this.clock.nowNs + SLICE_NS;
      if (!pcpu.sliceTimed) this.timeSlice(pcpu);
      if (scheduler.reschedule(credit)) this.switched(pcpu, old, credit.current);
    } while (scheduler.isPending());
    if (this.woken !== null) {
      this.syncRunstate(this.woken);
      this.woken = null;
    }
  }

  stolenNs(vcpu: number): number {
    const runstate = this.runstates[vcpu]!;
    return runstate.timeInNs(RUNNABLE) + runstate.timeInNs(OFFLINE);
  }

  blockedNs(vcpu: number): number {
    return this.runstates[vcpu]!.timeInNs(BLOCKED);
  }

  /** Time that a PCPU has spent idle up to now. */
  idleTimeNs(number: number): number {
    const { guest, idleNs, idleSinceNs } = this.pcpus[number]!;
    return idleNs + (guest === null ? this.clock.nowNs - idleSinceNs : 0);
  }

  private timeSlice(pcpu: Pcpu): void {
    pcpu.sliceTimed = true;
    this.queue.schedule(this.slots.firstSlice + pcpu.credit.number, pcpu.sliceEndNs);
  }

  private switched(pcpu: Pcpu, old: CreditVcpu, next: CreditVcpu): void {
    pcpu.workEndNs = Infinity;
    if (pcpu.guest !== null) {
      pcpu.guest.switchedOut();
      this.runstates[old.number]!.enter(waitingState(old));
    } else {
      pcpu.idleNs += this.clock.nowNs - pcpu.idleSinceNs;
    }
    if (next.number >= 0) {
      this.runstates[next.number]!.enter(RUNNING);
      const guest = this.vcpus[next.number]!;
      pcpu.guest = guest;
      guest.switchedIn(pcpu);
    } else {
      pcpu.guest = null;
      pcpu.idleSinceNs = this.clock.nowNs;
    }
  }

  private syncRunstate(vcpu: CreditVcpu): void {
    if (!vcpu.isRunning()) this.runstates[vcpu.number]!.enter(waitingState(vcpu));
  }
}

/** The runstate of a VCPU that does not run. */
function waitingState(vcpu: CreditVcpu): number {
  if (vcpu.isBlocked()) return BLOCKED;
  return vcpu.isRunnable() ? RUNNABLE : OFFLINE;
}
