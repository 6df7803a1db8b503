import type { TrafficOf } from './debt-collector.js';

/** ShareGuard: how much of domain 0 a guest may use, before its packets are dropped there. */
export interface ShareGuardInput {
  /** Percent of one PCPU, for each guest. */
  readonly limitPct: number;
  /** How often it looks: at the first feedback after that. */
  readonly everyNs: number;
}

/**
 * Stops the traffic of a guest whose use of domain 0, as it is charged by packets, is above its
 * limit, until its average is not: what it has used beyond the limit is worked off by staying away.
 */
export class ShareGuard {
  private readonly input: ShareGuardInput;
  /** By domain: charged up to the last look, and use beyond the limit that is not made up for. */
  private readonly lastNs: Float64Array;
  private readonly excessNs: Float64Array;
  private readonly isBarred: boolean[];
  private sinceNs = 0;

  constructor(domains: number, input: ShareGuardInput) {
    this.input = input;
    this.lastNs = new Float64Array(domains);
    this.excessNs = new Float64Array(domains);
    this.isBarred = new Array<boolean>(domains).fill(false);
  }

  /** Another `passedNs` have passed; `chargedNs` has what each domain was charged so far. */
  look(chargedNs: Float64Array, passedNs: number, trafficOf: TrafficOf): void {
    this.sinceNs += passedNs;
    if (this.sinceNs < this.input.everyNs) return;
    const allowedNs = (this.sinceNs * this.input.limitPct) / 100;
    this.sinceNs = 0;
    for (let domain = 1; domain < chargedNs.length; domain++) {
      const usedNs = chargedNs[domain]! - this.lastNs[domain]!;
      this.lastNs[domain] = chargedNs[domain]!;
      const excessNs = Math.max(0, this.excessNs[domain]! + usedNs - allowedNs);
      this.excessNs[domain] = excessNs;
      const isBarred = excessNs > 0;
      if (isBarred === this.isBarred[domain]) continue;
      this.isBarred[domain] = isBarred;
      trafficOf(domain).bar(isBarred);
    }
  }
}
