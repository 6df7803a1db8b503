import type { KernelPlan } from '../guest/kernel-plan.js';
import type { VifKinds } from './vif.js';

/** Ledger kinds of a guest's own network work. */
export interface GuestNetworkKinds {
  readonly netfront: number;
  /** The kernel's part of a process's sending. */
  readonly send: number;
  readonly interrupt: number;
}

/** The kinds of work that the network brings into the kernels; by guest, domain 1 first. */
export interface NetworkPlan {
  readonly guests: readonly GuestNetworkKinds[];
  /** In domain 0's kernel. */
  readonly vifs: readonly VifKinds[];
}

/** Adds the network's kinds of work to the kernels' plans. */
export function planNetwork(plans: readonly KernelPlan[]): NetworkPlan {
  const [dom0, ...guests] = plans;
  return {
    guests: guests.map(({ kinds, domain }) => ({
      netfront: kinds.add('softirq', 'netfront and TCP', domain),
      send: kinds.add('kernel', 'TCP send', domain),
      interrupt: kinds.add('interrupt', 'network interrupts', domain),
    })),
    vifs: dom0 === undefined ? [] : guests.map(({ domain }) => vifKinds(dom0, domain)),
  };
}

/** Domain 0's work for one guest's vif. */
function vifKinds({ kinds }: KernelPlan, domain: number): VifKinds {
  return {
    bridgeIn: kinds.add('softirq', 'NIC and bridge, in', domain),
    netbackIn: kinds.add('softirq', 'netback, in', domain),
    netbackOut: kinds.add('softirq', 'netback, out', domain),
    bridgeOut: kinds.add('softirq', 'bridge and NIC, out', domain),
    interrupt: kinds.add('interrupt', 'network interrupts', domain),
  };
}
