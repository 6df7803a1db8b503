import { type Clock, ZERO_NS } from '../engine/clock.js';
import type { Guest, VcpuHost } from '../hypervisor/guest.js';
import { NO_PCPU, type Pcpu } from '../hypervisor/pcpu.js';
import { type Accounting, type Charging, columnOf } from './accounting/accounting.js';
import { chargingOf } from './accounting/several-accountings.js';
import { InterruptLine } from './interrupt-line.js';
import type { KernelCosts, KernelKinds, KernelParts } from './kernel-parts.js';
import type { KernelTimer } from './kernel-timer.js';
import { KernelTimers } from './kernel-timers.js';
import type { Ledger } from './ledger.js';
import { OwedWork } from './owed-work.js';
import { PeriodicTimer } from './periodic-timer.js';
import type { RunQueue } from './scheduling/run-queue.js';
import { SingleShotTimer } from './single-shot-timer.js';
import { Softirqs, WAKE_KSOFTIRQD } from './softirqs.js';
import type { Task } from './task.js';

/** Interrupt 0 is the timer in every kernel; devices use the numbers above it. */
export const TIMER_IRQ = 0;

/** Index of ksoftirqd among a kernel's tasks. */
const KSOFTIRQD = 1;

// What is on top of the stack. A blocked kernel has asked the hypervisor to let it sleep.
const NOTHING = 0;
const TASK = 1;
const SOFTIRQ = 2;
const BLOCKED = 3;

/**
 * A Linux guest on one VCPU: a stack of interrupt over softirq over task. The kernel burns the top
 * of the stack while its VCPU runs and books every nanosecond in its ledger, under the task that
 * was interrupted and the address space that is loaded. Facts: timer events on switch-in, lazy TLB,
 * softirq passes and ksoftirqd as in XenLinux 2.6.
 */
export class GuestKernel implements Guest {
  readonly domain: number;
  readonly vcpu: number;
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** Index 0 idle, 1 ksoftirqd, then the processes. */
  readonly tasks: readonly Task[];
  current: Task;
  /** Ledger kind of the segment on top of the stack; softirqs set it when they begin. */
  kind = 0;
  /** By reading of the run. */
  readonly accountings: readonly Accounting[];
  readonly charging: Charging;

  private readonly host: VcpuHost;
  /** By number; the timer has no line. */
  private readonly lines: InterruptLine[] = [];
  private readonly timers: KernelTimers;
  private readonly costs: KernelCosts;
  private readonly kinds: KernelKinds;
  private readonly periodic: PeriodicTimer;
  private readonly singleShotTimer: SingleShotTimer;
  readonly runQueue: RunQueue;
  /** What handlers open and raise. */
  readonly softirqs = new Softirqs();
  /** Is done before what is on top of the stack. */
  readonly owed: OwedWork;

  private pcpu: Pcpu = NO_PCPU;
  private sinceNs = ZERO_NS;
  private level = NOTHING;
  private leftNs = ZERO_NS;
  private space = 0;
  /** Ledger cell of kind 0 for what runs now. */
  base = 0;
  private pendingIrqs = 0;
  needsReschedule = false;
  private inProcessContext = false;

  constructor(parts: KernelParts) {
    this.domain = parts.domain;
    this.vcpu = parts.vcpu;
    this.clock = parts.clock;
    this.host = parts.host;
    this.ledger = parts.ledger;
    this.owed = new OwedWork(parts.ledger.kinds.length);
    this.tasks = parts.tasks;
    this.current = parts.tasks[0]!;
    parts.tasks[KSOFTIRQD]!.started = true;
    this.timers = new KernelTimers(parts.tasks, parts.jiffyNs);
    this.runQueue = parts.runQueue;
    this.accountings = parts.accountings;
    this.charging = chargingOf(parts.accountings);
    this.costs = parts.costs;
    this.kinds = parts.kinds;
    const { clock, queue, slots, timerSlackNs, jiffyNs } = parts;
    this.periodic = new PeriodicTimer(queue, slots.periodicTimer, timerSlackNs, jiffyNs);
    this.singleShotTimer = new SingleShotTimer(clock, queue, slots.singleShot, jiffyNs);
  }

  /** Adds an interrupt line, for a device or an event channel. */
  addLine(): InterruptLine {
    const line = new InterruptLine(this, TIMER_IRQ + 1 + this.lines.length);
    this.lines.push(line);
    return line;
  }

  /** From now on the timer tick drives this, too. */
  addTimer(timer: KernelTimer): void {
    this.timers.add(timer);
  }

  /** For `InterruptLine` and the timer: interrupts this guest, now or when its VCPU next runs. */
  raiseIrq(irq: number): void {
    this.send(irq);
    this.interrupt();
  }

  interrupt(): void {
    if (this.pcpu === NO_PCPU || this.pendingIrqs === 0) return;
    this.accrue();
    this.takeInterrupts();
    this.resume();
  }

  /** Wakes a task, if it is started and asleep. For drivers and programs. */
  wakeTask(task: Task): void {
    if (task.runnable === true || !task.started) return;
    if (task.stopped) {
      task.wakesWhenContinued = true;
      return;
    }
    if (this.runQueue.wake(task, this.current, !this.inProcessContext)) this.needsReschedule = true;
  }

  /** Starts a process: from outside, at any time. */
  startTask(task: Task): void {
    this.accrue();
    task.started = true;
    this.wakeTask(task);
    if (this.level === BLOCKED) this.unblock();
    if (this.pcpu !== NO_PCPU) this.resume();
  }

  /** SIGSTOP for a task that is not current, with effect at once. For drivers and programs. */
  stopTask(task: Task): void {
    if (task.stopped) return;
    task.stopped = true;
    if (!task.runnable) return;
    this.runQueue.remove(task);
    task.wakesWhenContinued = true;
  }

  /** SIGCONT. For drivers and programs. */
  continueTask(task: Task): void {
    task.stopped = false;
    if (!task.wakesWhenContinued) return;
    task.wakesWhenContinued = false;
    this.wakeTask(task);
  }

  /**
   * A task that goes to sleep asks to be woken: by the first timer event at which the kernel's
   * clock, in whole jiffies, has reached `timeNs`. For programs.
   */
  sleepUntil(task: Task, timeNs: number): void {
    this.timers.sleepers.add(task, timeNs);
  }

  /** Work that the current task's next unit has to do first, e.g. in a system call. */
  owe(kind: number, ns: number): void {
    this.owed.add(kind, ns);
  }

  /** The hypervisor has put this VCPU on a PCPU. */
  switchedIn(pcpu: Pcpu, wasLoaded: boolean): void {
    const nowNs = this.clock.nowNs;
    this.pcpu = pcpu;
    this.sinceNs = nowNs;
    const { costs, kinds } = this;
    if (wasLoaded) this.owed.add(kinds.schedulerPass, costs.schedulerPassNs);
    else this.owed.add(kinds.vcpuSwitch, costs.schedulerPassNs + costs.vcpuSwitchNs);
    if (this.periodic.start(nowNs)) this.pendingIrqs |= 1 << TIMER_IRQ;
    this.takeInterrupts();
    this.resume();
  }

  /** The hypervisor has taken this VCPU off its PCPU. */
  switchedOut(): void {
    this.accrue();
    this.pcpu = NO_PCPU;
  }

  /** The hypervisor has looked for something else to run here, and found nothing. */
  goesOn(): void {
    this.accrue();
    this.owed.add(this.kinds.schedulerPass, this.costs.schedulerPassNs);
    this.arm();
  }

  periodicTimer(): void {
    this.periodic.sendEvent(this.clock.nowNs);
    this.send(TIMER_IRQ);
  }

  stopPeriodicTimer(): void {
    this.periodic.stop();
  }

  /** The guest asked for it when it was last idle. */
  singleShot(): void {
    this.singleShotTimer.fires();
    this.send(TIMER_IRQ);
  }

  /** The segment on top of the stack is finished: all that it had left was done since then. */
  workDone(): void {
    const { ledger, owed, level } = this;
    this.sinceNs = this.clock.nowNs;
    if (owed.totalNs > 0) owed.payAll(ledger, this.base);
    ledger.ns[this.base + this.kind]! += this.leftNs;
    this.leftNs = 0;
    this.level = NOTHING;
    if (level === SOFTIRQ) {
      this.softirqs.finish();
    } else if (level === TASK) {
      this.current.busy = false;
      this.inProcessContext = true;
      this.current.program.finish();
      this.inProcessContext = false;
    }
    this.proceed();
  }

  /** Books the time since the last call. Needed before anybody reads the ledger. */
  accrue(): void {
    if (this.pcpu === NO_PCPU) return;
    const { clock, ledger, owed } = this;
    let ns = clock.nowNs - this.sinceNs;
    if (ns === 0) return;
    this.sinceNs = clock.nowNs;
    if (owed.totalNs > 0) {
      ns = owed.pay(ns, ledger, this.base);
      if (ns === 0) return;
    }
    ledger.ns[this.base + this.kind]! += ns;
    const leftNs = this.leftNs - ns;
    if (leftNs < 0) throw new Error(`kernel ${this.vcpu} ran ${-leftNs} ns with no work`);
    this.leftNs = leftNs;
    if (this.level === TASK) this.current.leftNs = leftNs;
  }

  /** What a column of this guest's /proc/stat shows in a reading, in nanoseconds. */
  statNs(column: number, reading = 0): number {
    return this.accountings[reading]!.statNs(column, this.level === BLOCKED);
  }

  /** An event is one bit, however often it is sent before the guest sees it. */
  private send(irq: number): void {
    this.pendingIrqs |= 1 << irq;
    if (this.level === BLOCKED) this.unblock();
  }

  private unblock(): void {
    this.level = NOTHING;
    this.host.wake(this.vcpu);
  }

  private takeInterrupts(): void {
    if (this.pendingIrqs === 0) return;
    do {
      const irq = 31 - Math.clz32(this.pendingIrqs & -this.pendingIrqs);
      this.pendingIrqs &= this.pendingIrqs - 1;
      if (irq === TIMER_IRQ) {
        this.owed.add(this.kinds.timer, this.costs.timerInterruptNs);
        this.tick();
      } else {
        const line = this.lines[irq - TIMER_IRQ - 1]!;
        this.owed.add(line.kind, this.costs.deviceInterruptNs);
        line.handler();
      }
    } while (this.pendingIrqs !== 0);
    // Leaving an interrupt runs softirqs, even those that were left to ksoftirqd.
    if (this.level !== SOFTIRQ) this.softirqs.restart();
  }

  private tick(): void {
    const { current, timers } = this;
    const { nowNs } = this.clock;
    this.singleShotTimer.ticked();
    const column = columnOf(this.level === SOFTIRQ, current.index === 0, this.isInUser());
    this.charging.tick(current, column);
    const { sleepers } = timers;
    for (let due = sleepers.takeDue(nowNs); due !== null; due = sleepers.takeDue(nowNs)) {
      this.wakeTask(due);
    }
    timers.tick();
    if (current.index !== 0 && this.runQueue.tick(current)) this.needsReschedule = true;
  }

  /** Whether the task on top is in user mode: it is not if it owes part of a system call. */
  private isInUser(): boolean {
    if (this.level !== TASK || this.ledger.kinds[this.kind]!.context !== 'user') return false;
    return !this.owed.includes(this.ledger, 'kernel');
  }

  /** After an interruption: goes on with the segment on top, unless something goes before it. */
  private resume(): void {
    if (this.level === SOFTIRQ) {
      this.arm();
    } else if (
      this.level === TASK &&
      !this.softirqs.isPending() &&
      this.needsReschedule === false
    ) {
      this.arm();
    } else {
      this.level = NOTHING;
      this.proceed();
    }
  }

  /** Nothing is on the stack: finds what to do next, or blocks. */
  private proceed(): void {
    for (;;) {
      if (this.startSoftirq()) return;
      const next = this.chooseTask();
      if (next === null) {
        this.idle();
        return;
      }
      if (this.startUnit(next)) return;
      this.runQueue.sleep(next);
      this.needsReschedule = true;
    }
  }

  private startSoftirq(): boolean {
    const costNs = this.softirqs.begin();
    if (costNs > 0) {
      this.level = SOFTIRQ;
      this.leftNs = costNs;
      this.arm();
      return true;
    }
    if (costNs === WAKE_KSOFTIRQD) this.wakeTask(this.tasks[KSOFTIRQD]!);
    return false;
  }

  private chooseTask(): Task | null {
    const current = this.current;
    if (this.needsReschedule === false && current.runnable === true) return current;
    this.needsReschedule = false;
    const next = this.runQueue.pick();
    if (next === current) return current;
    if (current.runnable === true) this.runQueue.preempted(current);
    this.charging.switched(current);
    this.current = next ?? this.tasks[0]!;
    if (next !== null) {
      this.runQueue.runs(next);
      if (next.space !== 0 && next.space !== this.space) {
        this.owed.add(this.kinds.processSwitch, this.costs.processSwitchNs);
        this.space = next.space;
      }
    }
    this.base = this.ledger.base(this.space, this.current.index);
    return next;
  }

  /** Starts or continues a task's unit of work; false if the task has none and should sleep. */
  private startUnit(task: Task): boolean {
    if (task.busy === false) {
      if (task.index === KSOFTIRQD) {
        this.softirqs.restart();
        return this.startSoftirq();
      }
      this.inProcessContext = true;
      task.leftNs = task.program.begin();
      this.inProcessContext = false;
      if (task.leftNs === 0) return false;
      task.busy = true;
    }
    this.level = TASK;
    this.leftNs = task.leftNs;
    this.kind = task.kind;
    this.arm();
    return true;
  }

  private idle(): void {
    this.leftNs = 0;
    if (this.owed.totalNs > 0) {
      this.arm();
      return;
    }
    this.pcpu.workEndNs = Infinity;
    this.level = BLOCKED;
    this.singleShotTimer.set(this.timers.nextNs());
    this.host.block(this.vcpu);
  }

  private arm(): void {
    this.pcpu.workEndNs = this.clock.nowNs + this.owed.totalNs + this.leftNs;
  }
}
