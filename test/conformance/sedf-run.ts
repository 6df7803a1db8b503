import type { Decision } from '../../src/model/hypervisor/scheduler.js';
import { SedfScheduler } from '../../src/model/hypervisor/sedf/sedf-scheduler.js';
import type { Vcpu } from '../../src/model/hypervisor/vcpu.js';
import { DecisionLog } from './decision-log.js';
import { ScenarioRun } from './scenario-run.js';
import type { SedfVector } from './sedf-vector.js';

type Adjust = Extract<SedfVector['ops'][number], { op: 'adjust' }>;

/** A scenario under SEDF. A pause waits until the VCPU has stopped, and so does an adjust. */
export class SedfRun extends ScenarioRun<Adjust, SedfScheduler> {
  readonly decisions: DecisionLog;

  constructor(scenario: Omit<SedfVector, 'scheduler' | 'name' | 'expect'>) {
    const others = scenario.domains.map(({ id }) => id).filter((id) => id !== 0);
    super(
      scenario,
      [0, ...others],
      (pcpus, vcpus, clock) => new SedfScheduler(clock, { pcpus, domains: [], vcpus }),
    );
    this.decisions = new DecisionLog(this.vcpuNames);
    for (const { id, vcpus: _, ...share } of scenario.domains) {
      const { period_ns: periodNs, slice_ns: sliceNs, extratime, weight } = share;
      if (periodNs === undefined || sliceNs === undefined || weight === undefined) continue;
      this.scheduler.adjust(this.indexOf(id), {
        periodNs,
        sliceNs,
        extratime: extratime === 1,
        weight,
      });
    }
  }

  protected override adjust(step: Adjust): void {
    const domain = this.indexOf(step.domain);
    const { vcpus } = this.scheduler;
    const paused = vcpus.filter((vcpu) => vcpu.domain === domain && !this.asks(vcpu, step));
    for (const vcpu of paused) this.pause(vcpu);
    const { period_ns: periodNs, slice_ns: sliceNs, extratime, weight } = step;
    this.scheduler.adjust(domain, { periodNs, sliceNs, extratime: extratime === 1, weight });
    for (const vcpu of paused) this.scheduler.unpause(vcpu);
  }

  private asks(vcpu: Vcpu, { caller }: Adjust): boolean {
    return caller !== undefined && vcpu === this.vcpuOf(caller) && vcpu.isRunning();
  }

  protected override pause(vcpu: Vcpu): void {
    const runs = vcpu.isRunning();
    super.pause(vcpu);
    if (runs) this.reschedule(vcpu.pcpu);
  }

  protected override afterTick(): void {}

  protected override afterDecision(pcpu: number, { vcpu, sliceNs }: Decision): void {
    const { mode } = this.scheduler.pcpus[pcpu]!.current;
    this.decisions.add(this.clock.nowNs, pcpu, vcpu.number, mode, sliceNs);
  }
}
