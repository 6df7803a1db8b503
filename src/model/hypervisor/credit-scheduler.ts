import { CreditAccounting, type DomainShare, type VcpuPauser } from './credit-accounting.js';
import {
  BOOST,
  CREDITS_PER_PERIOD,
  IDLE,
  MAX_PCPUS,
  OVER,
  PARKED,
  UNDER,
} from './credit-constants.js';
import { lowestBit, lowestBitAbove } from './pcpu-set.js';
import { RunQueues } from './run-queue.js';

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

/** What keeps a VCPU from being runnable: two marks and, from bit 2 upwards, the pause count. */
const BLOCKED = 1;
const MIGRATING = 2;
const PAUSED_ONCE = 4;

/**
 * The credit scheduler of Xen 3.3: which VCPU runs on which PCPU. It knows no time. Its owner
 * - for each PCPU every `TICK_NS`, calls `debit`, on PCPU 0 every third time `account`, then
 *   `resort`;
 * - while `nextPending` names a PCPU, calls `reschedule` for it and restarts that PCPU's slice
 *   timer of `SLICE_NS`, which does nothing but `requestReschedule`.
 *
 * VCPUs are created paused, PCPUs idle. -1 stands for an idle VCPU. Who has how much credit is
 * `CreditAccounting`'s matter; its arrays are shared here, and what they mean is said there.
 */
export class CreditScheduler implements VcpuPauser {
  /** VCPU running on each PCPU, -1 when idle. Read only for others. */
  readonly running: Int32Array;
  /** BOOST, UNDER or OVER of each VCPU, then IDLE for each PCPU's idle VCPU. */
  readonly priority: Int32Array;
  /** Credit of each VCPU. Read only for others, like the flags. */
  readonly credit: Int32Array;
  /** PARKED or 0 of each VCPU. */
  readonly flags: Uint8Array;
  /** By domain, for an allocation policy to write before accounting: see `CreditAccounting`. */
  readonly effectiveCapPct: Float64Array;
  readonly parkCapPct: Float64Array;
  readonly shareDebitPct: Float64Array;
  readonly governed: Uint8Array;

  private readonly accounting: CreditAccounting;
  private readonly queues: RunQueues;
  private readonly holds: Int32Array;
  private readonly assigned: Int32Array;
  private readonly affinity: Int32Array;
  private readonly sortedEpoch: Float64Array;
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
    this.running = new Int32Array(pcpus).fill(-1);
    this.priority = new Int32Array(vcpus.length + pcpus).fill(UNDER).fill(IDLE, vcpus.length);
    const domainOf = Int32Array.from(vcpus, (vcpu) => vcpu.domain);
    const totalCredit = CREDITS_PER_PERIOD * pcpus;
    this.accounting = new CreditAccounting(domains, domainOf, this.priority, totalCredit);
    this.credit = this.accounting.credit;
    this.flags = this.accounting.flags;
    this.effectiveCapPct = this.accounting.effectiveCapPct;
    this.parkCapPct = this.accounting.parkCapPct;
    this.shareDebitPct = this.accounting.shareDebitPct;
    this.governed = this.accounting.governed;
    this.queues = new RunQueues(vcpus.length, pcpus, this.priority);
    this.holds = new Int32Array(vcpus.length).fill(PAUSED_ONCE);
    this.assigned = Int32Array.from(vcpus, (vcpu) => vcpu.pcpu);
    this.affinity = Int32Array.from(vcpus, (vcpu) =>
      vcpu.affinity.reduce((set, pcpu) => set | (1 << pcpu), 0),
    );
    this.sortedEpoch = new Float64Array(pcpus);
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

  isRunnable(vcpu: number): boolean {
    return this.holds[vcpu] === 0;
  }

  isRunning(vcpu: number): boolean {
    return this.running[this.assigned[vcpu]!] === vcpu;
  }

  /** Whether the VCPU takes part in accounting. */
  isActive(vcpu: number): boolean {
    return this.accounting.isActive(vcpu);
  }

  isParked(vcpu: number): boolean {
    return (this.flags[vcpu]! & PARKED) !== 0;
  }

  /** The VCPUs waiting in a PCPU's run queue, first to run first. For inspection: it allocates. */
  queued(pcpu: number): number[] {
    return this.queues.toArray(pcpu);
  }

  /** An event for the VCPU: ends its blocking, if it is blocked. */
  wake(vcpu: number): void {
    if ((this.holds[vcpu]! & BLOCKED) === 0) return;
    this.release(vcpu, BLOCKED);
  }

  /** The VCPU has nothing to do until it is woken. */
  block(vcpu: number): void {
    this.holds[vcpu]! |= BLOCKED;
    this.sleep(vcpu);
  }

  /** Keeps the VCPU from running until as many unpauses as pauses have come. */
  pause(vcpu: number): void {
    this.holds[vcpu]! += PAUSED_ONCE;
    this.sleep(vcpu);
  }

  unpause(vcpu: number): void {
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
  debit(pcpu: number): void {
    const vcpu = this.running[pcpu]!;
    if (vcpu < 0) return;
    if (this.priority[vcpu] === BOOST) this.priority[vcpu] = UNDER;
    if (this.debitsTicks) this.accounting.debitTick(vcpu);
    if (!this.accounting.isActive(vcpu)) {
      this.accounting.activate(vcpu);
    } else if (this.pickPcpu(vcpu) !== pcpu) {
      this.holds[vcpu]! |= MIGRATING;
      this.requestReschedule(pcpu);
    }
  }

  /** Takes credits for time that a VCPU has run; it takes part in accounting from now on. */
  charge(vcpu: number, credits: number): void {
    this.credit[vcpu]! -= credits;
    if (credits > 0 && !this.accounting.isActive(vcpu)) this.accounting.activate(vcpu);
  }

  /** Second step, on PCPU 0 at every third tick: hands out one period's credit. */
  account(): void {
    if (this.accounting.account(this)) this.sortEpoch++;
  }

  /** Last step of a PCPU's tick: lets priorities changed by accounting count in its run queue. */
  resort(pcpu: number): void {
    if (this.sortedEpoch[pcpu] === this.sortEpoch) return;
    this.sortedEpoch[pcpu] = this.sortEpoch;
    this.queues.sort(pcpu);
  }

  /** Asks for a reschedule, as the slice timer does. */
  requestReschedule(pcpu: number): void {
    this.pendingPcpus |= 1 << pcpu;
  }

  /** Whether a PCPU has to reschedule. */
  isPending(): boolean {
    return this.pendingPcpus !== 0;
  }

  /** The lowest PCPU that has to reschedule, or -1. */
  nextPending(): number {
    return this.pendingPcpus === 0 ? -1 : lowestBit(this.pendingPcpus);
  }

  /**
   * Chooses anew what the PCPU runs; `running` has the choice. Returns true if it is another VCPU
   * than before. The slice timer starts afresh either way.
   */
  reschedule(pcpu: number): boolean {
    const own = 1 << pcpu;
    this.pendingPcpus &= ~own;
    const old = this.running[pcpu]!;
    if (old >= 0 && this.holds[old] === 0) this.queues.enqueue(pcpu, old);
    const chosen = this.choose(pcpu);
    if (chosen < 0) this.idlePcpus |= own;
    else this.idlePcpus &= ~own;
    if (chosen === old) return false;
    this.running[pcpu] = chosen;
    if (old >= 0 && (this.holds[old]! & MIGRATING) !== 0) this.migrate(old);
    return true;
  }

  /** Takes what to run next off its queue; -1 if there is nothing. */
  private choose(pcpu: number): number {
    const head = this.queues.first(pcpu);
    if (this.priority[head]! <= OVER) {
      const stolen = this.steal(pcpu, this.priority[head]!);
      if (stolen >= 0) return stolen;
      if (head === this.queues.anchor(pcpu)) return -1;
    }
    this.queues.remove(head);
    return head;
  }

  /** Takes a VCPU of strictly higher priority from another busy PCPU's queue; -1 if none. */
  private steal(pcpu: number, priority: number): number {
    let peers = this.allPcpus & ~this.idlePcpus & ~(1 << pcpu);
    let peer = pcpu;
    while (peers !== 0) {
      peer = lowestBitAbove(peers, peer);
      peers &= ~(1 << peer);
      // Not in the idle set yet, but about to look for work itself.
      if (this.running[peer]! < 0) continue;
      // Queued VCPUs never run anywhere here: switches are complete before the next PCPU's turn.
      let vcpu = this.queues.first(peer);
      while (this.priority[vcpu]! > priority) {
        if ((this.affinity[vcpu]! & (1 << pcpu)) !== 0) {
          this.queues.remove(vcpu);
          this.assigned[vcpu] = pcpu;
          return vcpu;
        }
        vcpu = this.queues.next[vcpu]!;
      }
    }
    return -1;
  }

  /**
   * Where the VCPU should run. The original also weighs idle sibling threads and cores; on one
   * socket of cores without threads that never moves a VCPU, so what is left is the affinity.
   */
  private pickPcpu(vcpu: number): number {
    const allowed = this.affinity[vcpu]!;
    const current = this.assigned[vcpu]!;
    return (allowed & (1 << current)) !== 0 ? current : lowestBitAbove(allowed, current);
  }

  private migrate(vcpu: number): void {
    this.assigned[vcpu] = this.pickPcpu(vcpu);
    this.release(vcpu, MIGRATING);
  }

  /** Takes away one hold, and lets the VCPU compete if it was the last. */
  private release(vcpu: number, hold: number): void {
    this.holds[vcpu]! -= hold;
    if (this.holds[vcpu] !== 0) return;
    const pcpu = this.assigned[vcpu]!;
    if (this.running[pcpu] === vcpu || this.queues.contains(vcpu)) return;
    if (this.priority[vcpu] === UNDER && !this.isParked(vcpu)) this.priority[vcpu] = BOOST;
    this.queues.enqueue(pcpu, vcpu);
    this.tickle(pcpu, vcpu);
  }

  /** The VCPU ceased to be runnable. */
  private sleep(vcpu: number): void {
    const pcpu = this.assigned[vcpu]!;
    if (this.running[pcpu] === vcpu) this.requestReschedule(pcpu);
    else if (this.queues.contains(vcpu)) this.queues.remove(vcpu);
  }

  /** Asks those PCPUs to reschedule that might run a VCPU just queued on `pcpu`. */
  private tickle(pcpu: number, vcpu: number): void {
    const current = this.running[pcpu]!;
    const beaten = current < 0 ? IDLE : this.priority[current]!;
    let asked = this.priority[vcpu]! > beaten ? 1 << pcpu : 0;
    // A PCPU with two to run calls on the idle ones. The affinity then limits the whole set, even
    // the PCPU itself; without idle ones it doesn't.
    if (current >= 0 && this.idlePcpus !== 0) {
      asked = (asked | this.idlePcpus) & this.affinity[vcpu]!;
    }
    this.pendingPcpus |= asked;
  }
}
