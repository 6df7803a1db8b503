import type { DomainGroup, DomainShare } from '../scheduler.js';
import { LinkedLists } from './linked-lists.js';

/**
 * To whom credit is handed out: each domain has an account of its own, or the domains of a group
 * have one together, numbered like one of them. A domain takes part while one of its VCPUs does,
 * and an account while one of its domains does.
 */
export class Accounts {
  /** By domain. */
  readonly of: Int32Array;
  /** By account: its domains, those of greater weight first. */
  readonly members: readonly number[][];
  /** By domain: how many of its VCPUs take part. */
  readonly vcpusOfDomain: Int32Array;
  /** By account. */
  readonly vcpus: Int32Array;
  /** By account: its weight as it now takes part, 0 if it does not. */
  readonly weight: Float64Array;
  /** Sum of these. */
  activeWeight = 0;
  /** Those that take part, in the order in which they are given credit. */
  readonly active: LinkedLists;
  /** By domain: its own weight. */
  private readonly domainWeight: Float64Array;
  /** By account: that of a group that has one, else 0. */
  private readonly groupWeight: Float64Array;

  constructor(domains: readonly DomainShare[], groups: readonly DomainGroup[]) {
    const count = domains.length;
    this.of = Int32Array.from(domains, (_, domain) => domain);
    this.members = domains.map((_, domain) => [domain]);
    this.vcpusOfDomain = new Int32Array(count);
    this.vcpus = new Int32Array(count);
    this.weight = new Float64Array(count);
    this.active = new LinkedLists(count, 1);
    this.domainWeight = Float64Array.from(domains, (domain) => domain.weight);
    this.groupWeight = new Float64Array(count);
    for (const group of groups) this.join(group);
  }

  /** Whether several domains share it. */
  isShared(account: number): boolean {
    return this.members[account]!.length > 1;
  }

  /** Own weight of a domain that takes part; 0 for another. */
  memberWeight(domain: number): number {
    return this.vcpusOfDomain[domain] === 0 ? 0 : this.domainWeight[domain]!;
  }

  /** Sum of the own weights of an account's domains that take part. */
  memberWeights(account: number): number {
    let sum = 0;
    for (const domain of this.members[account]!) sum += this.memberWeight(domain);
    return sum;
  }

  setWeight(domain: number, weight: number): void {
    const account = this.of[domain]!;
    this.domainWeight[domain] = weight;
    this.sort(account);
    this.reweigh(account);
  }

  /** One more VCPU of a domain takes part. A new account is the first to be given credit. */
  enter(domain: number): void {
    const account = this.of[domain]!;
    this.vcpusOfDomain[domain]!++;
    if (this.vcpus[account]!++ === 0) this.active.insertAfter(this.active.anchor(0), account);
    this.reweigh(account);
  }

  /** One VCPU of a domain less. */
  leave(domain: number): void {
    const account = this.of[domain]!;
    this.vcpusOfDomain[domain]!--;
    if (--this.vcpus[account]! === 0) this.active.remove(account);
    this.reweigh(account);
  }

  private join({ domains, weight }: DomainGroup): void {
    const account = domains[0]!;
    for (const domain of domains) this.of[domain] = account;
    this.members[account]!.splice(0, 1, ...domains);
    this.groupWeight[account] = weight;
    this.sort(account);
  }

  private sort(account: number): void {
    this.members[account]!.sort((a, b) => this.domainWeight[b]! - this.domainWeight[a]!);
  }

  private reweigh(account: number): void {
    const weight = this.weightNow(account);
    this.activeWeight += weight - this.weight[account]!;
    this.weight[account] = weight;
  }

  private weightNow(account: number): number {
    if (this.vcpus[account] === 0) return 0;
    const ofGroup = this.groupWeight[account]!;
    return ofGroup > 0 ? ofGroup : this.memberWeights(account);
  }
}
