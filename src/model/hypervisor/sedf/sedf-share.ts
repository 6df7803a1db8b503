import { EDF, SEDF_LIMITS, WEIGHT_PERIOD_NS, WEIGHT_SAFETY_NS } from './sedf-constants.js';
import type { SedfVcpu } from './sedf-vcpu.js';

/**
 * What a domain is set to, as by `xm sched-sedf`; each of its VCPUs has it. Xen takes a latency,
 * too, of which this version makes no use.
 */
export interface SedfShare {
  /** A period and a slice count if there is no weight. */
  readonly periodNs: number;
  readonly sliceNs: number;
  /** Whether its VCPUs take extra time. */
  readonly extratime: boolean;
  /**
   * 0 = none. Otherwise the weight of a reservation, whose period and slice follow from all such
   * weights; or, if the period is 0 and it takes extra time, its weight in nothing but that.
   */
  readonly weight: number;
}

/** Sets the VCPUs of a domain, among all of the machine; nothing if Xen would refuse it. */
export function adjustShare(all: readonly SedfVcpu[], domain: number, share: SedfShare): void {
  if (!isAllowed(share)) return;
  const own = all.filter((vcpu) => vcpu.domain === domain);
  for (const vcpu of own) setShare(vcpu, share);
  reserveByWeight(all);
  for (const vcpu of own) setAware(vcpu, share.extratime);
}

function isAllowed({ periodNs, sliceNs, weight }: SedfShare): boolean {
  if (weight !== 0) return true;
  const { leastPeriodNs, mostPeriodNs, leastSliceNs } = SEDF_LIMITS;
  const isPeriod = periodNs >= leastPeriodNs && periodNs <= mostPeriodNs;
  return isPeriod && sliceNs >= leastSliceNs && sliceNs <= periodNs;
}

function setShare(vcpu: SedfVcpu, { periodNs, sliceNs, extratime, weight }: SedfShare): void {
  if (weight !== 0 && extratime && periodNs === 0) {
    // What was configured stays, and counts as reserved when others are given weights.
    vcpu.extraWeight = (weight << 16) >> 16;
    vcpu.weight = 0;
    vcpu.sliceNs = 0;
    setPeriod(vcpu, WEIGHT_PERIOD_NS);
  } else if (weight !== 0) {
    vcpu.weight = weight;
  } else {
    vcpu.weight = 0;
    vcpu.extraWeight = 0;
    reserve(vcpu, periodNs, sliceNs);
  }
}

function reserve(vcpu: SedfVcpu, periodNs: number, sliceNs: number): void {
  vcpu.configuredPeriodNs = periodNs;
  vcpu.configuredSliceNs = sliceNs;
  vcpu.sliceNs = sliceNs;
  setPeriod(vcpu, periodNs);
}

/** If its period is to come it begins at another time now, but the VCPU keeps its turn. */
function setPeriod(vcpu: SedfVcpu, periodNs: number): void {
  vcpu.periodNs = periodNs;
  if (vcpu.pcpu.waitQueue.has(vcpu.turn)) vcpu.turn.key = vcpu.beginNs();
}

/** On each PCPU, those with weights share what is not reserved: a debt, if that is too much. */
function reserveByWeight(all: readonly SedfVcpu[]): void {
  for (const pcpu of new Set(all.map((vcpu) => vcpu.pcpu))) {
    const here = all.filter((vcpu) => vcpu.pcpu === pcpu);
    let weights = 0n;
    let reservedNs = 0n;
    for (const { weight, configuredSliceNs, configuredPeriodNs } of here) {
      weights += BigInt(weight);
      if (weight !== 0) continue;
      // Beyond what a double holds exactly.
      reservedNs +=
        (BigInt(WEIGHT_PERIOD_NS) * BigInt(configuredSliceNs)) / BigInt(configuredPeriodNs);
    }
    const freeNs = BigInt(WEIGHT_PERIOD_NS - WEIGHT_SAFETY_NS) - reservedNs;
    for (const vcpu of here) {
      if (vcpu.weight === 0) continue;
      reserve(vcpu, WEIGHT_PERIOD_NS, Number((BigInt(vcpu.weight) * freeNs) / weights));
    }
  }
}

/** Only one that runs is awake here: what it runs now is settled when it ends. */
function setAware(vcpu: SedfVcpu, isAware: boolean): void {
  const { utilisation } = vcpu;
  vcpu.isAware = isAware;
  if (utilisation.isQueued()) {
    if (!isAware && vcpu.mode === EDF) utilisation.leave();
  } else if (isAware && !vcpu.isAsleep) {
    vcpu.pcpu.utilisationQueue.insert(utilisation);
  }
}
