import type { Clock } from '../engine/clock.js';
import type { Accounting } from '../guest/accounting/accounting.js';
import { ExactAccounting } from '../guest/accounting/exact-accounting.js';
import { TickAccounting } from '../guest/accounting/tick-accounting.js';
import { jiffyNsOf } from '../guest/jiffies.js';
import { SchedClock } from '../guest/sched-clock.js';
import type { VcpuTimes } from '../hypervisor/guest.js';
import type { AccountingInput, DomainInput } from '../input.js';
import { seesSteal } from '../instruments.js';
import { makeRunQueue } from './scheduling/guest-schedulers.js';
import type { RunQueue } from './scheduling/run-queue.js';
import type { Task } from './task.js';

/** How a domain's kernel schedules processes, accounts for them, and how often it ticks. */
export interface KernelPolicy {
  readonly runQueue: RunQueue;
  /** By reading. */
  readonly accountings: readonly Accounting[];
  readonly jiffyNs: number;
}

/**
 * The kernel that a domain asks for, with these tasks, and its accounting in each reading of the
 * run.
 */
export function makeKernelPolicy(
  readings: readonly DomainInput[],
  clock: Clock,
  times: VcpuTimes,
  vcpu: number,
  tasks: readonly Task[],
): KernelPolicy {
  const { scheduler, accounting, hz } = readings[0]!;
  const jiffyNs = jiffyNsOf(hz);
  const clockOf = (kind: AccountingInput) => new SchedClock(clock, times, vcpu, seesSteal(kind));
  const make = (kind: AccountingInput): Accounting => {
    const takesOffStolen = kind === 'o1-steal' || kind === 'cfs';
    const ticks = new TickAccounting(clock, times, vcpu, tasks.length, takesOffStolen, jiffyNs);
    const isExact = kind === 'cfs' || kind === 'cfs-hvm';
    return isExact ? new ExactAccounting(clockOf(kind), ticks, tasks.length) : ticks;
  };
  const made = new Map(readings.map((one) => [one.accounting, make(one.accounting)]));
  const schedClock = clockOf(accounting);
  return {
    runQueue: makeRunQueue(scheduler, { clock, schedClock, jiffyNs, tasks }),
    accountings: readings.map((reading) => made.get(reading.accounting)!),
    jiffyNs,
  };
}
