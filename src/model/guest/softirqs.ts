import type { Softirq } from './softirq.js';

/** Linux runs newly raised softirqs this often in a row, then leaves them to ksoftirqd. */
const MAX_PASSES = 10;

/** `passes` when the softirqs are ksoftirqd's. */
const LEFT_TO_KSOFTIRQD = MAX_PASSES + 1;

/** What `begin` returns when ksoftirqd has to be woken to go on. */
export const WAKE_KSOFTIRQD = -1;

/**
 * The softirqs of a kernel. Those that are raised run in a pass, lowest number first; what they
 * raise in turn runs in the next pass.
 */
export class Softirqs {
  private readonly handlers: Softirq[] = [];
  private raised = 0;
  private pass = 0;
  private passes = 0;
  /** The one that was begun last. */
  private running = 0;

  /** Registers the handler of a new softirq and returns its number. */
  open(handler: Softirq): number {
    return this.handlers.push(handler) - 1;
  }

  raise(number: number): void {
    this.raised |= 1 << number;
  }

  /** The one that has just finished goes on, in the same pass. */
  goOn(): void {
    this.pass |= 1 << this.running;
  }

  isPending(): boolean {
    return (this.raised | this.pass) !== 0;
  }

  /** Passes count from here: an interrupt returns, or ksoftirqd has the CPU. */
  restart(): void {
    this.passes = 0;
  }

  /** Begins the next one that has work and returns its CPU time; 0 if there is none to run here. */
  begin(): number {
    while ((this.raised | this.pass) !== 0) {
      if (this.passes === LEFT_TO_KSOFTIRQD) return 0;
      if (this.pass === 0) {
        this.passes++;
        if (this.passes === LEFT_TO_KSOFTIRQD) return WAKE_KSOFTIRQD;
        this.pass = this.raised;
        this.raised = 0;
      }
      const number = 31 - Math.clz32(this.pass & -this.pass);
      this.pass &= this.pass - 1;
      const ns = this.handlers[number]!.begin();
      if (ns > 0) {
        this.running = number;
        return ns;
      }
    }
    this.passes = 0;
    return 0;
  }

  /** What `begin` began is done. */
  finish(): void {
    this.handlers[this.running]!.finish();
  }
}
