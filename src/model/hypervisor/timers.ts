import type { Clock } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';
import type { Guest } from './guest.js';
import type { Host } from './host.js';
import type { Pcpu } from './pcpu.js';

/** Queue slots of the hypervisor's timers: two of every PCPU, then two of every VCPU. */
export interface TimerSlots {
  readonly firstTicker: number;
  readonly firstSlice: number;
  readonly firstPeriodic: number;
  readonly firstSingleShot: number;
}

/** What the timers of PCPUs do. */
type TimerHost = Pick<Host, 'pcpus' | 'pcpuOf' | 'tick' | 'sliceSlotDue' | 'endSlice'>;

/**
 * The hypervisor's timers. As in Xen, each PCPU has its own: a ticker, a slice timer, and those of
 * its VCPUs. When one expires, whatever expires within the slack runs with it, in the order of
 * expiry, rather than with an interrupt of its own. Only then does a guest see what it was sent.
 */
export class Timers {
  private readonly clock: Clock;
  private readonly queue: EventQueue;
  private readonly host: TimerHost;
  private readonly guests: readonly Guest[];
  private readonly slots: TimerSlots;
  private readonly slackNs: number;
  private first = -1;
  private firstNs = Infinity;

  /** `guests` by VCPU. */
  constructor(
    clock: Clock,
    queue: EventQueue,
    host: TimerHost,
    guests: readonly Guest[],
    slots: TimerSlots,
    slackNs: number,
  ) {
    this.clock = clock;
    this.queue = queue;
    this.host = host;
    this.guests = guests;
    this.slots = slots;
    this.slackNs = slackNs;
  }

  /** A slot is due, which needs not mean that its timer expires. */
  due(slot: number): void {
    const pcpu = this.expiresOn(slot);
    if (pcpu === null) return;
    const untilNs = this.clock.nowNs + this.slackNs;
    let next = this.firstOn(pcpu, untilNs);
    while (next >= 0) {
      this.run(next, pcpu);
      next = this.firstOn(pcpu, untilNs);
    }
    pcpu.guest?.interrupt();
  }

  /** The PCPU whose timer expires; null if it was stopped or put off since its slot was armed. */
  private expiresOn(slot: number): Pcpu | null {
    const { host, slots } = this;
    if (slot < slots.firstSlice) return host.pcpus[slot - slots.firstTicker]!;
    if (slot < slots.firstPeriodic) return host.sliceSlotDue(slot - slots.firstSlice);
    if (slot >= slots.firstSingleShot) return host.pcpuOf(slot - slots.firstSingleShot);
    const vcpu = slot - slots.firstPeriodic;
    const pcpu = host.pcpuOf(vcpu);
    if (pcpu.guest === this.guests[vcpu]) return pcpu;
    this.guests[vcpu]!.stopPeriodicTimer();
    return null;
  }

  /** The slot of a PCPU's timer that expires first, up to `untilNs`; -1 if there is none. */
  private firstOn(pcpu: Pcpu, untilNs: number): number {
    const { host, queue, slots, guests } = this;
    this.first = -1;
    this.firstNs = untilNs;
    const ticker = slots.firstTicker + pcpu.number;
    this.consider(ticker, queue.timeOf(ticker));
    this.consider(slots.firstSlice + pcpu.number, pcpu.sliceEndNs);
    for (let vcpu = 0; vcpu < guests.length; vcpu++) {
      const periodic = slots.firstPeriodic + vcpu;
      if (pcpu.guest === guests[vcpu]) this.consider(periodic, queue.timeOf(periodic));
    }
    for (let vcpu = 0; vcpu < guests.length; vcpu++) {
      const singleShot = slots.firstSingleShot + vcpu;
      if (host.pcpuOf(vcpu) === pcpu) this.consider(singleShot, queue.timeOf(singleShot));
    }
    return this.first;
  }

  /** Takes the slot if its timer expires before the first so far, or may be the first at all. */
  private consider(slot: number, ns: number): void {
    if (ns > this.firstNs || (ns === this.firstNs && this.first >= 0)) return;
    this.first = slot;
    this.firstNs = ns;
  }

  private run(slot: number, pcpu: Pcpu): void {
    const { host, slots, guests } = this;
    if (slot < slots.firstSlice) host.tick(pcpu.number);
    else if (slot < slots.firstPeriodic) host.endSlice(pcpu.number);
    else if (slot < slots.firstSingleShot) guests[slot - slots.firstPeriodic]!.periodicTimer();
    else guests[slot - slots.firstSingleShot]!.singleShot();
  }
}
