import type { Pcpu } from './pcpu.js';

/** What a guest kernel asks of the hypervisor about its own VCPU. */
export interface VcpuHost extends VcpuTimes {
  /** An event for a blocked VCPU. */
  wake(vcpu: number): void;
  /** The guest has nothing to do: SCHEDOP_block. */
  block(vcpu: number): void;
}

/** A VCPU's runstate times, which its guest can read. */
export interface VcpuTimes {
  /** Time in which it wanted to run and did not: runnable and offline. */
  stolenNs(vcpu: number): number;
  blockedNs(vcpu: number): number;
}

/** A guest kernel as the hypervisor tells it about its VCPU. */
export interface Guest {
  /** Its VCPU has been put on a PCPU, which has its state loaded already, or had to load it. */
  switchedIn(pcpu: Pcpu, wasLoaded: boolean): void;
  switchedOut(): void;
  /** The scheduler was asked, and its VCPU goes on. */
  goesOn(): void;
  /** It has got to `Pcpu.workEndNs`. */
  workDone(): void;
  /** Its VCPU's periodic timer has expired: an event for it, which it sees in `interrupt`. */
  periodicTimer(): void;
  /** The periodic timer would expire now, but the VCPU does not run. */
  stopPeriodicTimer(): void;
  /** Its VCPU's single-shot timer has expired: an event as well. */
  singleShot(): void;
  /** Takes the events that it has been sent, if its VCPU runs. */
  interrupt(): void;
}
