import { Clock } from '../../../src/model/engine/clock.js';
import { EventQueue } from '../../../src/model/engine/event-queue.js';
import type { InterruptLine } from '../../../src/model/guest/interrupt-line.js';
import { GuestKernel } from '../../../src/model/guest/kernel.js';
import type { KernelCosts } from '../../../src/model/guest/kernel-parts.js';
import { makeKernelPolicy } from '../../../src/model/guest/kernel-policy.js';
import { Ledger } from '../../../src/model/guest/ledger.js';
import { Task } from '../../../src/model/guest/task.js';
import type { VcpuHost } from '../../../src/model/hypervisor/guest.js';
import { Pcpu } from '../../../src/model/hypervisor/pcpu.js';
import {
  BLOCKED,
  OFFLINE,
  RUNNABLE,
  RUNNING,
  Runstate,
} from '../../../src/model/hypervisor/runstate.js';
import type { DomainInput } from '../../../src/model/input.js';
import { PROC_COLUMNS } from '../../../src/model/series.js';
import { domain } from '../machine-input.js';

export const MS = 1_000_000;

/** A program: the nanoseconds of its next unit of work, or 0 after it asked to be woken. */
export type Program = (guest: LoneGuest, task: Task) => number;

/** Runs in units of a second without ever sleeping. */
export const endless: Program = () => 1_000 * MS;

export interface LoneProcess {
  readonly program: Program;
  readonly nice?: number;
  readonly startNs?: number;
}

interface Action {
  readonly timeNs: number;
  readonly act: () => void;
}

const PERIODIC = 0;
const SINGLE_SHOT = 1;
/** Ledger kind of the device's interrupts. */
const UPKEEP = 1;
const NO_COSTS: KernelCosts = {
  schedulerPassNs: 0,
  vcpuSwitchNs: 0,
  processSwitchNs: 0,
  timerInterruptNs: 0,
  deviceInterruptNs: 0,
};
/** Before the processes come idle and ksoftirqd. */
const FIRST_PROCESS = 2;

/**
 * A guest kernel with a PCPU to itself, which tests may take away. What its processes use, and
 * when, is known from outside.
 */
export class LoneGuest implements VcpuHost {
  readonly clock = new Clock();
  readonly kernel: GuestKernel;
  readonly tasks: readonly Task[];
  private readonly queue = new EventQueue(2);
  private readonly pcpu = new Pcpu(0);
  private readonly runstate = new Runstate(this.clock);
  private readonly actions: Action[] = [];
  private readonly line: InterruptLine;
  private readonly due: Task[] = [];
  private wants = true;
  private has = false;
  private loaded = false;
  private taken = false;

  /** Without `costs` the kernel's own work takes no time. */
  constructor(
    processes: readonly LoneProcess[],
    over: Partial<DomainInput>,
    costs: Partial<KernelCosts> = {},
    timerSlackNs = 0,
  ) {
    this.tasks = [
      new Task('idle', 0, 0, 0, 0),
      new Task('ksoftirqd', 1, 0, 19, 0),
      ...processes.map(({ nice = 0 }, i) => new Task(`p${i}`, FIRST_PROCESS + i, 1 + i, nice, 0)),
    ];
    const count = this.tasks.length;
    this.kernel = new GuestKernel({
      domain: 0,
      vcpu: 0,
      clock: this.clock,
      queue: this.queue,
      host: this,
      ledger: new Ledger(1 + processes.length, count, [
        { context: 'user', work: 'process', beneficiary: -1 },
        { context: 'kernel', work: 'upkeep', beneficiary: -1 },
      ]),
      tasks: this.tasks,
      ...makeKernelPolicy([domain('vm1', over)], this.clock, this, 0, this.tasks),
      costs: { ...NO_COSTS, ...costs },
      timerSlackNs,
      kinds: { schedulerPass: 1, vcpuSwitch: 1, processSwitch: 1, timer: 1 },
      slots: { periodicTimer: PERIODIC, singleShot: SINGLE_SHOT },
    });
    this.line = this.kernel.addLine();
    this.line.handler = () => this.interrupt();
    processes.forEach(({ program, startNs = 0 }, i) => {
      const task = this.process(i);
      task.program = { begin: () => program(this, task), finish: () => undefined };
      this.at(startNs, () => this.kernel.startTask(task));
    });
  }

  /** Something that happens from outside. */
  at(timeNs: number, act: () => void): void {
    this.actions.push({ timeNs, act });
    this.actions.sort((a, b) => a.timeNs - b.timeNs);
  }

  /** A device wakes the task at exactly this time. */
  deviceWakes(task: Task, timeNs: number): void {
    this.at(timeNs, () => {
      this.due.push(task);
      this.line.raise(UPKEEP);
    });
  }

  /** Something runs in an interrupt of this guest: what only kernel code may do. */
  inInterrupt(timeNs: number, act: () => void): void {
    this.at(timeNs, () => {
      this.onInterrupt = act;
      this.line.raise(UPKEEP);
    });
  }

  /** Another VCPU has the PCPU for this long. */
  takeAway(fromNs: number, toNs: number): void {
    this.at(fromNs, () => {
      this.taken = true;
      this.loaded = false;
    });
    this.at(toNs, () => {
      this.taken = false;
    });
  }

  runUntil(endNs: number): void {
    for (;;) {
      if (this.nextNs() > this.clock.nowNs && this.switchVcpu()) continue;
      if (this.nextNs() > endNs) break;
      this.clock.nowNs = this.nextNs();
      this.step();
    }
    this.clock.nowNs = endNs;
    this.kernel.accrue();
  }

  /** True CPU time of a process, by index. */
  usedNs(process: number): number {
    const { ledger } = this.kernel;
    return ledger.sumNs(ledger.select((_, task) => task === FIRST_PROCESS + process));
  }

  /** True CPU time of the kernel's own work, whatever task it interrupted. */
  upkeepNs(): number {
    const { ledger } = this.kernel;
    return ledger.sumNs(ledger.select((_space, _task, { work }) => work === 'upkeep'));
  }

  /** What /proc shows of a process, by index. */
  chargedNs(process: number): number {
    const task = this.tasks[FIRST_PROCESS + process]!;
    return this.kernel.accountings[0]!.chargedNs(task, this.kernel.current);
  }

  /** /proc/stat by column. */
  stat(): Record<(typeof PROC_COLUMNS)[number], number> {
    const entries = PROC_COLUMNS.map((column, i) => [column, this.kernel.statNs(i)] as const);
    return Object.fromEntries(entries) as Record<(typeof PROC_COLUMNS)[number], number>;
  }

  process(index: number): Task {
    return this.tasks[FIRST_PROCESS + index]!;
  }

  // What the kernel asks of its hypervisor.

  wake(): void {
    this.wants = true;
    this.runstate.enter(RUNNABLE);
  }

  block(): void {
    this.wants = false;
  }

  stolenNs(): number {
    return this.runstate.timeInNs(RUNNABLE) + this.runstate.timeInNs(OFFLINE);
  }

  blockedNs(): number {
    return this.runstate.timeInNs(BLOCKED);
  }

  private interrupt(): void {
    for (const task of this.due.splice(0)) this.kernel.wakeTask(task);
    this.onInterrupt();
    this.onInterrupt = () => undefined;
  }

  private onInterrupt: () => void = () => undefined;

  private nextNs(): number {
    return Math.min(
      this.pcpu.workEndNs,
      this.queue.nextTimeNs(),
      this.actions[0]?.timeNs ?? Infinity,
    );
  }

  private step(): void {
    const { nowNs } = this.clock;
    if (this.actions[0]?.timeNs === nowNs) {
      this.actions.shift()!.act();
    } else if (this.pcpu.workEndNs === nowNs) {
      this.kernel.workDone();
    } else {
      this.timers(nowNs);
    }
  }

  /** Its VCPU's timers, as the hypervisor has them: events first, then the interrupt. */
  private timers(nowNs: number): void {
    const { kernel, queue } = this;
    if (queue.timeOf(PERIODIC) === nowNs) {
      if (this.has) kernel.periodicTimer();
      else kernel.stopPeriodicTimer();
    }
    if (queue.timeOf(SINGLE_SHOT) === nowNs) kernel.singleShot();
    kernel.interrupt();
  }

  /** The end of an instant: puts the VCPU on its PCPU or takes it off, if it has to. */
  private switchVcpu(): boolean {
    const should = this.wants && !this.taken;
    if (should !== this.has) {
      this.has = should;
      this.pcpu.workEndNs = Infinity;
      if (should) {
        this.runstate.enter(RUNNING);
        const wasLoaded = this.loaded;
        this.loaded = true;
        this.kernel.switchedIn(this.pcpu, wasLoaded);
        return true;
      }
      this.kernel.switchedOut();
      this.runstate.enter(this.wants ? RUNNABLE : BLOCKED);
      return true;
    }
    if (!should) this.runstate.enter(this.wants ? RUNNABLE : BLOCKED);
    return false;
  }
}
