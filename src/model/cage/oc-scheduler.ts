import type { Clock } from '../engine/clock.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { AllocationPolicy, Allowance } from '../hypervisor/allocation.js';
import type { CageInput } from '../input.js';
import type { IdsUse } from './ids-use.js';
import type { Monitor } from './monitor.js';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A cage as the scheduler sees it. */
export interface Cage {
  readonly input: CageInput;
  /** Member VMs, by domain index. */
  readonly vms: readonly number[];
  /** Member processes outside the member VMs; those inside are part of their VM's use. */
  readonly monitors: readonly Monitor[];
  readonly idsUse: IdsUse;
}

/**
 * OC-Scheduler: when the credit scheduler is about to hand out credit, takes the IDSes' use off
 * what the cage's VMs may have (paper, section 4.3). With a cap,
 * credit = total x (RC.cap - RC.ids) / 100; by weight,
 * credit = total x (weight / sum - RC.ids / 100), where the total is that of one PCPU, as cap and
 * RC.ids are, unless the cage says otherwise. The scheduler gives the smaller, and divides it among
 * those of the VMs that want CPU time, whose own weights count if the cage has none.
 */
export class OcScheduler implements AllocationPolicy {
  private readonly clock: Clock;
  private readonly kernels: readonly GuestKernel[];
  private readonly cages: readonly Cage[];
  private readonly pcpus: number;
  /** By cage, percent of one PCPU over one period: use beyond the cap still to be made up for. */
  private readonly debtPct: number[] = [];
  /** By cage: what it leaves its VMs together. */
  private readonly left: readonly Writable<Allowance>[];
  /** By domain: what its cage leaves, if that is enforced and a period has been measured. */
  private readonly allowances: (Allowance | null)[];

  constructor(
    clock: Clock,
    kernels: readonly GuestKernel[],
    cages: readonly Cage[],
    pcpus: number,
  ) {
    this.clock = clock;
    this.kernels = kernels;
    this.cages = cages;
    this.pcpus = pcpus;
    this.left = cages.map(() => ({ capPct: Infinity, parkCapPct: Infinity, shareDebitPct: 0 }));
    this.allowances = kernels.map(() => null);
  }

  atTick(): void {
    for (const { input, idsUse, monitors } of this.cages) {
      if (!input.enforce || !idsUse.perTick) continue;
      for (const kernel of this.kernels) kernel.accrue();
      idsUse.update(totalOf(monitors), this.clock.nowNs);
    }
  }

  beforeAccounting(): void {
    if (this.cages.length === 0) return;
    for (const kernel of this.kernels) kernel.accrue();
    for (let i = 0; i < this.cages.length; i++) {
      if (this.cages[i]!.input.enforce) this.allocate(i);
    }
  }

  allowanceOf(domain: number): Allowance | null {
    return this.allowances[domain]!;
  }

  private allocate(index: number): void {
    const { input, vms, monitors, idsUse } = this.cages[index]!;
    if (!idsUse.perTick) idsUse.update(totalOf(monitors), this.clock.nowNs);
    const idsPct = idsUse.usePct;
    const left = this.left[index]!;
    const times = input.ofAllPcpus === true ? this.pcpus : 1;
    left.capPct = times * this.leftForVms(index, input, idsPct);
    left.shareDebitPct = input.weight > 0 ? times * idsPct : 0;
    left.parkCapPct = input.parkBelow === 'configured' ? times * this.capOf(input) : left.capPct;
    for (const domain of vms) this.allowances[domain] = left;
  }

  /** RC.cap - RC.ids, not below 0, after what is carried over; Infinity without a cap. */
  private leftForVms(index: number, input: CageInput, idsPct: number): number {
    const leftPct = this.capOf(input) - idsPct - (this.debtPct[index] ?? 0);
    if (input.excess === 'carry') {
      this.debtPct[index] = Math.min(Math.max(-leftPct, 0), input.excessLimitPct);
    }
    const notNegative = Math.max(0, leftPct);
    return input.rounding === 'percent' ? Math.round(notNegative) : notNegative;
  }

  private capOf(input: CageInput): number {
    return input.capPct > 0 ? input.capPct : Infinity;
  }
}

function totalOf(monitors: readonly Monitor[]): number {
  let totalNs = 0;
  for (const monitor of monitors) totalNs += monitor.readNs();
  return totalNs;
}
