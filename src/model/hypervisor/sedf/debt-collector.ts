import type { RunTimes } from '../scheduler.js';
import { SEDF_LIMITS } from './sedf-constants.js';
import type { SedfVcpu } from './sedf-vcpu.js';
import { ShareGuard, type ShareGuardInput } from './share-guard.js';

/**
 * SEDF-DC, the debt collector (Gupta and others, Middleware 2006): what domain 0 does for guests is
 * taken off their slices. The weights of packets and the interval are not from the paper's text.
 */
export interface DebtsInput {
  /** How often XenMon's measures are fed back. */
  readonly feedbackNs: number;
  /** Of a packet that a guest receives, and of one that it sends. */
  readonly receivedWeight: number;
  readonly sentWeight: number;
  /** Null: no traffic is stopped. */
  readonly guard: ShareGuardInput | null;
}

/** What netback counts of a guest's packets, and how they are stopped. */
export interface GuestTraffic {
  readonly packetsIn: number;
  readonly packetsOut: number;
  /** Stops all packets from and to the guest, or lets them pass again. */
  bar(isBarred: boolean): void;
}

/** The traffic of each domain but domain 0. */
export type TrafficOf = (domain: number) => GuestTraffic;

/**
 * At each feedback, all CPU time of domain 0 since the last one is divided among the guests by
 * their packets, whatever it was spent on: that is all that XenMon and netback tell. A guest's part
 * is its debt, and is paid by its slices up to the next feedback. What they do not cover stays
 * owed.
 */
export class DebtCollector {
  /** By domain: CPU time of domain 0 charged to it so far. */
  readonly chargedNs: Float64Array;
  private readonly vcpus: readonly SedfVcpu[];
  private readonly input: DebtsInput;
  private readonly ranNs: RunTimes;
  private readonly trafficOf: TrafficOf;
  private readonly guard: ShareGuard | null;
  /** By domain. */
  private readonly owedNs: Float64Array;
  private readonly seen: Float64Array;
  private dom0Ns = 0;

  constructor(
    vcpus: readonly SedfVcpu[],
    input: DebtsInput,
    ranNs: RunTimes,
    trafficOf: TrafficOf,
  ) {
    this.vcpus = vcpus;
    this.input = input;
    this.ranNs = ranNs;
    this.trafficOf = trafficOf;
    const domains = Math.max(...vcpus.map(({ domain }) => domain)) + 1;
    this.chargedNs = new Float64Array(domains);
    this.owedNs = new Float64Array(domains);
    this.seen = new Float64Array(domains);
    this.guard = input.guard === null ? null : new ShareGuard(domains, input.guard);
  }

  get feedbackNs(): number {
    return this.input.feedbackNs;
  }

  /** A feedback: charges guests for the time since the last, and sets their slices. */
  collect(): void {
    this.charge();
    for (const vcpu of this.vcpus) if (vcpu.domain > 0) this.repay(vcpu);
    this.guard?.look(this.chargedNs, this.input.feedbackNs, this.trafficOf);
  }

  private charge(): void {
    const { vcpus, ranNs, chargedNs, owedNs, seen } = this;
    let ran = 0;
    for (const { domain, number } of vcpus) if (domain === 0) ran += ranNs(number);
    const spentNs = ran - this.dom0Ns;
    this.dom0Ns = ran;
    const packets = seen.map((before, domain) => this.weighted(domain) - before);
    const all = packets.reduce((sum, one) => sum + one, 0);
    // Work without packets is nobody's.
    if (all === 0) return;
    for (let domain = 1; domain < packets.length; domain++) {
      const partNs = Math.round((spentNs * packets[domain]!) / all);
      seen[domain]! += packets[domain]!;
      chargedNs[domain]! += partNs;
      owedNs[domain]! += partNs;
    }
  }

  private weighted(domain: number): number {
    if (domain === 0) return 0;
    const { packetsIn, packetsOut } = this.trafficOf(domain);
    return this.input.receivedWeight * packetsIn + this.input.sentWeight * packetsOut;
  }

  /** The same off each slice up to the next feedback; Xen sets none below 5 us. */
  private repay(vcpu: SedfVcpu): void {
    const { domain, configuredSliceNs, configuredPeriodNs } = vcpu;
    const mostNs = configuredSliceNs - SEDF_LIMITS.leastSliceNs;
    if (mostNs < 0) return;
    const periods = this.input.feedbackNs / configuredPeriodNs;
    const partNs = Math.floor(Math.min(mostNs, this.owedNs[domain]! / periods));
    vcpu.sliceNs = configuredSliceNs - partNs;
    this.owedNs[domain]! -= partNs * periods;
  }
}
