import { type Clock, ZERO_NS } from '../../engine/clock.js';
import type { VcpuTimes } from '../../hypervisor/guest.js';
import { PROC_COLUMNS } from '../../series.js';
import { roundDownNs } from '../jiffies.js';
import type { Task } from '../task.js';
import { type Accounting, IDLE, STEAL } from './accounting.js';

/** What /proc counts in, whatever the kernel's own jiffies are: Linux's USER_HZ is 100. */
const CLOCK_TICK_NS = 10_000_000;

/**
 * Accounting by ticks. A timer event makes up for all whole jiffies since the last, as the clock
 * tells them, and charges them to the task that it interrupts.
 *
 * With `takesOffStolen`, as in the XenLinux 2.6.18 tree, whole jiffies of stolen time are taken off
 * first and go to steal, then whole jiffies of blocked time, which go to idle; what is left over of
 * each counts the next time. Without, all are charged, as the paper describes it (section 4.2).
 *
 * /proc shows what was counted in jiffies as whole clock ticks, rounded down.
 */
export class TickAccounting implements Accounting {
  private readonly stat = new Float64Array(PROC_COLUMNS.length);
  private readonly clock: Clock;
  private readonly times: VcpuTimes;
  private readonly vcpu: number;
  private readonly takesOffStolen: boolean;
  private readonly jiffyNs: number = ZERO_NS;
  /** By task index. */
  private readonly charged: Float64Array;
  private processedNs = ZERO_NS;
  private processedStolenNs = ZERO_NS;
  private processedBlockedNs = ZERO_NS;

  /** `tasks` is the number of tasks of the kernel, idle included. */
  constructor(
    clock: Clock,
    times: VcpuTimes,
    vcpu: number,
    tasks: number,
    takesOffStolen: boolean,
    jiffyNs: number,
  ) {
    this.clock = clock;
    this.times = times;
    this.vcpu = vcpu;
    this.takesOffStolen = takesOffStolen;
    this.jiffyNs = jiffyNs;
    this.charged = new Float64Array(tasks);
  }

  statNs(column: number, isIdle: boolean): number {
    const openNs = isIdle ? this.openNs(column) : 0;
    return roundDownNs(this.stat[column]! + openNs, CLOCK_TICK_NS);
  }

  tick(task: Task, column: number): void {
    let sinceNs = this.clock.nowNs - this.processedNs;
    if (this.takesOffStolen) sinceNs -= this.takeOff();
    const wholeNs = roundDownNs(sinceNs, this.jiffyNs);
    this.processedNs += wholeNs;
    this.stat[column]! += wholeNs;
    this.charged[task.index]! += wholeNs;
  }

  switched(): void {
    // Between ticks nobody looks.
  }

  chargedNs(task: Task): number {
    return roundDownNs(this.charged[task.index]!, CLOCK_TICK_NS);
  }

  /** What an idle kernel that is woken now would add to a column. */
  private openNs(column: number): number {
    const stolenNs = this.openStolenNs();
    if (column === STEAL) return roundDownNs(stolenNs, this.jiffyNs);
    if (column !== IDLE) return 0;
    const blockedNs = this.openBlockedNs();
    const restNs = this.clock.nowNs - this.processedNs - stolenNs - blockedNs;
    return roundDownNs(blockedNs, this.jiffyNs) + roundDownNs(restNs, this.jiffyNs);
  }

  /** Stolen time that is not accounted yet; none if it is not taken off. */
  private openStolenNs(): number {
    return this.takesOffStolen ? this.times.stolenNs(this.vcpu) - this.processedStolenNs : 0;
  }

  private openBlockedNs(): number {
    return this.takesOffStolen ? this.times.blockedNs(this.vcpu) - this.processedBlockedNs : 0;
  }

  /** Accounts stolen and blocked time; returns how much of the time that is open is either. */
  private takeOff(): number {
    const stolenNs = this.openStolenNs();
    const blockedNs = this.openBlockedNs();
    const stolenWholeNs = roundDownNs(stolenNs, this.jiffyNs);
    const blockedWholeNs = roundDownNs(blockedNs, this.jiffyNs);
    this.processedStolenNs += stolenWholeNs;
    this.processedBlockedNs += blockedWholeNs;
    this.processedNs += stolenWholeNs + blockedWholeNs;
    this.stat[STEAL]! += stolenWholeNs;
    this.stat[IDLE]! += blockedWholeNs;
    return stolenNs + blockedNs;
  }
}
