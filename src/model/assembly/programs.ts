import { createLimiterLaw } from '../cage/limiter-laws.js';
import { segmentsOf } from '../devices/packet.js';
import { PacketSocket } from '../devices/packet-socket.js';
import type { Clock } from '../engine/clock.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Task } from '../guest/task.js';
import type { LimiterInput, ModelInput, SnortInput, WebServerInput } from '../input.js';
import { type LimiterTarget, OcLimiter } from '../workloads/oc-limiter.js';
import { Snort } from '../workloads/snort.js';
import { TcpListener } from '../workloads/tcp-listener.js';
import { WebServer } from '../workloads/web-server.js';
import type { Network } from './network.js';
import { domainIndex } from './topology.js';

/** Snort, listening on its own domain's interface, or in domain 0 on the vif of the watched one. */
export function makeSnort(
  input: ModelInput,
  process: SnortInput,
  kernel: GuestKernel,
  task: Task,
  network: Network,
): Snort {
  const { snifferBufferBytes, snifferOverheadBytes } = input.network;
  const socket = new PacketSocket(snifferBufferBytes, snifferOverheadBytes, network.sizes);
  const snort = new Snort(socket, kernel, task, input.costs.snortPacketNs);
  const taps = kernel.vcpu === 0 ? network.taps.vif : network.taps.guest;
  taps[domainIndex(input, process.watches)]!.add(snort);
  return snort;
}

/** A web server with one listener for each client that asks it. */
export function makeWebServer(
  input: ModelInput,
  process: WebServerInput,
  clock: Clock,
  kernel: GuestKernel,
  task: Task,
  network: Network,
  sendKind: number,
): { readonly server: WebServer; readonly listeners: readonly TcpListener[] } {
  const { webRequestNs, webCloseSharePct, guestPacketNs } = input.costs;
  // A unit of no time would be no work at all.
  const closeNs = Math.max(1, Math.round((webRequestNs * webCloseSharePct) / 100));
  const segments = segmentsOf(process.pageBytes);
  const server = new WebServer(process.backlog, input.clients.length, kernel, task, {
    serveNs: Math.max(1, webRequestNs - closeNs),
    closeNs,
    sendPageNs: guestPacketNs * segments,
    sendFinNs: guestPacketNs,
    sendKind,
  });
  const listeners: TcpListener[] = [];
  input.clients.forEach((client, c) => {
    if (client.target !== process.name) return;
    const netfront = network.netfronts[kernel.vcpu]!;
    const listener = new TcpListener(clock, netfront, server.accept, segments, server);
    server.listen(c, listener);
    network.sinks[kernel.vcpu]![c] = listener;
    listeners.push(listener);
  });
  return { server, listeners };
}

/** OC-Limiter for a process of its own domain. */
export function makeLimiter(
  input: ModelInput,
  process: LimiterInput,
  clock: Clock,
  kernel: GuestKernel,
  task: Task,
  target: LimiterTarget,
): OcLimiter {
  const { limiterReadNs, limiterSignalNs } = input.costs;
  const law = createLimiterLaw(process.law, process.limitPct / 100);
  const costs = { readNs: limiterReadNs, signalNs: limiterSignalNs };
  return new OcLimiter(clock, kernel, task, target, law, process.slotNs, costs);
}
