import type { Clock } from '../engine/clock.js';
import { RandomStream } from '../engine/random-stream.js';
import type { Alarm } from '../guest/alarm.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Program } from '../guest/program.js';
import type { Task } from '../guest/task.js';
import type { ProcessBase } from '../input.js';
import { TICK_NS } from '../limits.js';
import { periodicSeries } from '../series.js';
import type { ProgramKind } from './program-kind.js';

/** A process that runs for a while, sleeps, and runs again. */
export interface PeriodicInput extends ProcessBase {
  readonly program: 'periodic';
  /** How long it runs each time. */
  readonly runNs: number;
  /** From one start to the next; starts that have passed while it ran are left out. */
  readonly everyNs: number;
  /** When the first start is due, after that of the process. */
  readonly offsetNs: number;
  /** How much later than due it starts each time. */
  readonly jitter: PeriodicJitter;
  /**
   * `jiffies`: a timer tick of its kernel wakes it, and it runs for `runNs` of CPU time.
   * `exact`: an exact timer wakes it, and it watches the time-stamp counter and stops when `runNs`
   * have passed since its start was due, whether it had the CPU or not.
   */
  readonly clock: 'jiffies' | 'exact';
  /**
   * `ticks`: starts count from the hypervisor's tick on its PCPU, the offset after each, or after
   * every second, third ... if `everyNs` is as many ticks. How it knows the ticks is left out.
   */
  readonly align: 'none' | 'ticks';
}

export type PeriodicJitter =
  | { readonly kind: 'none' }
  | { readonly kind: 'uniform'; readonly mostNs: number }
  | { readonly kind: 'exponential'; readonly meanNs: number };

/** How often a process looks at the time-stamp counter while it runs: so far it may overrun. */
const LOOK_NS = 50_000;

export const PERIODIC: ProgramKind<PeriodicInput> = {
  plan: (process, { task, beneficiary, kernel: { kinds } }) => {
    const kind = kinds.add('interrupt', 'exact timer', beneficiary);
    return ({ seed, clock, kernel, makeAlarm, nextTickNs }) => {
      const { name, runNs } = process;
      const random = new RandomStream(seed, `${name}.jitter`);
      const starts = new Starts(process, random, nextTickNs);
      const program =
        process.clock === 'jiffies'
          ? new JiffyPeriodic(clock, kernel, task, runNs, starts)
          : new ExactPeriodic(clock, kernel, task, runNs, starts, makeAlarm(kind));
      return {
        program,
        totals: [{ key: periodicSeries.runs(name), unit: 'count', read: () => starts.runs }],
      };
    };
  },
};

/** When a periodic process is due to start, and how often it has run. */
class Starts {
  runs = 0;
  private readonly process: PeriodicInput;
  private readonly random: RandomStream;
  private readonly nextTickNs: () => number;
  /** The last one, before its jitter. */
  private lastNs: number;
  /** The next one with its jitter; negative before the first is known. */
  private nextNs = -1;

  constructor(process: PeriodicInput, random: RandomStream, nextTickNs: () => number) {
    this.process = process;
    this.random = random;
    this.nextTickNs = nextTickNs;
    this.lastNs = process.startNs + process.offsetNs - process.everyNs;
  }

  /** When it is to start, or was to start the run that it is in. */
  dueNs(nowNs: number): number {
    if (this.nextNs < 0) this.nextNs = this.notBefore(nowNs);
    return this.nextNs;
  }

  /** A run has ended. */
  ran(nowNs: number): void {
    this.runs++;
    this.nextNs = this.notBefore(nowNs);
  }

  private notBefore(nowNs: number): number {
    const { align, everyNs, offsetNs } = this.process;
    if (align === 'ticks') {
      this.lastNs = this.nextTickNs() + everyNs - TICK_NS + offsetNs;
    } else {
      const periods = Math.max(1, Math.ceil((nowNs - this.lastNs) / everyNs));
      this.lastNs += periods * everyNs;
    }
    return this.lastNs + this.delayNs();
  }

  private delayNs(): number {
    const { jitter } = this.process;
    switch (jitter.kind) {
      case 'none':
        return 0;
      case 'uniform':
        return this.random.integer(jitter.mostNs);
      case 'exponential':
        return Math.round(this.random.exponential(jitter.meanNs));
    }
  }
}

/** Sleeps by its kernel's jiffies, and uses up a fixed CPU time. */
class JiffyPeriodic implements Program {
  private readonly clock: Clock;
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly runNs: number;
  private readonly starts: Starts;

  constructor(clock: Clock, kernel: GuestKernel, task: Task, runNs: number, starts: Starts) {
    this.clock = clock;
    this.kernel = kernel;
    this.task = task;
    this.runNs = runNs;
    this.starts = starts;
  }

  begin(): number {
    const { nowNs } = this.clock;
    const dueNs = this.starts.dueNs(nowNs);
    if (nowNs >= dueNs) return this.runNs;
    this.kernel.sleepUntil(this.task, dueNs);
    return 0;
  }

  finish(): void {
    this.starts.ran(this.clock.nowNs);
  }
}

/** Is woken by an exact timer, and stops when the time-stamp counter says so. */
class ExactPeriodic implements Program {
  private readonly clock: Clock;
  private readonly runNs: number;
  private readonly starts: Starts;
  private readonly alarm: Alarm;

  constructor(
    clock: Clock,
    kernel: GuestKernel,
    task: Task,
    runNs: number,
    starts: Starts,
    alarm: Alarm,
  ) {
    this.clock = clock;
    this.runNs = runNs;
    this.starts = starts;
    this.alarm = alarm;
    alarm.handler = () => kernel.wakeTask(task);
  }

  begin(): number {
    const { nowNs } = this.clock;
    this.stopIfOver(nowNs);
    const dueNs = this.starts.dueNs(nowNs);
    if (nowNs < dueNs) {
      this.alarm.set(dueNs);
      return 0;
    }
    return Math.min(dueNs + this.runNs - nowNs, LOOK_NS);
  }

  finish(): void {
    this.stopIfOver(this.clock.nowNs);
  }

  private stopIfOver(nowNs: number): void {
    if (nowNs >= this.starts.dueNs(nowNs) + this.runNs) this.starts.ran(nowNs);
  }
}
