import type { Clock } from '../engine/clock.js';
import type { Accounting } from '../guest/accounting/accounting.js';
import { ExactAccounting } from '../guest/accounting/exact-accounting.js';
import { TickAccounting } from '../guest/accounting/tick-accounting.js';
import { CfsRunQueue } from '../guest/cfs-run-queue.js';
import { jiffyNsOf } from '../guest/jiffies.js';
import { O1RunQueue } from '../guest/o1-run-queue.js';
import type { RunQueue } from '../guest/run-queue.js';
import { SchedClock } from '../guest/sched-clock.js';
import type { VcpuTimes } from '../hypervisor/guest.js';
import type { DomainInput } from '../input.js';

/** How a domain's kernel schedules processes, accounts for them, and how often it ticks. */
export interface KernelPolicy {
  readonly runQueue: RunQueue;
  readonly accounting: Accounting;
  readonly jiffyNs: number;
}

/** The kernel that a domain asks for; `tasks` counts its tasks. */
export function makeKernelPolicy(
  { scheduler, accounting, hz }: DomainInput,
  clock: Clock,
  times: VcpuTimes,
  vcpu: number,
  tasks: number,
): KernelPolicy {
  const jiffyNs = jiffyNsOf(hz);
  const isFullyVirtualised = accounting === 'cfs-hvm';
  const schedClock = new SchedClock(clock, times, vcpu, !isFullyVirtualised);
  const takesOffStolen = accounting === 'o1-steal' || accounting === 'cfs';
  const ticks = new TickAccounting(clock, times, vcpu, tasks, takesOffStolen, jiffyNs);
  const isExact = accounting === 'cfs' || isFullyVirtualised;
  return {
    runQueue:
      scheduler === 'cfs' ? new CfsRunQueue(schedClock) : new O1RunQueue(clock, scheduler, jiffyNs),
    accounting: isExact ? new ExactAccounting(schedClock, ticks, tasks) : ticks,
    jiffyNs,
  };
}
