import type { KernelPlan } from '../guest/kernel-plan.js';
import type { VifKinds } from './vif.js';

/** Ledger kinds of a guest's own network work. */
export interface GuestNetworkKinds {
  readonly netfront: number;
  /** The kernel's part of a process's sending. */
  readonly send: number;
  readonly interrupt: number;
}

/** A network device of a guest that gets copies of another guest's packets. */
export interface MirrorPlan {
  /** Index of the domain that has the device. */
  readonly domain: number;
  /** Index of the domain whose packets are copied, for which all work is done. */
  readonly watched: number;
  readonly guestKinds: Omit<GuestNetworkKinds, 'send'>;
  /** In domain 0's kernel. */
  readonly vifKinds: VifKinds;
}

/** Collects the guests' network devices, and adds their kinds of work to the kernels' plans. */
export class NetworkPlan {
  /** By guest, domain 1 first. */
  readonly guests: readonly GuestNetworkKinds[];
  /** In domain 0's kernel, likewise. */
  readonly vifs: readonly VifKinds[];
  readonly mirrors: MirrorPlan[] = [];
  private readonly plans: readonly KernelPlan[];

  constructor(plans: readonly KernelPlan[]) {
    this.plans = plans;
    const [dom0, ...guests] = plans;
    this.guests = guests.map(({ kinds, domain }) => ({
      netfront: kinds.add('softirq', 'netfront and TCP', domain),
      send: kinds.add('kernel', 'TCP send', domain),
      interrupt: kinds.add('interrupt', 'network interrupts', domain),
    }));
    this.vifs = dom0 === undefined ? [] : guests.map(({ domain }) => vifKinds(dom0, domain));
  }

  /** A process of `domain` will listen to the packets of `watched`: a third domain needs copies. */
  listen(domain: number, watched: number): void {
    if (domain === 0 || domain === watched) return;
    if (this.mirrors.some((one) => one.domain === domain && one.watched === watched)) return;
    const { kinds } = this.plans[domain]!;
    const guestKinds = {
      netfront: kinds.add('softirq', 'netfront, copies', watched),
      interrupt: kinds.add('interrupt', 'network interrupts', watched),
    };
    this.mirrors.push({
      domain,
      watched,
      guestKinds,
      vifKinds: mirrorKinds(this.plans[0]!, watched),
    });
  }
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

/** The same for copies of its packets, all of which go one way. */
function mirrorKinds({ kinds }: KernelPlan, watched: number): VifKinds {
  const bridge = kinds.add('softirq', 'bridge, copies', watched);
  const netback = kinds.add('softirq', 'netback, copies', watched);
  const interrupt = kinds.add('interrupt', 'network interrupts', watched);
  return {
    bridgeIn: bridge,
    netbackIn: netback,
    netbackOut: netback,
    bridgeOut: bridge,
    interrupt,
  };
}
