import { CreditScheduler } from '../../src/model/hypervisor/credit/credit-scheduler.js';
import { AccountingLog } from './accounting-log.js';
import type { CreditVector } from './credit-vector.js';
import { ScenarioRun } from './scenario-run.js';

type Adjust = Extract<CreditVector['ops'][number], { op: 'adjust' }>;

/** A scenario under the credit scheduler. Adjusts act in place. */
export class CreditRun extends ScenarioRun<Adjust, CreditScheduler> {
  readonly accountings: AccountingLog;
  private accounted = 0;

  constructor(scenario: Omit<CreditVector, 'scheduler' | 'name' | 'expect'>) {
    const ids = scenario.domains.map(({ id }) => id);
    super(scenario, ids, (pcpus, vcpus) => {
      const domains = scenario.domains.map(({ weight, cap }) => ({ weight, capPct: cap }));
      return new CreditScheduler({ pcpus, domains, vcpus });
    });
    this.accountings = new AccountingLog(this.vcpuNames.length);
  }

  protected override adjust({ domain, weight, cap }: Adjust): void {
    this.scheduler.adjust(this.indexOf(domain), { weight, capPct: cap });
  }

  protected override afterTick(): void {
    const { accountings, balance, activeWeight, vcpus } = this.scheduler;
    if (accountings === this.accounted) return;
    this.accounted = accountings;
    this.accountings.add(this.clock.nowNs, balance, activeWeight, vcpus);
  }

  protected override afterDecision(): void {}
}
