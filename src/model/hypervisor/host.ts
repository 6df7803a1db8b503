import type { Clock } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';
import type { RandomStream } from '../engine/random-stream.js';
import type { AllocationPolicy } from './allocation.js';
import type { Guest, VcpuHost } from './guest.js';
import { Pcpu } from './pcpu.js';
import { BLOCKED, OFFLINE, RUNNABLE, RUNNING, Runstate } from './runstate.js';
import type { Scheduler } from './scheduler.js';
import type { TimerSlots } from './timers.js';
import type { Vcpu } from './vcpu.js';

/** How late tickers run: uniform between 0 and `mostNs`. */
export interface TickerLateness {
  readonly mostNs: number;
  readonly random: RandomStream;
}

/**
 * The hypervisor around its scheduler: tickers, slice timers, runstates, and the switch of
 * VCPUs on PCPUs. Reschedules that come up within an instant run once, at its end.
 */
export class Host implements VcpuHost {
  /** By VCPU. */
  readonly runstates: readonly Runstate[];
  readonly pcpus: readonly Pcpu[];
  private readonly clock: Clock;
  private readonly scheduler: Scheduler;
  private readonly queue: EventQueue;
  private readonly slots: Pick<TimerSlots, 'firstTicker' | 'firstSlice'>;
  private readonly lateness: TickerLateness;
  /** By VCPU. */
  private guests: readonly Guest[] = [];
  /** A VCPU woken in this instant that has its old runstate until the reschedules at its end. */
  private woken: Vcpu | null = null;

  constructor(
    clock: Clock,
    scheduler: Scheduler,
    queue: EventQueue,
    slots: Pick<TimerSlots, 'firstTicker' | 'firstSlice'>,
    lateness: TickerLateness,
  ) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.queue = queue;
    this.slots = slots;
    this.lateness = lateness;
    this.pcpus = scheduler.pcpus.map(({ number }) => new Pcpu(number));
    this.runstates = scheduler.vcpus.map(() => new Runstate(clock));
  }

  /** Starts the tickers and lets every VCPU run its guest. To be called once, at time 0. */
  start(guests: readonly Guest[], allocation: AllocationPolicy): void {
    this.guests = guests;
    this.scheduler.allocation = allocation;
    for (let p = 0; p < this.pcpus.length; p++) {
      this.queue.schedule(this.slots.firstTicker + p, this.scheduler.tickNs);
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

  /** The PCPU that a VCPU is on, whether it runs or not. */
  pcpuOf(vcpu: number): Pcpu {
    return this.pcpus[this.scheduler.vcpus[vcpu]!.pcpu.number]!;
  }

  /** A ticker runs: the next is a tick from now, and late by what interrupt and softirq take. */
  tick(number: number): void {
    const { scheduler } = this;
    const lateNs = this.lateness.random.integer(this.lateness.mostNs);
    const nextNs = this.clock.nowNs + scheduler.tickNs + lateNs;
    this.queue.schedule(this.slots.firstTicker + number, nextNs);
    scheduler.tick(scheduler.pcpus[number]!);
    for (const vcpu of scheduler.vcpus) this.syncRunstate(vcpu);
  }

  /**
   * The slot of a slice timer is due: the PCPU whose slice ends now; null if it does not. The slot
   * is armed once and looks for itself whether the slice that it was armed for was followed by
   * another, so that a switch of VCPUs need not move it.
   */
  sliceSlotDue(number: number): Pcpu | null {
    const pcpu = this.pcpus[number]!;
    const ends = pcpu.sliceEndNs <= this.clock.nowNs;
    pcpu.sliceTimerNs = ends ? Infinity : pcpu.sliceEndNs;
    this.queue.schedule(this.slots.firstSlice + number, pcpu.sliceTimerNs);
    return ends ? pcpu : null;
  }

  /** The slice timer runs. The next slice begins when the scheduler has decided. */
  endSlice(number: number): void {
    this.pcpus[number]!.sliceEndNs = Infinity;
    this.scheduler.requestReschedule(this.scheduler.pcpus[number]!);
  }

  /** Runs the pending reschedules, lowest PCPU first; only if there are any. */
  reschedulePending(): void {
    const { scheduler } = this;
    do {
      const of = scheduler.nextPending();
      const pcpu = this.pcpus[of.number]!;
      const old = of.current;
      const { vcpu, sliceNs } = scheduler.reschedule(of);
      pcpu.sliceEndNs = this.clock.nowNs + sliceNs;
      if (pcpu.sliceEndNs < pcpu.sliceTimerNs) this.timeSlice(pcpu);
      if (vcpu !== old) this.switched(pcpu, old, vcpu);
      else if (pcpu.guest !== null) pcpu.guest.goesOn();
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

  /** When the ticker of the PCPU that a VCPU is on is next due; it may run before: `Timers`. */
  nextTickNs(vcpu: number): number {
    return this.queue.timeOf(this.slots.firstTicker + this.pcpuOf(vcpu).number);
  }

  /** Time that a PCPU has spent idle up to now. */
  idleTimeNs(number: number): number {
    const { guest, idleNs, idleSinceNs } = this.pcpus[number]!;
    return idleNs + (guest === null ? this.clock.nowNs - idleSinceNs : 0);
  }

  private timeSlice(pcpu: Pcpu): void {
    pcpu.sliceTimerNs = pcpu.sliceEndNs;
    this.queue.schedule(this.slots.firstSlice + pcpu.number, pcpu.sliceEndNs);
  }

  private switched(pcpu: Pcpu, old: Vcpu, next: Vcpu): void {
    pcpu.workEndNs = Infinity;
    if (pcpu.guest !== null) {
      pcpu.guest.switchedOut();
      this.runstates[old.number]!.enter(waitingState(old));
    } else {
      pcpu.idleNs += this.clock.nowNs - pcpu.idleSinceNs;
    }
    if (next.number >= 0) {
      this.runstates[next.number]!.enter(RUNNING);
      const guest = this.guests[next.number]!;
      pcpu.guest = guest;
      const wasLoaded = pcpu.loaded === guest;
      if (!wasLoaded) this.load(guest, pcpu);
      guest.switchedIn(pcpu, wasLoaded);
    } else {
      pcpu.guest = null;
      pcpu.idleSinceNs = this.clock.nowNs;
    }
  }

  /** A guest's state is loaded on one PCPU at most: it is fetched from where it was left. */
  private load(guest: Guest, pcpu: Pcpu): void {
    for (let p = 0; p < this.pcpus.length; p++) {
      if (this.pcpus[p]!.loaded === guest) this.pcpus[p]!.loaded = null;
    }
    pcpu.loaded = guest;
  }

  private syncRunstate(vcpu: Vcpu): void {
    if (!vcpu.isRunning()) this.runstates[vcpu.number]!.enter(waitingState(vcpu));
  }
}

/** The runstate of a VCPU that does not run. */
function waitingState(vcpu: Vcpu): number {
  if (vcpu.isBlocked()) return BLOCKED;
  return vcpu.isRunnable() ? RUNNABLE : OFFLINE;
}
