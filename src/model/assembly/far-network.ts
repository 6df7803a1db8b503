import type { Chassis } from '../chassis.js';
import { kindOf } from '../clients/clients.js';
import type { TcpClient } from '../clients/tcp-client.js';
import { Arrivals } from '../devices/arrivals.js';
import { Link, PagedLink } from '../devices/link.js';
import type { FarNetwork } from '../devices/network.js';
import type { NetworkPlan } from '../devices/network-plan.js';
import { Nic } from '../devices/nic.js';
import { Pages } from '../devices/pages.js';
import { PagedWireSizes, WireSizes } from '../devices/wire-sizes.js';
import { RandomStream } from '../engine/random-stream.js';
import type { ModelInput, ProcessInputOf } from '../input.js';
import { NIC_INTERRUPT } from '../machine-slots.js';
import { domainIndex } from './topology.js';

/** The load generators, each at its end of a link, and the NIC at the other. */
export function makeFarNetwork(
  { input, seed, clock, queue, slots }: Chassis,
  { mirrors }: NetworkPlan,
): FarNetwork & { readonly clients: readonly TcpClient[] } {
  const servers = input.clients.map(({ target }) => serverOf(input, target));
  const domains = servers.map(({ domain }) => domainIndex(input, domain));
  const copies = mirrors.flatMap(({ watched }, mirror) =>
    domains.flatMap((domain, client) => (domain === watched ? [{ mirror, client }] : [])),
  );
  const ofClients = input.clients.map(({ pageBytes }) =>
    pageBytes === undefined ? null : new Pages(),
  );
  // A copy is as large as what it is a copy of.
  const pages = [...ofClients, ...copies.map(({ client }) => ofClients[client]!)];
  const pageBytes = [...servers, ...copies.map(({ client }) => servers[client]!)].map(
    (server) => server.pageBytes,
  );
  // Classes of their own: what asks for the size of each packet is spared the question.
  const isPaged = pages.some((one) => one !== null);
  const sizes = isPaged ? new PagedWireSizes(pageBytes, pages) : new WireSizes(pageBytes);
  const { linkBitsPerSecond, latencyNs, jitterNs } = input.network;
  const times = { bitsPerSecond: linkBitsPerSecond, latencyNs, jitterNs };
  const arrivals = new Arrivals(input.network.nicRingSlots);
  const clients = input.clients.map((client, i) => {
    const jitter = new RandomStream(seed, `${client.name}.jitter`);
    const own = pages[i] ?? null;
    const link =
      own === null
        ? new Link(clock, times, sizes.ofClient(i), jitter, arrivals)
        : new PagedLink(clock, times, sizes.ofClient(i), jitter, arrivals, own);
    const phaseNs = new RandomStream(seed, `${client.name}.phase`).integer(client.tickNs);
    return kindOf(client)(client, i, link, phaseNs, own);
  });
  const slot = slots.first[NIC_INTERRUPT]!;
  const nic = new Nic(clock, queue, slot, arrivals, input.network.interruptGapNs);
  return { clients, domains, copies, sizes, pages, nic };
}

/** The web server process that a client asks, for itself or for a CGI process. */
function serverOf(input: ModelInput, name: string): ProcessInputOf<'webserver'> {
  const server = input.processes.find((process) => process.name === name);
  if (server?.program === 'cgi') return serverOf(input, server.server);
  if (server?.program !== 'webserver') throw new Error(`${name} is not a web server`);
  return server;
}
