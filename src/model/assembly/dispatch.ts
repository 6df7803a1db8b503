import type { Dom0Network, GuestInterrupts } from '../devices/dom0-network.js';
import type { NetbackEvents, Netfront } from '../devices/netfront.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { KernelWork } from '../guest/kernel-work.js';
import { PROGRAM_LOOP, PROGRAM_SNORT, PROGRAM_WEB_SERVER, type Task } from '../guest/task.js';
import type { Snort } from '../workloads/snort.js';
import type { WebServer } from '../workloads/web-server.js';
import type { Network } from './network.js';

/** Interrupts of domain 0, next to the timer. */
export const NIC_IRQ = 1;
export const NETBACK_IRQ = 2;
/** Interrupt of every other domain. */
export const NETFRONT_IRQ = 1;

/**
 * Connects kernels with the devices and programs above them: who handles which interrupt, softirq
 * and task. The one place that knows all of them, so that calls have fixed targets.
 */
export class Dispatch implements KernelWork, GuestInterrupts, NetbackEvents {
  private kernels: readonly GuestKernel[] = [];
  private dom0Network: Dom0Network | null = null;
  /** By domain index. */
  private netfronts: readonly (Netfront | undefined)[] = [];
  private snorts: readonly Snort[] = [];
  private webServers: readonly WebServer[] = [];
  /** The web servers of each domain. */
  private serversOf: readonly (readonly WebServer[])[] = [];
  /** By domain index: the ledger kind in domain 0 of that domain's netback event. */
  private netbackEventKinds = new Int32Array(0);

  /** To be called once, when all parts exist. */
  connect(
    kernels: readonly GuestKernel[],
    network: Network,
    snorts: readonly Snort[],
    webServers: readonly WebServer[],
    serversOf: readonly (readonly WebServer[])[],
  ): void {
    this.kernels = kernels;
    this.dom0Network = network.dom0Network;
    this.netfronts = network.netfronts;
    this.snorts = snorts;
    this.webServers = webServers;
    this.serversOf = serversOf;
    this.netbackEventKinds = new Int32Array(kernels.length);
    for (const vif of network.vifs) this.netbackEventKinds[vif.domain] = vif.kinds.interrupt;
  }

  interrupt(kernel: GuestKernel, irq: number): void {
    if (kernel.vcpu !== 0) this.netfronts[kernel.vcpu]!.interrupt();
    else if (irq === NIC_IRQ) this.dom0Network!.nicInterrupt();
    else this.dom0Network!.netbackEvent();
  }

  timerTick(kernel: GuestKernel): void {
    const servers = this.serversOf[kernel.vcpu]!;
    for (let i = 0; i < servers.length; i++) servers[i]!.tick();
  }

  nextTimerNs(kernel: GuestKernel): number {
    const servers = this.serversOf[kernel.vcpu]!;
    let earliestNs = Infinity;
    for (let i = 0; i < servers.length; i++) {
      earliestNs = Math.min(earliestNs, servers[i]!.nextTimerNs());
    }
    return earliestNs;
  }

  beginSoftirq(kernel: GuestKernel, softirq: number): number {
    if (kernel.vcpu === 0) return this.dom0Network!.begin(softirq);
    return this.netfronts[kernel.vcpu]!.begin();
  }

  finishSoftirq(kernel: GuestKernel, softirq: number): void {
    if (kernel.vcpu === 0) this.dom0Network!.finish(softirq);
    else this.netfronts[kernel.vcpu]!.finish();
  }

  beginTask(_kernel: GuestKernel, task: Task): number {
    switch (task.program) {
      case PROGRAM_LOOP:
        return Infinity;
      case PROGRAM_SNORT:
        return this.snorts[task.instance]!.begin();
      case PROGRAM_WEB_SERVER:
        return this.webServers[task.instance]!.begin();
      default:
        throw new Error(`task ${task.name} has no program`);
    }
  }

  finishTask(_kernel: GuestKernel, task: Task): void {
    if (task.program === PROGRAM_SNORT) this.snorts[task.instance]!.finish();
    else this.webServers[task.instance]!.finish();
  }

  raiseNetfront(domain: number): void {
    this.kernels[domain]!.raiseIrq(NETFRONT_IRQ);
  }

  raiseNetback(domain: number): void {
    const dom0 = this.kernels[0]!;
    dom0.irqKinds[NETBACK_IRQ] = this.netbackEventKinds[domain]!;
    dom0.raiseIrq(NETBACK_IRQ);
  }
}
