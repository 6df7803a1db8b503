import type { InterruptLine } from '../guest/interrupt-line.js';
import type { GuestKernel } from '../guest/kernel.js';
import { Backlog } from './backlog.js';
import { Dom0Step, type Dom0Steps } from './dom0-step.js';
import { Forwarding } from './forwarding.js';
import type { FarEnd } from './link.js';
import { Mirror, type MirrorPorts } from './mirror.js';
import { NetRx, type NetRxBudgets } from './net-rx.js';
import { NetbackIn } from './netback-in.js';
import { MOST_PENDING, NetbackOut } from './netback-out.js';
import { NetbackQueue } from './netback-queue.js';
import type { Nic } from './nic.js';
import { NicPoll } from './nic-poll.js';
import type { Vif } from './vif.js';
import { VifQueues } from './vif-queues.js';

/** What domain 0's network path connects. */
export interface Dom0NetworkParts {
  readonly kernel: GuestKernel;
  readonly nic: Nic;
  readonly nicLine: InterruptLine;
  /** For the events of all guests. */
  readonly netbackLine: InterruptLine;
  readonly vifs: readonly Vif[];
  /** By client index, and behind those by index of a copy's address. */
  readonly vifOfClient: readonly Vif[];
  readonly mirrors: readonly MirrorPorts[];
  readonly clients: readonly FarEnd[];
  /** Free slots without which a guest's ring is full to netback. */
  readonly netbackSlots: number;
  readonly budgets: NetRxBudgets;
  /** CPU time of each step for one packet. */
  readonly stepNs: Dom0Steps;
}

/**
 * Puts domain 0's network path together, from the NIC to netback and back. Softirqs that are raised
 * together run in the order in which they are opened here, which is Linux's: transmit, receive,
 * tasklets.
 */
export function makeDom0Network(parts: Dom0NetworkParts): NicPoll {
  const { kernel, nic, vifs } = parts;
  const forwarding = new Forwarding(vifs, parts.vifOfClient);
  const step = (name: keyof Dom0Steps) => new Dom0Step(name, kernel, forwarding, parts.stepNs);
  const buffers = vifs.reduce((sum, { toGuest }) => sum + toGuest.capacity, 0);
  const queue = new NetbackQueue(kernel, parts.netbackSlots, buffers);
  const vifQueues = new VifQueues(kernel, vifs, queue);
  for (const ports of parts.mirrors) {
    ports.from.taps.add(new Mirror(kernel, ports, vifQueues, parts.stepNs.bridgeIn));
  }
  const netRx = new NetRx(kernel.softirqs, parts.budgets);
  const nicPoll = new NicPoll(nic, parts.nicLine, netRx, forwarding, vifQueues, step('bridgeIn'));
  const backlog = new Backlog(
    MOST_PENDING,
    netRx,
    nic,
    forwarding,
    parts.clients,
    step('bridgeOut'),
  );
  const netbackIn = new NetbackIn(kernel, vifs, forwarding, queue, vifQueues, step('netbackIn'));
  const netbackOut = new NetbackOut(kernel, vifs, backlog, step('netbackOut'));
  parts.netbackLine.handler = () => {
    netbackOut.event();
    netbackIn.event();
  };
  return nicPoll;
}
