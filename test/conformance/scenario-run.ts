import { Clock } from '../../src/model/engine/clock.js';
import { EventQueue } from '../../src/model/engine/event-queue.js';
import type { Decision, Scheduler, VcpuPlacement } from '../../src/model/hypervisor/scheduler.js';
import type { SchedPcpu, Vcpu } from '../../src/model/hypervisor/vcpu.js';
import { SwitchLog } from './switch-log.js';
import type { Scenario } from './vector.js';

interface Start {
  readonly vcpu: number;
  readonly timeNs: number;
}

/** Makes the scheduler; VCPUs in file order. */
type MakeScheduler<S> = (pcpus: number, vcpus: readonly VcpuPlacement[], clock: Clock) => S;

/**
 * A bare machine around the scheduler: VCPUs that alternate between running and blocking, and
 * scripted operations. Slots of the event queue are numbered in the order that the vectors' format
 * gives for one instant: tickers, slice timers, operations, starts, wake-ups, ends of bursts.
 */
export abstract class ScenarioRun<Adjust, S extends Scheduler> {
  /** By VCPU in file order. */
  readonly cpuNs: Float64Array;
  /** "domain.vcpu". */
  readonly vcpuNames: readonly string[];
  readonly switches: SwitchLog;
  protected readonly clock = new Clock();
  protected readonly scheduler: S;
  private readonly queue: EventQueue;
  private readonly endNs: number;
  private readonly firstSlice: number;
  private readonly opsSlot: number;
  private readonly startsSlot: number;
  private readonly firstWake: number;
  private readonly firstBurstEnd: number;
  private readonly lastSlot: number;
  private readonly ops: Scenario['ops'];
  private nextOp = 0;
  private readonly starts: readonly Start[];
  private nextStart = 0;
  private readonly domainIndex: ReadonlyMap<number, number>;
  private readonly vcpuIndex: ReadonlyMap<string, number>;
  /** Bursts of all VCPUs in one row, as run, block, run, block; each VCPU's range in `range`. */
  private readonly bursts: Float64Array;
  private readonly range: Int32Array;
  private readonly burst: Int32Array;
  private readonly remainingNs: Float64Array;
  private readonly runningSinceNs: Float64Array;

  /** @param domains ids of the domains as the scheduler numbers them */
  constructor(scenario: Scenario, domains: readonly number[], make: MakeScheduler<S>) {
    this.domainIndex = new Map(domains.map((id, i) => [id, i]));
    const vcpus = scenario.domains.flatMap(({ id, vcpus }) =>
      vcpus.map((vcpu) => ({ ...vcpu, domain: this.indexOf(id), name: `${id}.${vcpu.id}` })),
    );
    this.vcpuNames = vcpus.map(({ name }) => name);
    this.vcpuIndex = new Map(this.vcpuNames.map((name, i) => [name, i]));
    this.endNs = scenario.end_ns;
    this.cpuNs = new Float64Array(vcpus.length);
    this.switches = new SwitchLog(this.vcpuNames);
    this.scheduler = make(scenario.pcpus, vcpus, this.clock);
    // Sorting is stable: what is due at the same time stays in file order.
    this.ops = scenario.ops.toSorted((a, b) => a.t_ns - b.t_ns);
    this.starts = vcpus
      .map((vcpu, i) => ({ vcpu: i, timeNs: vcpu.start_ns }))
      .sort((a, b) => a.timeNs - b.timeNs);

    this.bursts = Float64Array.from(vcpus.flatMap((vcpu) => vcpu.bursts.flat()));
    this.range = new Int32Array(vcpus.length + 1);
    vcpus.forEach((vcpu, i) => {
      this.range[i + 1] = this.range[i]! + 2 * vcpu.bursts.length;
    });
    this.burst = this.range.slice(0, vcpus.length);
    this.remainingNs = Float64Array.from(this.burst, (at) => this.bursts[at]!);
    this.runningSinceNs = new Float64Array(scenario.pcpus);

    this.firstSlice = scenario.pcpus;
    this.opsSlot = 2 * scenario.pcpus;
    this.startsSlot = this.opsSlot + 1;
    this.firstWake = this.startsSlot + 1;
    this.firstBurstEnd = this.firstWake + vcpus.length;
    this.lastSlot = this.firstBurstEnd + scenario.pcpus - 1;
    this.queue = new EventQueue(this.lastSlot + 1);
    for (let pcpu = 0; pcpu < scenario.pcpus; pcpu++)
      this.queue.schedule(pcpu, this.scheduler.tickNs);
    this.armOps();
    this.armStarts();
  }

  /** Changes a domain's share. */
  protected abstract adjust(step: Adjust): void;
  /** A ticker has run. */
  protected abstract afterTick(): void;
  /** A PCPU has rescheduled. */
  protected abstract afterDecision(pcpu: number, decision: Decision): void;

  /** Number of a domain. */
  protected indexOf(domainId: number): number {
    return this.domainIndex.get(domainId)!;
  }

  /** VCPU by its name. */
  protected vcpuOf(name: string): Vcpu {
    return this.scheduler.vcpus[this.vcpuIndex.get(name)!]!;
  }

  run(): this {
    const queue = this.queue;
    while (queue.nextTimeNs() < this.endNs) {
      const slot = queue.nextSlot();
      this.clock.nowNs = queue.timeOf(slot);
      this.handle(slot);
      // Nothing at this instant comes after the last slot.
      if (slot === this.lastSlot || queue.nextTimeNs() !== this.clock.nowNs)
        this.reschedulePending();
    }
    this.clock.nowNs = this.endNs;
    for (let pcpu = 0; pcpu < this.firstSlice; pcpu++) this.accrue(pcpu);
    return this;
  }

  private handle(slot: number): void {
    if (slot >= this.firstBurstEnd) this.endBurst(slot - this.firstBurstEnd);
    else if (slot >= this.firstWake) this.wake(slot - this.firstWake);
    else if (slot < this.firstSlice) this.tick(slot);
    else if (slot < this.opsSlot) this.endSlice(slot - this.firstSlice);
    else if (slot === this.opsSlot) this.operate();
    else this.start();
  }

  private tick(pcpu: number): void {
    const { scheduler } = this;
    this.queue.schedule(pcpu, this.clock.nowNs + scheduler.tickNs);
    scheduler.tick(scheduler.pcpus[pcpu]!);
    this.afterTick();
  }

  private endSlice(pcpu: number): void {
    this.queue.cancel(this.firstSlice + pcpu);
    this.scheduler.requestReschedule(this.scheduler.pcpus[pcpu]!);
  }

  private armOps(): void {
    this.queue.schedule(this.opsSlot, this.ops[this.nextOp]?.t_ns ?? Number.POSITIVE_INFINITY);
  }

  private operate(): void {
    const step = this.ops[this.nextOp++]!;
    this.armOps();
    if (step.op === 'adjust') {
      this.adjust(step as Adjust);
      return;
    }
    const vcpu = this.vcpuOf(`${step.domain}.${step.vcpu}`);
    if (step.op === 'pause') this.pause(vcpu);
    else this.scheduler.unpause(vcpu);
  }

  protected pause(vcpu: Vcpu): void {
    this.scheduler.pause(vcpu);
  }

  private armStarts(): void {
    const timeNs = this.starts[this.nextStart]?.timeNs ?? Number.POSITIVE_INFINITY;
    this.queue.schedule(this.startsSlot, timeNs);
  }

  private start(): void {
    const { vcpu } = this.starts[this.nextStart++]!;
    this.armStarts();
    this.scheduler.unpause(this.scheduler.vcpus[vcpu]!);
  }

  private wake(vcpu: number): void {
    this.queue.cancel(this.firstWake + vcpu);
    this.scheduler.wake(this.scheduler.vcpus[vcpu]!);
  }

  private endBurst(pcpu: number): void {
    const slot = this.firstBurstEnd + pcpu;
    // The PCPU reschedules within this instant, which moves the slot; after the last slot, next.
    if (slot !== this.lastSlot) this.queue.cancel(slot);
    this.accrue(pcpu);
    const { current } = this.scheduler.pcpus[pcpu]!;
    const vcpu = current.number;
    const at = this.burst[vcpu]!;
    this.queue.schedule(this.firstWake + vcpu, this.clock.nowNs + this.bursts[at + 1]!);
    const next = at + 2 < this.range[vcpu + 1]! ? at + 2 : this.range[vcpu]!;
    this.burst[vcpu] = next;
    this.remainingNs[vcpu] = this.bursts[next]!;
    this.scheduler.block(current);
  }

  private reschedulePending(): void {
    const { scheduler } = this;
    while (scheduler.isPending()) this.reschedule(scheduler.nextPending());
  }

  protected reschedule(it: SchedPcpu): void {
    const pcpu = it.number;
    this.accrue(pcpu);
    const before = it.current.number;
    const decision = this.scheduler.reschedule(it);
    this.afterDecision(pcpu, decision);
    const { nowNs } = this.clock;
    this.queue.schedule(this.firstSlice + pcpu, nowNs + decision.sliceNs);
    const vcpu = decision.vcpu.number;
    if (vcpu === before) return;
    const slot = this.firstBurstEnd + pcpu;
    if (vcpu >= 0) this.queue.schedule(slot, nowNs + this.remainingNs[vcpu]!);
    else this.queue.cancel(slot);
    this.switches.add(nowNs, pcpu, vcpu);
  }

  /** Books the time up to now on the VCPU that runs on a PCPU. */
  private accrue(pcpu: number): void {
    const vcpu = this.scheduler.pcpus[pcpu]!.current.number;
    if (vcpu >= 0) {
      const ranNs = this.clock.nowNs - this.runningSinceNs[pcpu]!;
      this.cpuNs[vcpu]! += ranNs;
      this.remainingNs[vcpu]! -= ranNs;
    }
    this.runningSinceNs[pcpu] = this.clock.nowNs;
  }
}
