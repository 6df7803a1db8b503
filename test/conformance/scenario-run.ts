import { EventQueue } from '../../src/model/engine/event-queue.js';
import { CreditScheduler } from '../../src/model/hypervisor/credit/credit-scheduler.js';
import { Recording } from './recording.js';
import type { Vector, VectorOp } from './vector.js';

interface Start {
  readonly vcpu: number;
  readonly timeNs: number;
}

/** What is to be scheduled: a vector without the expected outcome. */
export type Scenario = Omit<Vector, 'name' | 'expect'>;

/** Computes the schedule that the credit scheduler makes of a scenario. */
export function runScenario(scenario: Scenario): Recording {
  return new ScenarioRun(scenario).run();
}

/**
 * A bare machine around the scheduler: VCPUs that alternate between running and blocking, and
 * scripted operations. Slots of the event queue are numbered in the order that the vectors' format
 * gives for one instant: tickers, slice timers, operations, starts, wake-ups, ends of bursts.
 */
class ScenarioRun {
  private readonly recording: Recording;
  private readonly scheduler: CreditScheduler;
  private readonly queue: EventQueue;
  private readonly endNs: number;
  private readonly firstSlice: number;
  private readonly opsSlot: number;
  private readonly startsSlot: number;
  private readonly firstWake: number;
  private readonly firstBurstEnd: number;
  private readonly lastSlot: number;
  private readonly ops: readonly VectorOp[];
  private nextOp = 0;
  private readonly starts: readonly Start[];
  private nextStart = 0;
  private readonly domainIndex = new Map<number, number>();
  private readonly vcpuIndex = new Map<string, number>();
  /** Bursts of all VCPUs in one row, as run, block, run, block; each VCPU's range in `range`. */
  private readonly bursts: Float64Array;
  private readonly range: Int32Array;
  private readonly burst: Int32Array;
  private readonly remainingNs: Float64Array;
  private readonly runningSinceNs: Float64Array;
  private nowNs = 0;

  constructor(scenario: Scenario) {
    const vcpus = scenario.domains.flatMap((dom, domain) =>
      dom.vcpus.map((vcpu) => ({ ...vcpu, domain, name: `${dom.id}.${vcpu.id}` })),
    );
    scenario.domains.forEach((dom, i) => {
      this.domainIndex.set(dom.id, i);
    });
    vcpus.forEach((vcpu, i) => {
      this.vcpuIndex.set(vcpu.name, i);
    });
    this.endNs = scenario.end_ns;
    this.recording = new Recording(vcpus.map((vcpu) => vcpu.name));
    this.scheduler = new CreditScheduler({
      pcpus: scenario.pcpus,
      domains: scenario.domains.map(({ weight, cap }) => ({ weight, capPct: cap })),
      vcpus,
    });
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

  run(): Recording {
    const queue = this.queue;
    while (queue.nextTimeNs() < this.endNs) {
      const slot = queue.nextSlot();
      this.nowNs = queue.timeOf(slot);
      this.handle(slot);
      // Nothing at this instant comes after the last slot.
      if (slot === this.lastSlot || queue.nextTimeNs() !== this.nowNs) this.reschedulePending();
    }
    this.nowNs = this.endNs;
    for (let pcpu = 0; pcpu < this.firstSlice; pcpu++) this.accrue(pcpu);
    return this.recording;
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
    this.queue.schedule(pcpu, this.nowNs + scheduler.tickNs);
    const { accountings } = scheduler;
    scheduler.tick(scheduler.pcpus[pcpu]!);
    if (scheduler.accountings === accountings) return;
    const { balance, activeWeight, vcpus } = scheduler;
    this.recording.addAccounting(this.nowNs, balance, activeWeight, vcpus);
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
      const share = { weight: step.weight, capPct: step.cap };
      this.scheduler.adjust(this.domainIndex.get(step.domain)!, share);
      return;
    }
    const vcpu = this.scheduler.vcpus[this.vcpuIndex.get(`${step.domain}.${step.vcpu}`)!]!;
    if (step.op === 'pause') this.scheduler.pause(vcpu);
    else this.scheduler.unpause(vcpu);
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
    this.queue.schedule(this.firstWake + vcpu, this.nowNs + this.bursts[at + 1]!);
    const next = at + 2 < this.range[vcpu + 1]! ? at + 2 : this.range[vcpu]!;
    this.burst[vcpu] = next;
    this.remainingNs[vcpu] = this.bursts[next]!;
    this.scheduler.block(current);
  }

  private reschedulePending(): void {
    const { scheduler } = this;
    while (scheduler.isPending()) {
      const it = scheduler.nextPending();
      const pcpu = it.number;
      this.accrue(pcpu);
      const before = it.current.number;
      const { vcpu: chosen, sliceNs } = scheduler.reschedule(it);
      this.queue.schedule(this.firstSlice + pcpu, this.nowNs + sliceNs);
      const vcpu = chosen.number;
      if (vcpu === before) continue;
      const slot = this.firstBurstEnd + pcpu;
      if (vcpu >= 0) this.queue.schedule(slot, this.nowNs + this.remainingNs[vcpu]!);
      else this.queue.cancel(slot);
      this.recording.addSwitch(this.nowNs, pcpu, vcpu);
    }
  }

  /** Books the time up to now on the VCPU that runs on a PCPU. */
  private accrue(pcpu: number): void {
    const vcpu = this.scheduler.pcpus[pcpu]!.current.number;
    if (vcpu >= 0) {
      const ranNs = this.nowNs - this.runningSinceNs[pcpu]!;
      this.recording.cpuNs[vcpu]! += ranNs;
      this.remainingNs[vcpu]! -= ranNs;
    }
    this.runningSinceNs[pcpu] = this.nowNs;
  }
}
