import type { AllocationPolicy, Allowance } from '../allocation.js';
import type { DomainShare, Topology } from '../scheduler.js';
import { Accounts } from './accounts.js';
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
 * active accounts: domains, or groups of them, that a tick has seen running and that have not
 * piled up credit since. An allocation policy may change what an account has in a period. Its debit
 * of a share is the paper's, total_credit * (weight / sum - ids / 100), for one PCPU; with P of
 * them the total is 300 P and ids is ids / P of the machine, so the debit stays 300 * ids / 100.
 *
 * A group is to its domains what a domain is to its VCPUs: those that are active divide its credit.
 * Two things that matter little to a domain alone would let a group have less or more than that.
 * The credit that an inactive VCPU loses in Xen would be lost to the rest of the group: here it is
 * kept, and used before the VCPU is active again. And of a debt Xen forgives what is beyond 300: a
 * capped VCPU has that seldom alone, being parked first, but often if its part changes.
 */
export class CreditAccounting {
  private readonly capPct: Float64Array;
  /** Credits held by active VCPUs after the last accounting. */
  balance = 0;

  private readonly accounts: Accounts;
  private readonly activeVcpus: LinkedLists;
  /** By domain: what a division has left it of the next whole credit. */
  private readonly fraction: Float64Array;

  constructor(
    { domains, groups = [] }: Topology,
    private readonly vcpus: readonly CreditVcpu[],
    private readonly totalCredit: number,
  ) {
    this.capPct = Float64Array.from(domains, (domain) => domain.capPct);
    this.accounts = new Accounts(domains, groups);
    this.activeVcpus = new LinkedLists(vcpus.length, domains.length);
    this.fraction = new Float64Array(domains.length);
  }

  /** Sum of the weights of the active accounts. */
  get activeWeight(): number {
    return this.accounts.activeWeight;
  }

  /** Changes a domain's configured share at once; credit follows at the next accounting. */
  adjust(domain: number, { weight, capPct }: DomainShare): void {
    this.accounts.setWeight(domain, weight);
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
  activate({ number, domain, credit }: CreditVcpu): void {
    // It has more than it is given, in a group.
    if (credit > CREDITS_PER_PERIOD) return;
    this.activeVcpus.insertAfter(this.activeVcpus.anchor(domain), number);
    this.accounts.enter(domain);
  }

  /**
   * Hands out the credit of one period, as `policy` says. Returns false if no account was active.
   * All quotients are rounded up, as in the original.
   */
  account(policy: AllocationPolicy, pauser: VcpuPauser): boolean {
    const { active, activeWeight: weightSum, vcpus, weight: weights } = this.accounts;
    const owed = Math.max(0, -this.balance);
    this.balance = 0;
    if (weightSum === 0) return false;

    let credit = this.totalCredit + owed;
    let weightLeft = weightSum;
    let someHadLess = false;
    const end = active.anchor(0);
    let account = active.first(0);
    while (account !== end) {
      // The account may leave the list, or move to its head, on this step.
      const following = active.next[account]!;
      const allowance = policy.allowanceOf(account);
      const weight = weights[account]!;
      weightLeft -= weight;
      const capCredit = creditOf(allowance?.capPct ?? this.configuredCapPct(account));
      const owedShare = Math.ceil((owed * weight) / weightSum);
      const peak = Math.min(vcpus[account]! * CREDITS_PER_PERIOD + owedShare, capCredit);
      let fair = fairCredit(Math.ceil((credit * weight) / weightSum), allowance);
      if (fair < peak) {
        someHadLess = true;
      } else {
        // What the account cannot use goes to those that follow; to let everyone be among them in
        // turn, it will be ahead of them next time.
        if (weightLeft > 0) credit += Math.ceil(((fair - peak) * weightSum) / weightLeft);
        if (someHadLess) {
          active.remove(account);
          active.insertAfter(end, account);
        }
        fair = peak;
      }
      const parkCredit = allowance === null ? capCredit : creditOf(allowance.parkCapPct);
      this.divide(account, fair, parkCredit, pauser);
      account = following;
    }
    return true;
  }

  /**
   * Divides an account's credit by weight among its active domains. In a group what one of them
   * could not use, as a VCPU can run on one PCPU only, goes to those of less weight.
   */
  private divide(account: number, credit: number, parkCredit: number, pauser: VcpuPauser): void {
    const { accounts, fraction } = this;
    const mostEach = accounts.isShared(account) ? CREDITS_PER_PERIOD : Infinity;
    const weightSum = accounts.memberWeights(account);
    let left = credit;
    let weightLeft = weightSum;
    for (const domain of accounts.members[account]!) {
      const active = accounts.vcpusOfDomain[domain]!;
      if (active === 0) continue;
      const weight = accounts.memberWeight(domain);
      const part = Math.min((left * weight) / weightLeft, active * mostEach);
      left -= part;
      weightLeft -= weight;
      const due = part + fraction[domain]!;
      const whole = Math.floor(due);
      fraction[domain] = due - whole;
      this.grant(domain, whole, (parkCredit * weight) / weightSum, pauser);
    }
  }

  /** Shares a domain's credit among its active VCPUs and sets their priorities. */
  private grant(
    domain: number,
    domainCredit: number,
    parkCredit: number,
    pauser: VcpuPauser,
  ): void {
    const active = this.accounts.vcpusOfDomain[domain]!;
    const each = Math.ceil(domainCredit / active);
    const parkBelow = -Math.ceil(parkCredit / active);
    const isShared = this.accounts.isShared(this.accounts.of[domain]!);
    const lowest = isShared && parkCredit < Infinity ? -Infinity : -CREDITS_PER_PERIOD;
    const list = this.activeVcpus;
    const end = list.anchor(domain);
    let at = list.first(domain);
    while (at !== end) {
      const following = list.next[at]!;
      const vcpu = this.vcpus[at]!;
      vcpu.credit += each;
      if (vcpu.credit >= 0) this.inCredit(vcpu, pauser);
      else this.overdrawn(vcpu, parkBelow, pauser);
      vcpu.credit = Math.max(vcpu.credit, lowest);
      if (list.contains(at)) this.balance += vcpu.credit;
      at = following;
    }
  }

  private overdrawn(vcpu: CreditVcpu, parkBelow: number, pauser: VcpuPauser): void {
    vcpu.priority = OVER;
    if (vcpu.credit >= parkBelow || vcpu.isParked()) return;
    pauser.pause(vcpu);
    vcpu.flags |= PARKED;
  }

  private inCredit(vcpu: CreditVcpu, pauser: VcpuPauser): void {
    vcpu.priority = UNDER;
    if (vcpu.isParked()) {
      // The flag is cleared only afterwards: waking from parking earns no boost.
      pauser.unpause(vcpu);
      vcpu.flags &= ~PARKED;
    }
    // Nobody saw it running for a whole period's worth: it takes no part until it is seen again.
    if (vcpu.credit > CREDITS_PER_PERIOD) this.deactivate(vcpu);
  }

  private deactivate(vcpu: CreditVcpu): void {
    const { number, domain } = vcpu;
    this.activeVcpus.remove(number);
    this.accounts.leave(domain);
    if (!this.accounts.isShared(this.accounts.of[domain]!)) vcpu.credit = 0;
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
