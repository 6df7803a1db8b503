import type { Chassis } from '../chassis.js';
import { EventChannel } from '../guest/event-channel.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { ModelInput } from '../input.js';
import { Dom0Inbound } from './dom0-inbound.js';
import { Dom0Outbound } from './dom0-outbound.js';
import type { FarEnd } from './link.js';
import { Netfront } from './netfront.js';
import type { GuestNetworkKinds, NetworkPlan } from './network-plan.js';
import type { Nic } from './nic.js';
import type { Pages } from './pages.js';
import { Taps } from './taps.js';
import { Vif } from './vif.js';
import type { WireSizes } from './wire-sizes.js';

/** What is on the other side of domain 0: the NIC and, by client, whom it reaches. */
export interface FarNetwork {
  readonly clients: readonly FarEnd[];
  /** Index of the domain that the client's packets go to. */
  readonly domains: readonly number[];
  readonly sizes: WireSizes;
  /** Null for a client whose pages are all the same. */
  readonly pages: readonly (Pages | null)[];
  readonly nic: Nic;
}

/** The network between NIC and guests. */
export interface Network {
  readonly inbound: Dom0Inbound;
  readonly vifs: readonly Vif[];
  /** By domain index; none in domain 0. */
  readonly netfronts: readonly (Netfront | undefined)[];
  /** By domain index; none in domain 0. */
  readonly kinds: readonly (GuestNetworkKinds | undefined)[];
  readonly taps: Taps;
  readonly sizes: WireSizes;
  /** By client; null if they are all the same. */
  readonly pages: readonly (Pages | null)[];
}

/** Connects the NIC with every guest, through domain 0. */
export function makeNetwork(
  { input }: Chassis,
  kernels: readonly GuestKernel[],
  plan: NetworkPlan,
  far: FarNetwork,
): Network {
  const { nic } = far;
  const dom0 = kernels[0]!;
  const guests = kernels.slice(1);
  const taps = new Taps(kernels.length);
  const nicLine = dom0.addLine();
  const netbackLine = dom0.addLine();
  const netfrontLines = guests.map((guest) => guest.addLine());
  const { netfrontRxSlots, netfrontTxSlots, vifQueueSlots, pollBudget } = input.network;
  const vifs = guests.map(({ vcpu }, g) => {
    const kinds = plan.vifs[g]!;
    const front = new EventChannel(netfrontLines[g]!, plan.guests[g]!.interrupt);
    const back = new EventChannel(netbackLine, kinds.interrupt);
    return new Vif(vcpu, kinds, front, back, netfrontRxSlots, netfrontTxSlots, vifQueueSlots);
  });
  const vifOf = far.domains.map((domain) => vifs[domain - 1]!);
  const costs = dom0Costs(input);
  const inbound = new Dom0Inbound(dom0, nic, nicLine, vifs, vifOf, taps.vif, costs);
  const outbound = new Dom0Outbound(dom0, nic, vifs, far.clients, taps.vif, costs);
  netbackLine.handler = () => {
    inbound.netbackEvent();
    outbound.netbackEvent();
  };
  const netfronts = guests.map((guest, g) => {
    const packetNs = input.costs.guestPacketNs;
    const softirqKind = plan.guests[g]!.netfront;
    const work = { packetNs, pollBudget, softirqKind };
    return new Netfront(guest, netfrontLines[g]!, vifs[g]!, taps.guest[guest.vcpu]!, work);
  });
  return {
    inbound,
    vifs,
    netfronts: [undefined, ...netfronts],
    kinds: [undefined, ...plan.guests],
    taps,
    sizes: far.sizes,
    pages: far.pages,
  };
}

function dom0Costs({ costs, network }: ModelInput) {
  const bridgePacketNs = Math.round((costs.dom0PacketNs * costs.bridgeSharePct) / 100);
  const netbackPacketNs = costs.dom0PacketNs - bridgePacketNs;
  return { bridgePacketNs, netbackPacketNs, pollBudget: network.pollBudget };
}
