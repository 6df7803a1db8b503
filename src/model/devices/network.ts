import type { Chassis } from '../chassis.js';
import { EventChannel } from '../guest/event-channel.js';
import type { InterruptLine } from '../guest/interrupt-line.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { ModelInput } from '../input.js';
import { makeDom0Network } from './dom0-network.js';
import type { Dom0Steps } from './dom0-step.js';
import type { FarEnd } from './link.js';
import type { MirrorPorts } from './mirror.js';
import { NetRx } from './net-rx.js';
import { Netfront, type PacketSink } from './netfront.js';
import type { GuestNetworkKinds, NetworkPlan } from './network-plan.js';
import type { Nic } from './nic.js';
import type { NicPoll } from './nic-poll.js';
import { addressChange, NO_PACKET } from './packet.js';
import type { Pages } from './pages.js';
import { ReceiveBuffers } from './receive-buffers.js';
import { pollCosts } from './reception/receptions.js';
import type { TapPoint } from './taps.js';
import { Vif, type VifKinds } from './vif.js';
import type { WireSizes } from './wire-sizes.js';

/** What is on the other side of domain 0: the NIC and, by client, whom it reaches. */
export interface FarNetwork {
  readonly clients: readonly FarEnd[];
  /** Index of the domain that the client's packets go to. */
  readonly domains: readonly number[];
  /** Addresses of copies, numbered behind the clients: by mirror, of which client's packets. */
  readonly copies: readonly { readonly mirror: number; readonly client: number }[];
  readonly sizes: WireSizes;
  /** By client or copy's address; null if its pages are all the same. */
  readonly pages: readonly (Pages | null)[];
  readonly nic: Nic;
}

/** The network between NIC and guests. */
export interface Network {
  readonly nicPoll: NicPoll;
  /** By guest, domain 1 first. */
  readonly vifs: readonly Vif[];
  /** Those to which other guests' packets are mirrored. */
  readonly mirrors: readonly MirrorPorts[];
  /** By domain index; none in domain 0. */
  readonly netfronts: readonly (Netfront | undefined)[];
  /** By domain index; none in domain 0. */
  readonly kinds: readonly (GuestNetworkKinds | undefined)[];
  /** Where a process of a domain listens to a guest, both by index; it was planned. */
  readonly tapPoint: (domain: number, watched: number) => TapPoint;
  readonly sizes: WireSizes;
  /** By client; null if they are all the same. */
  readonly pages: readonly (Pages | null)[];
}

/** Is not the receiver that a packet names. */
const BYSTANDER: PacketSink = { receive: () => NO_PACKET };

/** Connects the NIC with every guest, through domain 0. */
export function makeNetwork(
  { input }: Chassis,
  kernels: readonly GuestKernel[],
  plan: NetworkPlan,
  far: FarNetwork,
): Network {
  const dom0 = kernels[0]!;
  const guests = kernels.slice(1);
  const nicLine = dom0.addLine();
  const netbackLine = dom0.addLine();
  const netfrontLines = guests.map((guest) => guest.addLine());
  const mirrorLines = plan.mirrors.map(({ domain }) => kernels[domain]!.addLine());
  const budgets = { poll: input.network.pollBudget, run: input.network.netdevBudget };
  const makeVif = (domain: number, line: InterruptLine, guestKind: number, kinds: VifKinds) => {
    const { netfrontRxSlots, netfrontTxSlots, vifQueueSlots } = input.network;
    const front = new EventChannel(line, guestKind);
    const back = new EventChannel(netbackLine, kinds.interrupt);
    return new Vif(domain, kinds, front, back, netfrontRxSlots, netfrontTxSlots, vifQueueSlots);
  };
  const vifs = guests.map(({ domain }, g) =>
    makeVif(domain, netfrontLines[g]!, plan.guests[g]!.interrupt, plan.vifs[g]!),
  );
  const mirrors = plan.mirrors.map(({ domain, watched, guestKinds, vifKinds }, m): MirrorPorts => {
    const to = makeVif(domain, mirrorLines[m]!, guestKinds.interrupt, vifKinds);
    to.answered = 0;
    return { from: vifs[watched - 1]!, to, address: addressesOf(m, far) };
  });
  const copiesTo = mirrors.map(({ to }) => to);
  const nicPoll = makeDom0Network({
    kernel: dom0,
    nic: far.nic,
    nicLine,
    netbackLine,
    vifs: [...vifs, ...copiesTo],
    vifOfClient: [
      ...far.domains.map((domain) => vifs[domain - 1]!),
      ...far.copies.map(({ mirror }) => copiesTo[mirror]!),
    ],
    mirrors,
    clients: far.clients,
    netbackSlots: input.network.netbackSlots,
    budgets,
    stepNs: stepsNs(input),
  });
  const polls = guests.map((guest) => new NetRx(guest.softirqs, budgets));
  const makeNetfront = (vif: Vif, line: InterruptLine, softirqKind: number) => {
    const { guestPacketNs: packetNs } = input.costs;
    const { netfrontRxMinSlots: least, netfrontRxSlots: most, netfrontBatchPct } = input.network;
    const buffers = new ReceiveBuffers({ least, most, batchPct: netfrontBatchPct });
    const { domain } = vif;
    const { polledNs, answerNs } = pollCosts(input.domains[domain]!.reception, packetNs);
    const costs = { packetNs, polledNs, answerNs, softirqKind };
    return new Netfront(kernels[domain]!, line, polls[domain - 1]!, vif, buffers, costs);
  };
  const netfronts = vifs.map((vif, g) =>
    makeNetfront(vif, netfrontLines[g]!, plan.guests[g]!.netfront),
  );
  const listeners = copiesTo.map((vif, m) => {
    const netfront = makeNetfront(vif, mirrorLines[m]!, plan.mirrors[m]!.guestKinds.netfront);
    far.copies.forEach(({ mirror }, i) => {
      if (mirror === m) netfront.listen(far.clients.length + i, BYSTANDER);
    });
    return netfront;
  });
  const tapPoint = (domain: number, watched: number) => {
    if (domain === 0) return vifs[watched - 1]!.taps;
    if (domain === watched) return netfronts[domain - 1]!.taps;
    const mirror = plan.mirrors.findIndex(
      (one) => one.domain === domain && one.watched === watched,
    );
    return listeners[mirror]!.taps;
  };
  return {
    nicPoll,
    vifs,
    mirrors,
    netfronts: [undefined, ...netfronts],
    kinds: [undefined, ...plan.guests],
    tapPoint,
    sizes: far.sizes,
    pages: far.pages,
  };
}

/** By client: what makes its packet a copy for a mirror. */
function addressesOf(mirror: number, { clients, copies }: FarNetwork): Int32Array {
  const address = new Int32Array(clients.length);
  copies.forEach((copy, i) => {
    if (copy.mirror === mirror)
      address[copy.client] = addressChange(copy.client, clients.length + i);
  });
  return address;
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
