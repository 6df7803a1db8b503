import { CREDITS_PER_PERIOD, CREDITS_PER_TICK, OVER, UNDER } from './credit-constants.js';
import { type CreditVcpu, PARKED } from './credit-vcpu.js';
import { LinkedLists } from './linked-lists.js';

/** What accounting asks of the scheduler when a capped VCPU overdraws or has recovered. */
export interface VcpuPauser {
  pause(vcpu: CreditVcpu): void;
  unpause(vcpu: CreditVcpu): void;
}

/** A domain's configured share. */
export interface DomainShare {
  readonly weight: number;
  /** Percent of one PCPU; 0 = no cap. */
  readonly capPct: number;
}

/**
 * Who holds how much credit, and how 300 credits a PCPU are handed out every 30 ms among the
 * active domains: those that a tick has seen running and that have not piled up credit since.
 *
 * What a domain may have is read from four arrays that an outer policy may write before each
 * accounting; without one they say what is configured:
 * - `effectiveCapPct`: cap in percent of one PCPU. 0 is "no cap" as configured, but "no credit"
 *   (like anything below) where `governed` is 1. NaN and Infinity are "no cap".
 * - `parkCapPct`: a VCPU is parked below minus the credit that this cap would give it. Same
 *   conventions.
 * - `shareDebitPct`: percent of one PCPU by which the domain's share by weight is lowered. In the
 *   paper's formula, total_credit * (weight / sum - ids / 100), for one PCPU; with P of them the
 *   total is 300 P and ids is ids / P of the machine, so the debit stays 300 * ids / 100.
 * - `governed`: 1 = the caps are the policy's own, and `adjust` leaves them alone.
 */
export class CreditAccounting {
  readonly weight: Float64Array;
  readonly effectiveCapPct: Float64Array;
  readonly parkCapPct: Float64Array;
  readonly shareDebitPct: Float64Array;
  readonly governed: Uint8Array;
  /** Credits held by active VCPUs after the last accounting. */
  balance = 0;
  /** Sum of the weights of the active domains. */
  activeWeight = 0;

  private readonly activeDomains: LinkedLists;
  private readonly activeVcpus: LinkedLists;
  private readonly activeCount: Int32Array;

  constructor(
    domains: readonly DomainShare[],
    private readonly vcpus: readonly CreditVcpu[],
    private readonly totalCredit: number,
  ) {
    this.weight = Float64Array.from(domains, (domain) => domain.weight);
    this.effectiveCapPct = Float64Array.from(domains, (domain) => domain.capPct);
    this.parkCapPct = this.effectiveCapPct.slice();
    this.shareDebitPct = new Float64Array(domains.length);
    this.governed = new Uint8Array(domains.length);
    this.activeDomains = new LinkedLists(domains.length, 1);
    this.activeVcpus = new LinkedLists(vcpus.length, domains.length);
    this.activeCount = new Int32Array(domains.length);
  }

  /** Changes a domain's configured share at once; credit follows at the next accounting. */
  adjust(domain: number, weight: number, capPct: number): void {
    if (this.activeDomains.contains(domain)) this.activeWeight += weight - this.weight[domain]!;
    this.weight[domain] = weight;
    if (this.governed[domain] === 1) return;
    this.effectiveCapPct[domain] = capPct;
    this.parkCapPct[domain] = capPct;
  }

  isActive({ number }: CreditVcpu): boolean {
    return this.activeVcpus.contains(number);
  }

  /** A tick found this VCPU running: it pays for the whole tick, however long it really ran. */
  debitTick(vcpu: CreditVcpu): void {
    vcpu.credit -= CREDITS_PER_TICK;
  }

  /** Puts a VCPU on its domain's active list, so that the next accounting gives it credit. */
  activate({ number, domain }: CreditVcpu): void {
    this.activeVcpus.insertAfter(this.activeVcpus.anchor(domain), number);
    if (this.activeCount[domain]!++ > 0) return;
    this.activeDomains.insertAfter(this.activeDomains.anchor(0), domain);
    this.activeWeight += this.weight[domain]!;
  }

  private deactivate({ number, domain }: CreditVcpu): void {
    this.activeVcpus.remove(number);
    if (--this.activeCount[domain]! > 0) return;
    this.activeDomains.remove(domain);
    this.activeWeight -= this.weight[domain]!;
  }

  /**
   * Hands out the credit of one period. Returns false if no domain was active.
   * All quotients are rounded up, as in the original.
   */
  account(pauser: VcpuPauser): boolean {
    const weightSum = this.activeWeight;
    const owed = Math.max(0, -this.balance);
    this.balance = 0;
    if (weightSum === 0) return false;

    let credit = this.totalCredit + owed;
    let weightLeft = weightSum;
    let someHadLess = false;
    const domains = this.activeDomains;
    const end = domains.anchor(0);
    let domain = domains.first(0);
    while (domain !== end) {
      // The domain may leave the list, or move to its head, on this step.
      const following = domains.next[domain]!;
      const weight = this.weight[domain]!;
      weightLeft -= weight;
      const peak = this.peakCredit(domain, Math.ceil((owed * weight) / weightSum));
      let fair = this.fairCredit(domain, Math.ceil((credit * weight) / weightSum));
      if (fair < peak) {
        someHadLess = true;
      } else {
        // What the domain cannot use goes to those that follow; to let everyone be among them in
        // turn, it will be ahead of them next time.
        if (weightLeft > 0) credit += Math.ceil(((fair - peak) * weightSum) / weightLeft);
        if (someHadLess) {
          domains.remove(domain);
          domains.insertAfter(end, domain);
        }
        fair = peak;
      }
      this.grant(domain, fair, pauser);
      domain = following;
    }
    return true;
  }

  /** The most credit that a domain's active VCPUs can use in one period. */
  private peakCredit(domain: number, owedShare: number): number {
    const uncapped = this.activeCount[domain]! * CREDITS_PER_PERIOD + owedShare;
    return Math.min(uncapped, this.creditOfCap(domain, this.effectiveCapPct[domain]!));
  }

  private fairCredit(domain: number, shareByWeight: number): number {
    const debit = (this.shareDebitPct[domain]! * CREDITS_PER_PERIOD) / 100;
    return debit > 0 ? Math.max(0, Math.ceil(shareByWeight - debit)) : shareByWeight;
  }

  /** Credits a period that a cap allows the whole domain; Infinity for no cap. */
  private creditOfCap(domain: number, capPct: number): number {
    if (Number.isNaN(capPct) || (capPct === 0 && this.governed[domain] === 0)) {
      return Number.POSITIVE_INFINITY;
    }
    return Math.ceil((Math.max(0, capPct) * CREDITS_PER_PERIOD) / 100);
  }

  /** Shares a domain's credit among its active VCPUs and sets their priorities. */
  private grant(domain: number, domainCredit: number, pauser: VcpuPauser): void {
    const active = this.activeCount[domain]!;
    const each = Math.ceil(domainCredit / active);
    const capped = this.creditOfCap(domain, this.effectiveCapPct[domain]!) < Infinity;
    const parkCredit = this.creditOfCap(domain, this.parkCapPct[domain]!);
    const parkBelow = capped ? -Math.ceil(parkCredit / active) : Number.NEGATIVE_INFINITY;
    const list = this.activeVcpus;
    const end = list.anchor(domain);
    let at = list.first(domain);
    while (at !== end) {
      const following = list.next[at]!;
      const vcpu = this.vcpus[at]!;
      const credit = vcpu.credit + each;
      vcpu.credit =
        credit < 0
          ? this.overdrawn(vcpu, credit, parkBelow, pauser)
          : this.inCredit(vcpu, credit, pauser);
      this.balance += vcpu.credit;
      at = following;
    }
  }

  /** Returns the credit that is kept. */
  private overdrawn(
    vcpu: CreditVcpu,
    credit: number,
    parkBelow: number,
    pauser: VcpuPauser,
  ): number {
    vcpu.priority = OVER;
    if (credit < parkBelow && !vcpu.isParked()) {
      pauser.pause(vcpu);
      vcpu.flags |= PARKED;
    }
    return Math.max(credit, -CREDITS_PER_PERIOD);
  }

  /** Returns the credit that is kept. */
  private inCredit(vcpu: CreditVcpu, credit: number, pauser: VcpuPauser): number {
    vcpu.priority = UNDER;
    if (vcpu.isParked()) {
      // The flag is cleared only afterwards: waking from parking earns no boost.
      pauser.unpause(vcpu);
      vcpu.flags &= ~PARKED;
    }
    if (credit <= CREDITS_PER_PERIOD) return credit;
    // Nobody saw it running for a whole period's worth: it takes no part until it is seen again.
    this.deactivate(vcpu);
    return 0;
  }
}
