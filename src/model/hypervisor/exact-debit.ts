import { CREDITS_PER_TICK, TICK_NS } from './credit-constants.js';
import type { CreditScheduler } from './credit-scheduler.js';
import type { AllocationPolicy, Host } from './host.js';
import { RUNNING } from './runstate.js';

const CREDIT_NS = TICK_NS / CREDITS_PER_TICK;

/**
 * Debits VCPUs by the time that they have run, once before each accounting, in the place of Xen's
 * whole ticks from whoever a tick finds running: shows what hangs on the sampling. Fractions of a
 * credit count the next time.
 */
export class ExactDebit implements AllocationPolicy {
  private readonly inner: AllocationPolicy;
  private readonly scheduler: CreditScheduler;
  private readonly host: Host;
  /** By VCPU: run time that credits were taken for. */
  private readonly chargedNs: Float64Array;

  /** @param inner what else is done before accounting */
  constructor(inner: AllocationPolicy, scheduler: CreditScheduler, host: Host) {
    this.host = host;
    this.inner = inner;
    this.scheduler = scheduler;
    this.chargedNs = new Float64Array(scheduler.vcpus.length);
  }

  atTick(): void {
    this.inner.atTick();
  }

  beforeAccounting(): void {
    const { runstates } = this.host;
    for (let vcpu = 0; vcpu < this.chargedNs.length; vcpu++) {
      const openNs = runstates[vcpu]!.timeInNs(RUNNING) - this.chargedNs[vcpu]!;
      const credits = Math.floor(openNs / CREDIT_NS);
      this.chargedNs[vcpu]! += credits * CREDIT_NS;
      this.scheduler.charge(this.scheduler.vcpus[vcpu]!, credits);
    }
    this.inner.beforeAccounting();
  }
}
