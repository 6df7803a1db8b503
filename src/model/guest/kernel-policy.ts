import type { Clock } from '../engine/clock.js';
import type { Accounting } from '../guest/accounting/accounting.js';
import { ExactAccounting } from '../guest/accounting/exact-accounting.js';
import { TickAccounting } from '../guest/accounting/tick-accounting.js';
import { CfsRunQueue } from '../guest/cfs-run-queue.js';
import { O1RunQueue } from '../guest/o1-run-queue.js';
import type { RunQueue } from '../guest/run-queue.js';
import { SchedClock } from '../guest/sched-clock.js';
import type { VcpuTimes } from '../hypervisor/guest.js';
import type { DomainInput } from '../input.js';

/** How a domain's kernel schedules processes, and how it accounts for them. */
export interface KernelPolicy {
  readonly runQueue: RunQueue;
  readonly accounting: Accounting;
}

/** The scheduler and accounting that a domain asks for; `tasks` counts its kernel's tasks. */
export function makeKernelPolicy(
  { scheduler, accounting }: DomainInput,
  clock: Clock,
  times: VcpuTimes,
  vcpu: number,
  tasks: number,
  jiffyNs: number,
): KernelPolicy {
  const isFullyVirtualised = accounting === 'cfs-hvm';
  const schedClock = new SchedClock(clock, times, vcpu, !isFullyVirtualised);
  const takesOffStolen = accounting === 'o1-steal' || accounting === 'cfs';
  const ticks = new TickAccounting(clock, times, vcpu, tasks, takesOffStolen, jiffyNs);
  const isExact = accounting === 'cfs' || isFullyVirtualised;
  return {
    runQueue:
      scheduler === 'cfs' ? new CfsRunQueue(schedClock) : new O1RunQueue(clock, scheduler, jiffyNs),
    accounting: isExact ? new ExactAccounting(schedClock, ticks, tasks) : ticks,
  };
}
