import type { Chassis } from '../chassis.js';
import { EventChannel } from '../guest/event-channel.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { ModelInput } from '../input.js';
import { makeDom0Network } from './dom0-network.js';
import type { Dom0Steps } from './dom0-work.js';
import type { FarEnd } from './link.js';
import { NetRx } from './net-rx.js';
import { Netfront } from './netfront.js';
import type { GuestNetworkKinds, NetworkPlan } from './network-plan.js';
import type { Nic } from './nic.js';
import type { NicPoll } from './nic-poll.js';
import type { Pages } from './pages.js';
import { ReceiveBuffers } from './receive-buffers.js';
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
  readonly nicPoll: NicPoll;
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
  const dom0 = kernels[0]!;
  const guests = kernels.slice(1);
  const taps = new Taps(kernels.length);
  const nicLine = dom0.addLine();
  const netbackLine = dom0.addLine();
  const netfrontLines = guests.map((guest) => guest.addLine());
  const { netfrontRxSlots, netfrontTxSlots, vifQueueSlots } = input.network;
  const budgets = { poll: input.network.pollBudget, run: input.network.netdevBudget };
  const vifs = guests.map(({ vcpu }, g) => {
    const kinds = plan.vifs[g]!;
    const front = new EventChannel(netfrontLines[g]!, plan.guests[g]!.interrupt);
    const back = new EventChannel(netbackLine, kinds.interrupt);
    return new Vif(vcpu, kinds, front, back, netfrontRxSlots, netfrontTxSlots, vifQueueSlots);
  });
  const nicPoll = makeDom0Network({
    kernel: dom0,
    nic: far.nic,
    nicLine,
    netbackLine,
    vifs,
    vifOfClient: far.domains.map((domain) => vifs[domain - 1]!),
    clients: far.clients,
    netbackSlots: input.network.netbackSlots,
    taps: taps.vif,
    budgets,
    stepNs: stepsNs(input),
  });
  const netfronts = guests.map((guest, g) => {
    const packetNs = input.costs.guestPacketNs;
    const softirqKind = plan.guests[g]!.netfront;
    const guestRx = new NetRx(guest.softirqs, budgets);
    const tap = taps.guest[guest.vcpu]!;
    const buffers = new ReceiveBuffers({
      least: input.network.netfrontRxMinSlots,
      most: netfrontRxSlots,
      batchPct: input.network.netfrontBatchPct,
    });
    const costs = { packetNs, softirqKind };
    return new Netfront(guest, netfrontLines[g]!, guestRx, vifs[g]!, tap, buffers, costs);
  });
  return {
    nicPoll,
    vifs,
    netfronts: [undefined, ...netfronts],
    kinds: [undefined, ...plan.guests],
    taps,
    sizes: far.sizes,
    pages: far.pages,
  };
}

/** The CPU time of a packet's steps, none of which may take no time at all. */
function stepsNs({ costs }: ModelInput): Dom0Steps {
  const { dom0PacketNs, bridgeSharePct } = costs;
  const shareNs = Math.round((dom0PacketNs * bridgeSharePct) / 100);
  const bridgeNs = Math.min(Math.max(1, shareNs), dom0PacketNs - 1);
  const netbackNs = dom0PacketNs - bridgeNs;
  return {
    bridgeIn: bridgeNs,
    netbackIn: netbackNs,
    netbackOut: netbackNs,
    bridgeOut: bridgeNs,
  };
}
