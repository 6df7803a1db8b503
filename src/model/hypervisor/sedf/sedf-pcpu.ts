import { type Clock, ZERO_NS } from '../../engine/clock.js';
import type { Decision } from '../scheduler.js';
import type { SchedPcpu } from '../vcpu.js';
import { EDF, EXTRA_QUANTUM_NS, IDLE_NS, PENALTY, UTILISATION } from './sedf-constants.js';
import { SedfQueue } from './sedf-queue.js';
import { SedfVcpu } from './sedf-vcpu.js';

/** A PCPU as SEDF knows it. Its VCPUs stay on it: the four queues are its own. */
export class SedfPcpu implements SchedPcpu {
  readonly number: number;
  readonly idle: SedfVcpu;
  /** The VCPU that runs; the idle one if there is nothing to run. */
  current: SedfVcpu;
  /** When what was chosen last is to be looked at again. */
  sliceEndNs = ZERO_NS;
  /** VCPUs whose period has begun, by deadline. */
  readonly runQueue: SedfQueue;
  /** VCPUs whose period is to come, by its beginning. */
  readonly waitQueue: SedfQueue;
  /** VCPUs that lost a part of a slice, by score. */
  readonly penaltyQueue: SedfQueue;
  /** VCPUs that take extra time, by score. */
  readonly utilisationQueue: SedfQueue;
  private readonly clock: Clock;

  constructor(number: number, clock: Clock) {
    this.number = number;
    this.clock = clock;
    this.idle = new SedfVcpu(-1, -1, this, 1 << number);
    this.current = this.idle;
    this.runQueue = new SedfQueue(this.idle);
    this.waitQueue = new SedfQueue(this.idle);
    this.penaltyQueue = new SedfQueue(this.idle);
    this.utilisationQueue = new SedfQueue(this.idle);
  }

  /** Queues a VCPU by its deadline. */
  toRunQueue(vcpu: SedfVcpu): void {
    vcpu.turn.key = vcpu.deadlineNs;
    this.runQueue.insert(vcpu.turn);
  }

  /** Queues a VCPU by the beginning of its period. */
  toWaitQueue(vcpu: SedfVcpu): void {
    vcpu.turn.key = vcpu.beginNs();
    this.waitQueue.insert(vcpu.turn);
  }

  /** Lets periods begin that are due, and gives a new one to those that have had theirs. */
  renewPeriods(): void {
    const { waitQueue, runQueue } = this;
    const { nowNs } = this.clock;
    let place = waitQueue.first();
    while (place.key <= nowNs) {
      place.leave();
      this.toRunQueue(place.vcpu);
      place = waitQueue.first();
    }
    place = runQueue.first();
    while (place !== runQueue.end) {
      // One that goes behind this one is met again.
      const following = place.next;
      if (!this.renewPeriod(place.vcpu)) return;
      place = following;
    }
  }

  /** False if the VCPU has not had its period yet. */
  private renewPeriod(vcpu: SedfVcpu): boolean {
    const { nowNs } = this.clock;
    if (vcpu.sliceNs === 0) {
      vcpu.turn.leave();
      vcpu.deadlineNs += vcpu.periodNs;
      skipPeriods(vcpu, nowNs - vcpu.beginNs());
      this.toWaitQueue(vcpu);
      return true;
    }
    if (vcpu.deadlineNs >= nowNs && vcpu.usedNs <= vcpu.sliceNs) return false;
    vcpu.turn.leave();
    vcpu.deadlineNs += vcpu.periodNs;
    skipPeriods(vcpu, nowNs - vcpu.deadlineNs);
    vcpu.usedNs = 0;
    if (vcpu.beginNs() > nowNs) this.toWaitQueue(vcpu);
    else this.toRunQueue(vcpu);
    return true;
  }

  /** What runs from now on, and for how long at the most. */
  choose(decision: Decision): void {
    const { nowNs } = this.clock;
    const first = this.runQueue.first();
    const roomNs = this.waitQueue.first().key - nowNs;
    let { vcpu } = first;
    let sliceNs = roomNs;
    if (vcpu !== this.idle) {
      vcpu.mode = EDF;
      sliceNs = Math.min(vcpu.sliceNs - vcpu.usedNs, roomNs);
    } else if (roomNs === Infinity) {
      sliceNs = IDLE_NS;
    } else if (roomNs >= EXTRA_QUANTUM_NS) {
      vcpu = this.chooseExtra();
      if (vcpu !== this.idle) sliceNs = EXTRA_QUANTUM_NS;
    }
    // Slices are negative if weights give away more than there is.
    if (sliceNs < 0) sliceNs = EXTRA_QUANTUM_NS;
    vcpu.chosenNs = nowNs;
    this.sliceEndNs = nowNs + sliceNs;
    decision.vcpu = vcpu;
    decision.sliceNs = sliceNs;
  }

  /** Who takes extra time: first who has lost some; the idle VCPU if nobody does. */
  private chooseExtra(): SedfVcpu {
    const { vcpu: penalised } = this.penaltyQueue.first();
    if (penalised !== this.idle) {
      penalised.mode = PENALTY;
      return penalised;
    }
    const { vcpu } = this.utilisationQueue.first();
    vcpu.mode = UTILISATION;
    return vcpu;
  }
}

/** On by whole periods, as many as it is late. */
function skipPeriods(vcpu: SedfVcpu, lateNs: number): void {
  if (lateNs > 0) vcpu.deadlineNs += Math.ceil(lateNs / vcpu.periodNs) * vcpu.periodNs;
}
