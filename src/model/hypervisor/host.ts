import type { EventQueue } from '../engine/event-queue.js';
import { type CreditScheduler, SLICE_NS, TICK_NS, TICKS_PER_ACCOUNTING } from './credit-scheduler.js';
import { BLOCKED, OFFLINE, RUNNABLE, RUNNING, Runstates } from './runstates.js';
import type { Vcpu, VcpuHost } from './vcpu-host.js';

/** Sets each domain's effective cap and share in the scheduler before it hands out credit. */
export interface AllocationPolicy {
  beforeAccounting(nowNs: number): void;
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
  private readonly scheduler: CreditScheduler;
  private readonly queue: EventQueue;
  private readonly slots: HostSlots;
  private readonly policy: AllocationPolicy;
  private readonly vcpus: readonly Vcpu[];
  private readonly blocked: Uint8Array;
  private readonly idleNs: Float64Array;
  private readonly idleSinceNs: Float64Array;
  private masterTicks = 0;

  constructor(
    scheduler: CreditScheduler,
    queue: EventQueue,
    slots: HostSlots,
    policy: AllocationPolicy,
    vcpus: readonly Vcpu[],
  ) {
    this.scheduler = scheduler;
    this.queue = queue;
    this.slots = slots;
    this.policy = policy;
    this.vcpus = vcpus;
    const pcpus = scheduler.running.length;
    const count = scheduler.credit.length;
    this.runstates = new Runstates(count);
    this.blocked = new Uint8Array(count);
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
      this.syncRunstate(v, 0);
    }
  }

  wake(vcpu: number, nowNs: number): void {
    this.blocked[vcpu] = 0;
    this.scheduler.wake(vcpu);
    this.syncRunstate(vcpu, nowNs);
  }

  block(vcpu: number, _nowNs: number): void {
    this.blocked[vcpu] = 1;
    this.scheduler.block(vcpu);
  }

  /** Slot of a ticker: every 10 ms on every PCPU. */
  tick(pcpu: number, nowNs: number): void {
    this.queue.schedule(this.slots.firstTicker + pcpu, nowNs + TICK_NS);
    this.scheduler.debit(pcpu);
    if (pcpu === 0 && ++this.masterTicks % TICKS_PER_ACCOUNTING === 0) {
      this.policy.beforeAccounting(nowNs);
      this.scheduler.account();
      for (let v = 0; v < this.vcpus.length; v++) this.syncRunstate(v, nowNs);
    }
    this.scheduler.resort(pcpu);
  }

  /** Slot of a slice timer: the running VCPU's 30 ms are over. */
  sliceEnd(pcpu: number): void {
    this.queue.cancel(this.slots.firstSlice + pcpu);
    this.scheduler.requestReschedule(pcpu);
  }

  /** Runs the pending reschedules, lowest PCPU first. */
  reschedulePending(nowNs: number): void {
    for (;;) {
      const pcpu = this.scheduler.nextPending();
      if (pcpu < 0) return;
      const old = this.scheduler.running[pcpu]!;
      this.queue.schedule(this.slots.firstSlice + pcpu, nowNs + SLICE_NS);
      if (this.scheduler.reschedule(pcpu)) this.switched(pcpu, old, nowNs);
    }
  }

  /** Time that a PCPU has spent idle up to `nowNs`. */
  idleTime(pcpu: number, nowNs: number): number {
    const open = this.scheduler.running[pcpu]! < 0 ? nowNs - this.idleSinceNs[pcpu]! : 0;
    return this.idleNs[pcpu]! + open;
  }

  private switched(pcpu: number, old: number, nowNs: number): void {
    if (old >= 0) {
      this.vcpus[old]!.switchedOut(nowNs);
      this.syncRunstate(old, nowNs);
    } else {
      this.idleNs[pcpu]! += nowNs - this.idleSinceNs[pcpu]!;
    }
    const next = this.scheduler.running[pcpu]!;
    if (next >= 0) {
      this.runstates.enter(next, RUNNING, nowNs);
      this.vcpus[next]!.switchedIn(nowNs);
    } else {
      this.idleSinceNs[pcpu] = nowNs;
    }
  }

  private syncRunstate(vcpu: number, nowNs: number): void {
    if (this.scheduler.isRunning(vcpu)) return;
    let state = OFFLINE;
    if (this.blocked[vcpu] === 1) state = BLOCKED;
    else if (this.scheduler.isRunnable(vcpu)) state = RUNNABLE;
    this.runstates.enter(vcpu, state, nowNs);
  }
}
