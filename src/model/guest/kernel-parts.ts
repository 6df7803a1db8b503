import type { Clock } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';
import type { VcpuHost } from '../hypervisor/guest.js';
import type { Accounting } from './accounting/accounting.js';
import type { Ledger } from './ledger.js';
import type { RunQueue } from './scheduling/run-queue.js';
import type { Task } from './task.js';

export interface KernelCosts {
  readonly schedulerPassNs: number;
  readonly vcpuSwitchNs: number;
  readonly processSwitchNs: number;
  readonly timerInterruptNs: number;
  readonly deviceInterruptNs: number;
}

/** Ledger kinds of the work that every kernel has. */
export interface KernelKinds {
  readonly schedulerPass: number;
  readonly vcpuSwitch: number;
  readonly processSwitch: number;
  readonly timer: number;
}

/** Queue slots of a VCPU's own events. */
export interface KernelSlots {
  readonly periodicTimer: number;
  readonly singleShot: number;
}

/** What a kernel is made of. */
export interface KernelParts {
  /** Index of its domain. */
  readonly domain: number;
  readonly vcpu: number;
  readonly clock: Clock;
  readonly queue: EventQueue;
  readonly host: VcpuHost;
  readonly ledger: Ledger;
  readonly tasks: readonly Task[];
  readonly runQueue: RunQueue;
  /** By reading of the run, at least one; the same object where readings agree. */
  readonly accountings: readonly Accounting[];
  readonly costs: KernelCosts;
  /** From one timer tick to the next. */
  readonly jiffyNs: number;
  /** How early its VCPU's periodic timer may send an event. */
  readonly timerSlackNs: number;
  readonly kinds: KernelKinds;
  readonly slots: KernelSlots;
}
