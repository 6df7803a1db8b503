import type { Clock } from '../../engine/clock.js';
import { setOf } from '../pcpu-set.js';
import { type Decision, Scheduler, type SchedulerGauge, type Topology } from '../scheduler.js';
import { BLOCKED } from '../vcpu.js';
import type { DebtCollector, DebtsInput } from './debt-collector.js';
import {
  EDF,
  IDLE_NS,
  PENALTY,
  SCORES_PER_PERIOD,
  SEDF_LIMITS,
  UTILISATION,
  WEIGHT_SCORE,
} from './sedf-constants.js';
import { SedfPcpu } from './sedf-pcpu.js';
import { adjustShare, type SedfShare } from './sedf-share.js';
import { SedfVcpu } from './sedf-vcpu.js';

/** Makes what charges guests for the work of domain 0. */
type CollectDebts = (vcpus: readonly SedfVcpu[]) => DebtCollector;

/** How SEDF is built: what domains are set to. */
export interface SedfInput {
  readonly scheduler: 'sedf';
  /** By domain, in their order; null: the domain has what Xen creates it with. */
  readonly shares: readonly (SedfShare | null)[];
  /** How domain 0's work is charged to guests, as SEDF-DC does; null: not at all. */
  readonly debts: DebtsInput | null;
}

/**
 * SEDF, the simple earliest-deadline-first scheduler of Xen 3.3. Of each period a VCPU may run for
 * its slice, and the VCPU with the earliest deadline comes first; what is left goes to the extra
 * queues, half a millisecond at a time. VCPUs stay on their PCPU, and nothing checks that slices
 * fit together. The first domain is domain 0.
 */
export class SedfScheduler extends Scheduler<SedfShare> {
  override readonly vcpus: readonly SedfVcpu[];
  override readonly pcpus: readonly SedfPcpu[];
  /** Null if guests owe nothing for the work of domain 0. */
  readonly debts: DebtCollector | null;
  override readonly tickNs: number;
  private readonly clock: Clock;
  private readonly decision: Decision;

  constructor(
    clock: Clock,
    { pcpus, vcpus }: Topology,
    shares: SedfInput['shares'] = [],
    collect: CollectDebts | null = null,
  ) {
    super(pcpus);
    this.clock = clock;
    this.pcpus = Array.from({ length: pcpus }, (_, number) => new SedfPcpu(number, clock));
    this.vcpus = vcpus.map(({ domain, pcpu, affinity }, number) => {
      const vcpu = new SedfVcpu(number, domain, this.pcpus[pcpu]!, setOf(affinity));
      const { periodNs, sliceNs } = domain === 0 ? SEDF_LIMITS.dom0 : SEDF_LIMITS.others;
      vcpu.periodNs = periodNs;
      vcpu.configuredPeriodNs = periodNs;
      vcpu.sliceNs = sliceNs;
      vcpu.configuredSliceNs = sliceNs;
      return vcpu;
    });
    this.decision = { vcpu: this.pcpus[0]!.idle, sliceNs: IDLE_NS };
    shares.forEach((share, domain) => {
      if (share !== null) this.adjust(domain, share);
    });
    this.debts = collect === null ? null : collect(this.vcpus);
    this.tickNs = this.debts === null ? Infinity : this.debts.feedbackNs;
  }

  /**
   * Changes what a domain has; nothing if Xen would refuse the share. Its VCPUs are to be paused
   * meanwhile, but for one that runs and asks for the change itself.
   */
  override adjust(domain: number, share: SedfShare): void {
    adjustShare(this.vcpus, domain, share);
  }

  /** SEDF has no ticks: this is the feedback of SEDF-DC. */
  override tick({ number }: SedfPcpu): void {
    if (number === 0) this.debts?.collect();
  }

  override chargedNs(domain: number): number {
    return this.debts?.chargedNs[domain] ?? 0;
  }

  /** Unlike a pause, it is noticed when the PCPU reschedules. */
  override block(vcpu: SedfVcpu): void {
    vcpu.holds |= BLOCKED;
    this.requestReschedule(vcpu.pcpu);
  }

  override waiting(pcpu: SedfPcpu): number {
    return this.vcpus.filter(
      (vcpu) => vcpu.pcpu === pcpu && vcpu.turn.isQueued() && !vcpu.isRunning(),
    ).length;
  }

  override gaugesOf(number: number): SchedulerGauge[] {
    const vcpu = this.vcpus[number]!;
    const { penalty, utilisation } = vcpu;
    return [
      { name: 'deadline', unit: 'ms', read: () => vcpu.deadlineNs / 1e6 },
      { name: 'used of the slice', unit: 'ms', read: () => vcpu.usedNs / 1e6 },
      { name: 'mode', unit: '0 slice, 1 penalty run, 2 extra time', read: () => vcpu.mode },
      { name: 'penalty score', unit: 'score', read: () => penalty.key | 0 },
      { name: 'extra-time score', unit: 'score', read: () => utilisation.key | 0 },
    ];
  }

  protected override vcpuWakes(vcpu: SedfVcpu): void {
    if (vcpu.turn.isQueued()) return;
    const { nowNs } = this.clock;
    const { pcpu } = vcpu;
    vcpu.isAsleep = false;
    if (vcpu.deadlineNs === 0) vcpu.deadlineNs = nowNs + vcpu.sliceNs;
    if (nowNs < vcpu.beginNs()) {
      // It was in extra time when it blocked: its next period is still to come.
      if (vcpu.wantsPenalty) pcpu.penaltyQueue.insert(vcpu.penalty);
    } else if (nowNs < vcpu.deadlineNs) {
      this.afterShortBlock(vcpu);
    } else {
      vcpu.deadlineNs = nowNs + vcpu.periodNs;
      vcpu.usedNs = 0;
    }
    if (vcpu.isAware) pcpu.utilisationQueue.insert(vcpu.utilisation);
    const beginNs = vcpu.beginNs();
    if (beginNs > nowNs) pcpu.toWaitQueue(vcpu);
    else pcpu.toRunQueue(vcpu);
    if (beginNs < pcpu.sliceEndNs || goesBefore(vcpu, pcpu)) this.requestReschedule(pcpu);
  }

  /** Within its period: the rest of the slice is lost, against one run from the penalty queue. */
  private afterShortBlock(vcpu: SedfVcpu): void {
    vcpu.deadlineNs += vcpu.periodNs;
    const lostNs = vcpu.sliceNs - vcpu.usedNs;
    if (vcpu.blockedNs !== 0 && lostNs > 0) {
      vcpu.penalty.key = scoreOf(vcpu.periodNs * SCORES_PER_PERIOD, lostNs);
      vcpu.wantsPenalty = true;
      vcpu.pcpu.penaltyQueue.insert(vcpu.penalty);
    }
    vcpu.usedNs = 0;
  }

  protected override vcpuSleeps(vcpu: SedfVcpu): void {
    vcpu.isAsleep = true;
    if (vcpu.isRunning()) {
      this.requestReschedule(vcpu.pcpu);
      return;
    }
    vcpu.turn.leave();
    vcpu.penalty.leave();
    vcpu.utilisation.leave();
  }

  protected override doSchedule(pcpu: SedfPcpu): Decision {
    if (pcpu.current !== pcpu.idle) this.settle(pcpu.current, pcpu);
    pcpu.renewPeriods();
    pcpu.choose(this.decision);
    return this.decision;
  }

  /** Settles what has run; not all of it need go on waiting where it does. */
  private settle(vcpu: SedfVcpu, pcpu: SedfPcpu): void {
    if (vcpu.holds !== 0) vcpu.isAsleep = true;
    if (vcpu.isAsleep) vcpu.blockedNs = this.clock.nowNs;
    if (vcpu.mode === EDF) this.endOfSlice(vcpu, pcpu);
    else if (vcpu.mode === PENALTY) this.endOfPenaltyRun(vcpu);
    else this.endOfExtraRun(vcpu, pcpu);
  }

  private endOfSlice(vcpu: SedfVcpu, pcpu: SedfPcpu): void {
    vcpu.usedNs += this.clock.nowNs - vcpu.chosenNs;
    const isUsedUp = vcpu.usedNs >= vcpu.sliceNs;
    if (!isUsedUp && !vcpu.isAsleep) return;
    vcpu.turn.leave();
    if (isUsedUp) {
      vcpu.usedNs -= vcpu.sliceNs;
      if (vcpu.periodNs < vcpu.configuredPeriodNs) lengthenPeriod(vcpu);
      vcpu.deadlineNs += vcpu.periodNs;
    }
    if (vcpu.isAsleep) {
      vcpu.penalty.leave();
      vcpu.utilisation.leave();
    } else {
      pcpu.toWaitQueue(vcpu);
    }
  }

  /** However short it was, no other follows. */
  private endOfPenaltyRun(vcpu: SedfVcpu): void {
    vcpu.mode = EDF;
    vcpu.usedNs = 0;
    vcpu.penalty.leave();
    vcpu.wantsPenalty = false;
    if (!vcpu.isAsleep) return;
    vcpu.turn.leave();
    vcpu.utilisation.leave();
  }

  /** However short it was, it costs what the weight says, or the reservation. */
  private endOfExtraRun(vcpu: SedfVcpu, pcpu: SedfPcpu): void {
    const { utilisation, extraWeight } = vcpu;
    const old = utilisation.key;
    vcpu.mode = EDF;
    vcpu.usedNs = 0;
    utilisation.leave();
    utilisation.key =
      extraWeight !== 0
        ? scoreOf(WEIGHT_SCORE, extraWeight)
        : scoreOf(vcpu.periodNs * SCORES_PER_PERIOD, vcpu.sliceNs);
    if (vcpu.isAsleep) {
      vcpu.turn.leave();
      vcpu.penalty.leave();
    } else if (vcpu.isAware) {
      const { end } = pcpu.utilisationQueue;
      for (let at = end.next; at !== end; at = at.next) at.key = (at.key - old) | 0;
      pcpu.utilisationQueue.insert(utilisation);
    }
  }
}

/** Whether a VCPU that wakes stops what its PCPU runs, though its period is far off. */
function goesBefore(vcpu: SedfVcpu, { current, idle }: SedfPcpu): boolean {
  if (current === idle) return true;
  if (current.mode === EDF || !vcpu.wantsPenalty) return false;
  return current.mode === UTILISATION || vcpu.penalty.key < current.penalty.key;
}

/** Twice as long, slice and all, up to what is configured. */
function lengthenPeriod(vcpu: SedfVcpu): void {
  vcpu.periodNs *= 2;
  vcpu.sliceNs *= 2;
  const isTooLong = vcpu.periodNs > vcpu.configuredPeriodNs;
  if (!isTooLong && vcpu.sliceNs <= vcpu.configuredSliceNs) return;
  vcpu.periodNs = vcpu.configuredPeriodNs;
  vcpu.sliceNs = vcpu.configuredSliceNs;
}

/** A score, as the low 32 bits of a quotient that is rounded towards zero. */
function scoreOf(dividend: number, divisor: number): number {
  if (divisor === 0)
    throw new Error('a score of a VCPU with neither weight nor slice: Xen divides by 0');
  return Math.trunc(dividend / divisor) | 0;
}
