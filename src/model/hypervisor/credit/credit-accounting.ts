import type { AllocationPolicy, Allowance } from '../allocation.js';
import type { DomainShare } from '../scheduler.js';
import { CREDITS_PER_PERIOD, CREDITS_PER_TICK, OVER, UNDER } from './credit-constants.js';
import { type CreditVcpu, PARKED } from './credit-vcpu.js';
import { LinkedLists } from './linked-lists.js';

/** What accounting asks of the scheduler when a capped VCPU overdraws or has recovered. */
export interface VcpuPauser {
  pause(vcpu: CreditVcpu): void;
  unpause(vcpu: CreditVcpu): void;
}

/**
 * Who holds how much credit, and how 300 credits a PCPU are handed out every 30 ms among the
 * active domains: those that a tick has seen running and that have not piled up credit since. An
 * allocation policy may change what a domain has in a period. Its debit of a share is the paper's,
 * total_credit * (weight / sum - ids / 100), for one PCPU; with P of them the total is 300 P and
 * ids is ids / P of the machine, so the debit stays 300 * ids / 100.
 */
export class CreditAccounting {
  private readonly weight: Float64Array;
  private readonly capPct: Float64Array;
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
    this.capPct = Float64Array.from(domains, (domain) => domain.capPct);
    this.activeDomains = new LinkedLists(domains.length, 1);
    this.activeVcpus = new LinkedLists(vcpus.length, domains.length);
    this.activeCount = new Int32Array(domains.length);
  }

  /** Changes a domain's configured share at once; credit follows at the next accounting. */
  adjust(domain: number, { weight, capPct }: DomainShare): void {
    if (this.activeDomains.contains(domain)) this.activeWeight += weight - this.weight[domain]!;
    this.weight[domain] = weight;
    this.capPct[domain] = capPct;
  }

  /** A domain's configured cap in percent of one PCPU; Infinity for none. */
  configuredCapPct(domain: number): number {
    const capPct = this.capPct[domain]!;
    return capPct === 0 ? Number.POSITIVE_INFINITY : capPct;
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
   * Hands out the credit of one period, as `policy` says. Returns false if no domain was active.
   * All quotients are rounded up, as in the original.
   */
  account(policy: AllocationPolicy, pauser: VcpuPauser): boolean {
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
      const allowance = policy.allowanceOf(domain);
      const weight = this.weight[domain]!;
      weightLeft -= weight;
      const capCredit = creditOf(allowance?.capPct ?? this.configuredCapPct(domain));
      const owedShare = Math.ceil((owed * weight) / weightSum);
      const peak = Math.min(this.activeCount[domain]! * CREDITS_PER_PERIOD + owedShare, capCredit);
      let fair = fairCredit(Math.ceil((credit * weight) / weightSum), allowance);
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
      this.grant(domain, fair, capCredit, allowance, pauser);
      domain = following;
    }
    return true;
  }

  /** Shares a domain's credit among its active VCPUs and sets their priorities. */
  private grant(
    domain: number,
    domainCredit: number,
    capCredit: number,
    allowance: Allowance | null,
    pauser: VcpuPauser,
  ): void {
    const active = this.activeCount[domain]!;
    const each = Math.ceil(domainCredit / active);
    const parkCredit = allowance === null ? capCredit : creditOf(allowance.parkCapPct);
    const isCapped = capCredit < Infinity;
    const parkBelow = isCapped ? -Math.ceil(parkCredit / active) : Number.NEGATIVE_INFINITY;
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

/** Credits per period that a cap allows the whole domain; Infinity for no cap. */
function creditOf(capPct: number): number {
  return Math.ceil((Math.max(0, capPct) * CREDITS_PER_PERIOD) / 100);
}

function fairCredit(shareByWeight: number, allowance: Allowance | null): number {
  if (allowance === null || allowance.shareDebitPct <= 0) return shareByWeight;
  const debit = (allowance.shareDebitPct * CREDITS_PER_PERIOD) / 100;
  return Math.max(0, Math.ceil(shareByWeight - debit));
}
