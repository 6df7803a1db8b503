import { Arrivals } from '../devices/arrivals.js';
import { Dom0Network } from '../devices/dom0-network.js';
import { Link } from '../devices/link.js';
import { Netfront, type PacketSink } from '../devices/netfront.js';
import { Nic } from '../devices/nic.js';
import { Taps } from '../devices/taps.js';
import { Vif } from '../devices/vif.js';
import { WireSizes } from '../devices/wire-sizes.js';
import type { Clock } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';
import { RandomStream } from '../engine/random-stream.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { ModelInput, WebServerInput } from '../input.js';
import { NIC_INTERRUPT, type Slots } from '../machine-slots.js';
import { HttperfClient } from '../workloads/httperf.js';
import type { Dispatch } from './dispatch.js';
import type { KernelPlan } from './kernel-plan.js';
import { domainIndex } from './topology.js';

/** Clients, links, NIC, vifs and their two ends. */
export interface Network {
  readonly nic: Nic;
  readonly vifs: readonly Vif[];
  readonly clients: readonly HttperfClient[];
  readonly dom0Network: Dom0Network;
  /** By domain index; none in domain 0. */
  readonly netfronts: readonly (Netfront | undefined)[];
  /** By domain and client: who receives in the guest. Filled when the web servers are made. */
  readonly sinks: readonly (PacketSink | undefined)[][];
  readonly sizes: WireSizes;
  readonly taps: Taps;
}

/** The web server process that a client asks. */
export function serverOf(input: ModelInput, name: string): WebServerInput {
  const server = input.processes.find((process) => process.name === name);
  if (server?.program !== 'webserver') throw new Error(`${name} is not a web server`);
  return server;
}

/** The guests' vifs, with their kinds of work in domain 0's plan. */
export function makeVifs(input: ModelInput, dom0: KernelPlan): Vif[] {
  const { netfrontRxSlots, netfrontTxSlots, vifQueueSlots } = input.network;
  return input.domains.slice(1).map((_, i) => {
    const kinds = dom0.kinds.addVif(i + 1);
    return new Vif(i + 1, kinds, netfrontRxSlots, netfrontTxSlots, vifQueueSlots);
  });
}

export function makeNetwork(
  input: ModelInput,
  seed: number,
  clock: Clock,
  queue: EventQueue,
  slots: Slots,
  kernels: readonly GuestKernel[],
  plans: readonly KernelPlan[],
  vifs: readonly Vif[],
  dispatch: Dispatch,
): Network {
  const { network, costs, domains } = input;
  const taps = new Taps(domains.length);
  const pages = input.clients.map((client) => serverOf(input, client.target).pageBytes);
  const sizes = new WireSizes(pages);
  const arrivals = new Arrivals(network.nicRingSlots);
  const links = input.clients.map((client, i) => {
    const { linkBitsPerSecond: bitsPerSecond, latencyNs, jitterNs } = network;
    const random = new RandomStream(seed, `${client.name}.jitter`);
    const times = { bitsPerSecond, latencyNs, jitterNs };
    return new Link(clock, times, sizes.ofClient(i), random, arrivals);
  });
  const clients = input.clients.map((client, i) => {
    const phaseNs = new RandomStream(seed, `${client.name}.phase`).integer(client.tickNs);
    return new HttperfClient(i, client, links[i]!, phaseNs);
  });
  const vifOf = input.clients.map(
    (client) => vifs[domainIndex(input, serverOf(input, client.target).domain) - 1]!,
  );
  const slot = slots.first[NIC_INTERRUPT]!;
  const nic = new Nic(clock, queue, slot, arrivals, network.interruptGapNs);
  const bridgePacketNs = Math.round((costs.dom0PacketNs * costs.bridgeSharePct) / 100);
  const dom0Costs = {
    bridgePacketNs,
    netbackPacketNs: costs.dom0PacketNs - bridgePacketNs,
    pollBudget: network.pollBudget,
  };
  const dom0Network = new Dom0Network(
    kernels[0]!,
    nic,
    vifs,
    vifOf,
    clients,
    taps.vif,
    dispatch,
    dom0Costs,
  );
  const sinks: (PacketSink | undefined)[][] = domains.map(() => []);
  const netfronts = domains.map((_, d) => {
    if (d === 0) return undefined;
    const tap = taps.guest[d]!;
    return new Netfront(kernels[d]!, vifs[d - 1]!, sinks[d]!, tap, dispatch, {
      packetNs: costs.guestPacketNs,
      pollBudget: network.pollBudget,
      softirqKind: plans[d]!.netfrontKind,
    });
  });
  return { nic, vifs, clients, dom0Network, netfronts, sinks, sizes, taps };
}
