import { createLimiterLaw, type LimiterLaw, type LimiterLawName } from '../cage/limiter-laws.js';
import { Monitor } from '../cage/monitor.js';
import { type Clock, ZERO_NS } from '../engine/clock.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Program } from '../guest/program.js';
import type { Task } from '../guest/task.js';
import type { ProcessBase } from '../input.js';
import { limiterSeries } from '../series.js';
import type { ProgramKind } from './program-kind.js';

/** OC-Limiter: holds a process of its own domain to a limit, by SIGSTOP and SIGCONT. */
export interface LimiterInput extends ProcessBase {
  readonly program: 'oc-limiter';
  /** Name of the process, which is a member of a cage. */
  readonly target: string;
  /** Percent of one PCPU. */
  readonly limitPct: number;
  readonly law: LimiterLawName;
  /** How often it decides. */
  readonly slotNs: number;
}

/** Its target is measured as the target's cage measures it. */
export const OC_LIMITER: ProgramKind<LimiterInput> = {
  plan:
    ({ name, target, law, limitPct, slotNs }, { input, task }) =>
    ({ clock, kernel, taskOf }) => {
      const cage = input.cages.find(({ processes }) => processes.includes(target));
      if (cage === undefined) throw new Error(`${name}: its target ${target} is in no cage`);
      const targetTask = taskOf(target);
      const monitor = new Monitor(kernel, targetTask, cage.counts);
      const { limiterReadNs: readNs, limiterSignalNs: signalNs } = input.costs;
      const limiter = new OcLimiter(
        clock,
        kernel,
        task,
        { task: targetTask, monitor },
        createLimiterLaw(law, limitPct / 100),
        slotNs,
        { readNs, signalNs },
      );
      return {
        program: limiter,
        totals: [
          { key: limiterSeries.allowed(name), unit: 'ns', read: () => limiter.allowedNs() },
          { key: limiterSeries.stops(name), unit: 'count', read: () => limiter.stops },
        ],
      };
    },
};

/** What it does next. */
const READ = 0;
const CONTINUE = 1;
const LET_RUN = 2;
const STOP = 3;
const REST = 4;

interface LimiterCosts {
  /** Reading the cage by hypercall, and the arithmetic. */
  readonly readNs: number;
  /** Sending a signal. */
  readonly signalNs: number;
}

/** The process that is limited, and its measure in the cage. */
interface LimiterTarget {
  readonly task: Task;
  readonly monitor: Monitor;
}

/**
 * OC-Limiter: a process that reads once a slot how much CPU time the cage has recorded for another
 * one, lets that run for a part of the slot and stops it for the rest (paper, section 4.4). It runs
 * when its guest's scheduler and the hypervisor let it, and its sleeps end with jiffies: what a
 * slot really was is what it measures.
 */
class OcLimiter implements Program {
  stops = 0;
  private readonly clock: Clock;
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly target: LimiterTarget;
  private readonly law: LimiterLaw;
  private readonly slotNs: number;
  private readonly costs: LimiterCosts;
  private step = READ;
  private asleep = false;
  private slotStartNs = ZERO_NS;
  /** Nothing was measured yet. */
  private isFirst = true;
  private runNs = ZERO_NS;
  private lastUsedNs = ZERO_NS;
  /** Time in which the target was stopped, up to its last SIGCONT. */
  private stoppedNs = ZERO_NS;
  private stoppedSinceNs = ZERO_NS;

  constructor(
    clock: Clock,
    kernel: GuestKernel,
    task: Task,
    target: LimiterTarget,
    law: LimiterLaw,
    slotNs: number,
    costs: LimiterCosts,
  ) {
    this.clock = clock;
    this.kernel = kernel;
    this.task = task;
    this.target = target;
    this.law = law;
    this.slotNs = slotNs;
    this.costs = costs;
  }

  /** Time in which the target was allowed to run, up to now. */
  allowedNs(): number {
    const stopped = this.target.task.stopped ? this.clock.nowNs - this.stoppedSinceNs : 0;
    return this.clock.nowNs - this.stoppedNs - stopped;
  }

  begin(): number {
    if (this.step === LET_RUN || this.step === REST) {
      if (!this.asleep) return this.sleep();
      this.asleep = false;
      this.step = this.step === LET_RUN ? STOP : READ;
    }
    return this.step === READ ? this.costs.readNs : this.costs.signalNs;
  }

  finish(): void {
    if (this.step === READ) this.read();
    else if (this.step === CONTINUE) this.continueTarget();
    else this.stopTarget();
  }

  private sleep(): number {
    const ns = this.step === LET_RUN ? this.runNs : this.slotNs;
    this.kernel.sleepUntil(this.task, this.slotStartNs + ns);
    this.asleep = true;
    return 0;
  }

  /** A new slot begins. */
  private read(): void {
    const nowNs = this.clock.nowNs;
    const usedNs = this.target.monitor.readNs();
    const run = this.isFirst
      ? this.law.limit
      : this.law.next({
          slotNs: nowNs - this.slotStartNs,
          usedNs: usedNs - this.lastUsedNs,
          grantedNs: this.runNs,
        });
    this.isFirst = false;
    this.slotStartNs = nowNs;
    this.lastUsedNs = usedNs;
    this.runNs = Math.round(run * this.slotNs);
    if (this.target.task.stopped) this.step = CONTINUE;
    else this.step = this.letRun();
  }

  private continueTarget(): void {
    this.stoppedNs += this.clock.nowNs - this.stoppedSinceNs;
    this.kernel.continueTask(this.target.task);
    this.step = this.letRun();
  }

  private stopTarget(): void {
    this.stops++;
    this.stoppedSinceNs = this.clock.nowNs;
    this.kernel.stopTask(this.target.task);
    this.step = REST;
  }

  /** A whole slot needs no signal at its end. */
  private letRun(): number {
    return this.runNs < this.slotNs ? LET_RUN : REST;
  }
}
