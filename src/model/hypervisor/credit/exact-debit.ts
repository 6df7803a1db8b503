import type { RunTimes } from '../scheduler.js';
import { CREDITS_PER_TICK, TICK_NS } from './credit-constants.js';
import type { CreditScheduler } from './credit-scheduler.js';

const CREDIT_NS = TICK_NS / CREDITS_PER_TICK;

/**
 * Debits VCPUs by the time that they have run, once before each accounting, in the place of Xen's
 * whole ticks from whoever a tick finds running: shows what hangs on the sampling. Fractions of a
 * credit count the next time.
 */
export class ExactDebit {
  private readonly scheduler: CreditScheduler;
  private readonly ranNs: RunTimes;
  /** By VCPU: run time that credits were taken for. */
  private readonly chargedNs: Float64Array;

  constructor(scheduler: CreditScheduler, ranNs: RunTimes) {
    this.scheduler = scheduler;
    this.ranNs = ranNs;
    this.chargedNs = new Float64Array(scheduler.vcpus.length);
  }

  debit(): void {
    for (let vcpu = 0; vcpu < this.chargedNs.length; vcpu++) {
      const openNs = this.ranNs(vcpu) - this.chargedNs[vcpu]!;
      const credits = Math.floor(openNs / CREDIT_NS);
      this.chargedNs[vcpu]! += credits * CREDIT_NS;
      this.scheduler.charge(this.scheduler.vcpus[vcpu]!, credits);
    }
  }
}
