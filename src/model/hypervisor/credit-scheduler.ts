import { CreditAccounting, type DomainShare, type VcpuPauser } from './credit-accounting.js';
import { BOOST, CREDITS_PER_PERIOD, MAX_PCPUS, OVER, UNDER } from './credit-constants.js';
import { CreditPcpu } from './credit-pcpu.js';
import { BLOCKED, CreditVcpu, MIGRATING, PAUSED_ONCE } from './credit-vcpu.js';
import { lowestBit, lowestBitAbove } from './pcpu-set.js';

export { SLICE_NS, TICK_NS, TICKS_PER_ACCOUNTING } from './credit-constants.js';

/** PCPUs, domains and VCPUs, each numbered by its place in its list. */
export interface CreditTopology {
  /** 1 ... 32 */
  readonly pcpus: number;
  readonly domains: readonly DomainShare[];
  readonly vcpus: readonly VcpuPlacement[];
}

export interface VcpuPlacement {
  readonly domain: number;
  /** PCPU whose run queue it joins first. */
  readonly pcpu: number;
  /** PCPUs it may run on; at least one. */
  readonly affinity: readonly number[];
}

/**
 * The credit scheduler of Xen 3.3: which VCPU runs on which PCPU. It knows no time. Its owner
 * - for each PCPU every `TICK_NS`, calls `debit`, on PCPU 0 every third time `account`, then
 *   `resort`;
 * - while `isPending`, calls `reschedule` for `nextPending` and restarts that PCPU's slice timer of
 *   `SLICE_NS`, which does nothing but `requestReschedule`.
 *
 * VCPUs are created paused, PCPUs idle. Who has how much credit is `CreditAccounting`'s matter; its
 * arrays are shared here, and what they mean is said there.
 */
export class CreditScheduler implements VcpuPauser {
  /** Read only for others. */
  readonly vcpus: readonly CreditVcpu[];
  readonly pcpus: readonly CreditPcpu[];
  /** By domain, for an allocation policy to write before accounting: see `CreditAccounting`. */
  readonly effectiveCapPct: Float64Array;
  readonly parkCapPct: Float64Array;
  readonly shareDebitPct: Float64Array;
  readonly governed: Uint8Array;

  private readonly accounting: CreditAccounting;
  private sortEpoch = 0;
  private idlePcpus: number;
  private pendingPcpus = 0;
  private readonly allPcpus: number;

  /** @param debitsTicks false for an owner that calls `charge` instead: not what Xen does */
  constructor(
    topology: CreditTopology,
    private readonly debitsTicks = true,
  ) {
    const { pcpus, domains, vcpus } = topology;
    if (pcpus < 1 || pcpus > MAX_PCPUS) throw new RangeError(`pcpus: ${pcpus} is not 1 ... 32`);
    this.pcpus = Array.from({ length: pcpus }, (_, number) => new CreditPcpu(number));
    this.vcpus = vcpus.map(({ domain, pcpu, affinity }, number) => {
      const set = affinity.reduce((allowed, one) => allowed | (1 << one), 0);
      return new CreditVcpu(number, domain, this.pcpus[pcpu]!, set, UNDER);
    });
    this.accounting = new CreditAccounting(domains, this.vcpus, CREDITS_PER_PERIOD * pcpus);
    this.effectiveCapPct = this.accounting.effectiveCapPct;
    this.parkCapPct = this.accounting.parkCapPct;
    this.shareDebitPct = this.accounting.shareDebitPct;
    this.governed = this.accounting.governed;
    this.allPcpus = (-1 >>> (MAX_PCPUS - pcpus)) | 0;
    this.idlePcpus = this.allPcpus;
  }

  /** Credits held by active VCPUs after the last accounting. */
  get balance(): number {
    return this.accounting.balance;
  }

  /** Sum of the weights of the domains that take part in accounting. */
  get activeWeight(): number {
    return this.accounting.activeWeight;
  }

  /** Whether the VCPU takes part in accounting. */
  isActive(vcpu: CreditVcpu): boolean {
    return this.accounting.isActive(vcpu);
  }

  /** An event for the VCPU: ends its blocking, if it is blocked. */
  wake(vcpu: CreditVcpu): void {
    if ((vcpu.holds & BLOCKED) !== 0) this.release(vcpu, BLOCKED);
  }

  /** The VCPU has nothing to do until it is woken. */
  block(vcpu: CreditVcpu): void {
    vcpu.holds |= BLOCKED;
    this.sleep(vcpu);
  }

  /** Keeps the VCPU from running until as many unpauses as pauses have come. */
  pause(vcpu: CreditVcpu): void {
    vcpu.holds += PAUSED_ONCE;
    this.sleep(vcpu);
  }

  unpause(vcpu: CreditVcpu): void {
    this.release(vcpu, PAUSED_ONCE);
  }

  /** Changes a domain's weight and cap (percent of one PCPU, 0 = none) in place. */
  adjust(domain: number, weight: number, capPct: number): void {
    this.accounting.adjust(domain, weight, capPct);
  }

  /**
   * First step of a PCPU's tick: a whole tick's credits from the VCPU that happens to be running.
   * One that was not yet taking part in accounting does from now on.
   */
  debit(pcpu: CreditPcpu): void {
    const { current } = pcpu;
    if (current === pcpu.idle) return;
    if (current.priority === BOOST) current.priority = UNDER;
    if (this.debitsTicks) this.accounting.debitTick(current);
    if (!this.accounting.isActive(current)) {
      this.accounting.activate(current);
    } else if (this.pickPcpu(current) !== pcpu) {
      current.holds |= MIGRATING;
      this.requestReschedule(pcpu);
    }
  }

  /** Takes credits for time that a VCPU has run; it takes part in accounting from now on. */
  charge(vcpu: CreditVcpu, credits: number): void {
    vcpu.credit -= credits;
    if (credits > 0 && !this.accounting.isActive(vcpu)) this.accounting.activate(vcpu);
  }

  /** Second step, on PCPU 0 at every third tick: hands out one period's credit. */
  account(): void {
    if (this.accounting.account(this)) this.sortEpoch++;
  }

  /** Last step of a PCPU's tick: lets priorities changed by accounting count in its run queue. */
  resort(pcpu: CreditPcpu): void {
    if (pcpu.sortedEpoch === this.sortEpoch) return;
    pcpu.sortedEpoch = this.sortEpoch;
    pcpu.sort();
  }

  /** Asks for a reschedule, as the slice timer does. */
  requestReschedule(pcpu: CreditPcpu): void {
    this.pendingPcpus |= 1 << pcpu.number;
  }

  /** Whether a PCPU has to reschedule. */
  isPending(): boolean {
    return this.pendingPcpus !== 0;
  }

  /** The lowest PCPU that has to reschedule; only if one has. */
  nextPending(): CreditPcpu {
    return this.pcpus.length === 1 ? this.pcpus[0]! : this.pcpus[lowestBit(this.pendingPcpus)]!;
  }

  /**
   * Chooses anew what the PCPU runs; `current` has the choice. Returns true if it is another VCPU
   * than before. The slice timer starts afresh either way.
   */
  reschedule(pcpu: CreditPcpu): boolean {
    const own = 1 << pcpu.number;
    const old = pcpu.current;
    this.pendingPcpus &= ~own;
    if (old.holds === 0) pcpu.enqueue(old);
    const chosen = this.choose(pcpu);
    if (chosen === pcpu.idle) this.idlePcpus |= own;
    else this.idlePcpus &= ~own;
    if (chosen === old) return false;
    pcpu.current = chosen;
    if ((old.holds & MIGRATING) !== 0) this.migrate(old);
    return true;
  }

  /** Takes what to run next off its queue; the idle VCPU if there is nothing. */
  private choose(pcpu: CreditPcpu): CreditVcpu {
    const head = pcpu.first();
    if (head.priority <= OVER) {
      const stolen = this.steal(pcpu, head.priority);
      if (stolen !== null) return stolen;
      if (head === pcpu.idle) return head;
    }
    head.leave();
    return head;
  }

  /** Takes a VCPU of strictly higher priority from another busy PCPU's queue; null if none. */
  private steal(pcpu: CreditPcpu, priority: number): CreditVcpu | null {
    const own = 1 << pcpu.number;
    let peers = this.allPcpus & ~this.idlePcpus & ~own;
    let number = pcpu.number;
    while (peers !== 0) {
      number = lowestBitAbove(peers, number);
      peers &= ~(1 << number);
      const peer = this.pcpus[number]!;
      // Not in the idle set yet, but about to look for work itself.
      if (peer.current === peer.idle) continue;
      // Queued VCPUs never run anywhere here: switches are complete before the next PCPU's turn.
      for (let vcpu = peer.first(); vcpu.priority > priority; vcpu = vcpu.next) {
        if ((vcpu.affinity & own) === 0) continue;
        vcpu.leave();
        vcpu.pcpu = pcpu;
        return vcpu;
      }
    }
    return null;
  }

  /**
   * Where the VCPU should run. The original also weighs idle sibling threads and cores; on one
   * socket of cores without threads that never moves a VCPU, so what is left is the affinity.
   */
  private pickPcpu({ affinity, pcpu }: CreditVcpu): CreditPcpu {
    const { number } = pcpu;
    if ((affinity & (1 << number)) !== 0) return pcpu;
    return this.pcpus[lowestBitAbove(affinity, number)]!;
  }

  private migrate(vcpu: CreditVcpu): void {
    vcpu.pcpu = this.pickPcpu(vcpu);
    this.release(vcpu, MIGRATING);
  }

  /** Takes away one hold, and lets the VCPU compete if it was the last. */
  private release(vcpu: CreditVcpu, hold: number): void {
    vcpu.holds -= hold;
    if (vcpu.holds !== 0 || vcpu.isRunning() || vcpu.isQueued()) return;
    if (vcpu.priority === UNDER && !vcpu.isParked()) vcpu.priority = BOOST;
    vcpu.pcpu.enqueue(vcpu);
    this.tickle(vcpu);
  }

  /** The VCPU ceased to be runnable. */
  private sleep(vcpu: CreditVcpu): void {
    if (vcpu.isRunning()) this.requestReschedule(vcpu.pcpu);
    else if (vcpu.isQueued()) vcpu.leave();
  }

  /** Asks those PCPUs to reschedule that might run a VCPU that has just joined a queue. */
  private tickle(vcpu: CreditVcpu): void {
    const { current, idle, number } = vcpu.pcpu;
    let asked = vcpu.priority > current.priority ? 1 << number : 0;
    // A PCPU with two to run calls on the idle ones. The affinity then limits the whole set, even
    // the PCPU itself; without idle ones it doesn't.
    if (current !== idle && this.idlePcpus !== 0) {
      asked = (asked | this.idlePcpus) & vcpu.affinity;
    }
    this.pendingPcpus |= asked;
  }
}
