import type { InterruptLine } from '../guest/interrupt-line.js';
import type { Dom0Step } from './dom0-step.js';
import type { Forwarding } from './forwarding.js';
import type { NetRx, Poller } from './net-rx.js';
import type { Nic } from './nic.js';
import type { VifQueues } from './vif-queues.js';

/** The NIC's driver in domain 0: its interrupt, and its poll, which hands packets to the bridge. */
export class NicPoll implements Poller {
  batch = 0;
  private readonly nic: Nic;
  private readonly line: InterruptLine;
  private readonly forwarding: Forwarding;
  private readonly queues: VifQueues;
  private readonly step: Dom0Step;

  /** Takes the NIC's interrupt line. */
  constructor(
    nic: Nic,
    line: InterruptLine,
    netRx: NetRx,
    forwarding: Forwarding,
    queues: VifQueues,
    step: Dom0Step,
  ) {
    this.nic = nic;
    this.line = line;
    this.forwarding = forwarding;
    this.queues = queues;
    this.step = step;
    const number = netRx.add(this);
    line.handler = () => netRx.schedule(number);
  }

  /** Time of the NIC's slot: it interrupts, on behalf of the receiver of the first packet. */
  nicFires(): void {
    this.nic.interrupt();
    const { packets, head } = this.nic.arrivals;
    this.line.raise(this.forwarding.vifOf(packets[head]!).kinds.interrupt);
  }

  begin(most: number): number {
    const { nic } = this;
    nic.collect();
    const { waiting, packets, head } = nic.arrivals;
    if (waiting === 0) {
      nic.pollDone();
      return 0;
    }
    this.batch = Math.min(waiting, most);
    return this.step.begin(packets, head, head + this.batch);
  }

  finish(): boolean {
    const { nic, forwarding, queues } = this;
    const { packets, head } = nic.arrivals;
    const to = head + this.batch;
    let at = head;
    while (at < to) {
      const end = forwarding.runEnd(packets, at, to);
      queues.transmit(forwarding.vifOf(packets[at]!), packets, at, end);
      at = end;
    }
    nic.arrivals.drop(this.batch);
    nic.collect();
    if (nic.arrivals.waiting > 0) return true;
    nic.pollDone();
    return false;
  }
}
