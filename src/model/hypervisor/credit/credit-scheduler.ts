import { lowestBitAbove, setOf } from '../pcpu-set.js';
import {
  type Decision,
  type DomainShare,
  MAX_PCPUS,
  type RunTimes,
  Scheduler,
  type SchedulerGauge,
  type Topology,
} from '../scheduler.js';
import { MIGRATING, type SchedPcpu, type Vcpu } from '../vcpu.js';
import { CreditAccounting, type VcpuPauser } from './credit-accounting.js';
import {
  BOOST,
  CREDITS_PER_PERIOD,
  OVER,
  SLICE_NS,
  TICK_NS,
  TICKS_PER_ACCOUNTING,
  UNDER,
} from './credit-constants.js';
import { CreditPcpu } from './credit-pcpu.js';
import { CreditVcpu } from './credit-vcpu.js';
import { ExactDebit } from './exact-debit.js';

/** How the credit scheduler is built; Xen's is sampled and boosts. */
export interface CreditInput {
  readonly scheduler: 'credit';
  /** What a VCPU pays for: the whole tick that finds it running, or the time that it has run. */
  readonly debit: 'sampled' | 'exact';
  /** Whether a VCPU that wakes with credit left goes before all that do not. */
  readonly boost: boolean;
}

/** The credit scheduler as Xen has it. */
export const XEN_CREDIT: CreditInput = { scheduler: 'credit', debit: 'sampled', boost: true };

/**
 * The credit scheduler of Xen 3.3: which VCPU runs on which PCPU. Each PCPU's `tick` is due every
 * 10 ms; at every third tick of PCPU 0, credit is handed out.
 */
export class CreditScheduler extends Scheduler<DomainShare> implements VcpuPauser {
  override readonly vcpus: readonly CreditVcpu[];
  override readonly pcpus: readonly CreditPcpu[];
  override readonly tickNs = TICK_NS;

  private readonly accounting: CreditAccounting;
  private sortEpoch = 0;
  private idlePcpus: number;
  private readonly allPcpus: number;
  private readonly boosts: boolean;
  /** Null if ticks are debited. */
  private readonly exactDebit: ExactDebit | null;
  private readonly decision: Decision;
  private masterTicks = 0;

  /** @param ranNs asked only with exact debiting */
  constructor(
    topology: Topology,
    { debit, boost }: CreditInput = XEN_CREDIT,
    ranNs: RunTimes = () => 0,
  ) {
    super(topology.pcpus);
    const { pcpus, vcpus } = topology;
    this.pcpus = Array.from({ length: pcpus }, (_, number) => new CreditPcpu(number));
    this.vcpus = vcpus.map(({ domain, pcpu, affinity }, number) => {
      return new CreditVcpu(number, domain, this.pcpus[pcpu]!, setOf(affinity), UNDER);
    });
    this.accounting = new CreditAccounting(topology, this.vcpus, CREDITS_PER_PERIOD * pcpus);
    this.allPcpus = (-1 >>> (MAX_PCPUS - pcpus)) | 0;
    this.idlePcpus = this.allPcpus;
    this.boosts = boost;
    this.exactDebit = debit === 'exact' ? new ExactDebit(this, ranNs) : null;
    this.decision = { vcpu: this.pcpus[0]!.idle, sliceNs: SLICE_NS };
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

  /** Changes a domain's weight and cap (percent of one PCPU, 0 = none) in place. */
  override adjust(domain: number, share: DomainShare): void {
    this.accounting.adjust(domain, share);
  }

  override tick(pcpu: CreditPcpu): void {
    this.debit(pcpu);
    if (pcpu.number === 0) this.masterTick();
    this.resort(pcpu);
  }

  private masterTick(): void {
    this.allocation.atTick();
    if (++this.masterTicks % TICKS_PER_ACCOUNTING !== 0) return;
    this.accountings++;
    this.exactDebit?.debit();
    this.allocation.beforeAccounting();
    this.account();
  }

  /**
   * First step of a PCPU's tick: a whole tick's credits from the VCPU that happens to be running.
   * One that was not yet taking part in accounting does from now on.
   */
  debit(pcpu: CreditPcpu): void {
    const { current } = pcpu;
    if (current === pcpu.idle) return;
    if (current.priority === BOOST) current.priority = UNDER;
    if (this.exactDebit === null) this.accounting.debitTick(current);
    if (!this.accounting.isActive(current)) {
      this.accounting.activate(current);
    } else if (this.pickPcpu(current) !== pcpu) {
      this.startMigration(current);
    }
  }

  /** Takes credits for time that a VCPU has run; it takes part in accounting from now on. */
  charge(vcpu: CreditVcpu, credits: number): void {
    vcpu.credit -= credits;
    if (credits > 0 && !this.accounting.isActive(vcpu)) this.accounting.activate(vcpu);
  }

  /** Second step, on PCPU 0 at every third tick: hands out one period's credit. */
  account(): void {
    if (this.accounting.account(this.allocation, this)) this.sortEpoch++;
  }

  /** Last step of a PCPU's tick: lets priorities changed by accounting count in its run queue. */
  resort(pcpu: CreditPcpu): void {
    if (pcpu.sortedEpoch === this.sortEpoch) return;
    pcpu.sortedEpoch = this.sortEpoch;
    pcpu.sort();
  }

  override waiting(pcpu: CreditPcpu): number {
    return pcpu.queued().length;
  }

  override gaugesOf(number: number): SchedulerGauge[] {
    const vcpu = this.vcpus[number]!;
    const { domain } = vcpu;
    const capPct = () =>
      this.allocation.allowanceOf(domain)?.capPct ?? this.accounting.configuredCapPct(domain);
    return [
      { name: 'credit', unit: 'credits', read: () => vcpu.credit },
      { name: 'priority', unit: '0 boost, -1 under, -2 over', read: () => vcpu.priority },
      { name: 'effective cap', unit: '% of a PCPU', read: capPct },
    ];
  }

  override reschedule(pcpu: SchedPcpu): Decision {
    const old = pcpu.current;
    const decision = super.reschedule(pcpu);
    if ((old.holds & MIGRATING) !== 0) this.migrate(old);
    return decision;
  }

  /** The VCPU, which runs, is to go on elsewhere: it leaves its PCPU first. */
  private startMigration(vcpu: Vcpu): void {
    vcpu.holds |= MIGRATING;
    this.requestReschedule(vcpu.pcpu);
  }

  private migrate(vcpu: Vcpu): void {
    vcpu.pcpu = this.pickPcpu(vcpu);
    this.release(vcpu, MIGRATING);
  }

  protected override doSchedule(pcpu: CreditPcpu): Decision {
    const own = 1 << pcpu.number;
    const old = pcpu.current;
    if (old.holds === 0) pcpu.enqueue(old);
    const chosen = this.choose(pcpu);
    if (chosen === pcpu.idle) this.idlePcpus |= own;
    else this.idlePcpus &= ~own;
    this.decision.vcpu = chosen;
    return this.decision;
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
  private pickPcpu({ affinity, pcpu }: Vcpu): SchedPcpu {
    const { number } = pcpu;
    if ((affinity & (1 << number)) !== 0) return pcpu;
    return this.pcpus[lowestBitAbove(affinity, number)]!;
  }

  protected override vcpuWakes(vcpu: CreditVcpu): void {
    if (vcpu.isRunning() || vcpu.isQueued()) return;
    if (this.boosts && vcpu.priority === UNDER && !vcpu.isParked()) vcpu.priority = BOOST;
    vcpu.pcpu.enqueue(vcpu);
    this.tickle(vcpu);
  }

  protected override vcpuSleeps(vcpu: CreditVcpu): void {
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
    this.requestReschedules(asked);
  }
}
