import type { BlockEvents } from '../devices/block-ring.js';
import { BLOCK } from '../devices/dom0-block.js';
import type { Dom0Network, GuestInterrupts } from '../devices/dom0-network.js';
import {
  BLKBACK_IRQ,
  BLKFRONT_IRQ,
  DISK_IRQ,
  NETBACK_IRQ,
  NETFRONT_IRQ,
  NIC_IRQ,
} from '../devices/irqs.js';
import type { NetbackEvents, Netfront } from '../devices/netfront.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { KernelWork } from '../guest/kernel-work.js';
import {
  PROGRAM_BLKBACK,
  PROGRAM_LOOP,
  PROGRAM_LOOP_DEVICE,
  PROGRAM_OC_LIMITER,
  PROGRAM_SNORT,
  PROGRAM_TRIPWIRE,
  PROGRAM_WEB_SERVER,
  type Task,
} from '../guest/task.js';
import type { OcLimiter } from '../workloads/oc-limiter.js';
import type { Snort } from '../workloads/snort.js';
import type { WebServer } from '../workloads/web-server.js';
import type { Network } from './network.js';
import type { Storage } from './storage.js';

/**
 * Connects kernels with the devices and programs above them: who handles which interrupt, softirq
 * and task. The one place that knows all of them, so that calls have fixed targets.
 */
export class Dispatch implements KernelWork, GuestInterrupts, NetbackEvents, BlockEvents {
  private kernels: readonly GuestKernel[] = [];
  private dom0Network: Dom0Network | null = null;
  private storage: Storage | null = null;
  /** By domain index. */
  private netfronts: readonly (Netfront | undefined)[] = [];
  private snorts: readonly Snort[] = [];
  private webServers: readonly WebServer[] = [];
  private limiters: readonly OcLimiter[] = [];
  /** The web servers of each domain. */
  private serversOf: readonly (readonly WebServer[])[] = [];
  /** By domain index: the ledger kind in domain 0 of that domain's netback event. */
  private netbackEventKinds = new Int32Array(0);

  /** To be called once, when all parts exist. */
  connect(
    kernels: readonly GuestKernel[],
    network: Network,
    storage: Storage | null,
    snorts: readonly Snort[],
    webServers: readonly WebServer[],
    limiters: readonly OcLimiter[],
    serversOf: readonly (readonly WebServer[])[],
  ): void {
    this.kernels = kernels;
    this.dom0Network = network.dom0Network;
    this.storage = storage;
    this.netfronts = network.netfronts;
    this.snorts = snorts;
    this.webServers = webServers;
    this.limiters = limiters;
    this.serversOf = serversOf;
    this.netbackEventKinds = new Int32Array(kernels.length);
    for (const vif of network.vifs) this.netbackEventKinds[vif.domain] = vif.kinds.interrupt;
  }

  interrupt(kernel: GuestKernel, irq: number): void {
    if (kernel.vcpu !== 0) {
      if (irq === NETFRONT_IRQ) this.netfronts[kernel.vcpu]!.interrupt();
      else this.virtualDiskInterrupt(kernel.vcpu);
    } else if (irq === NIC_IRQ) {
      this.dom0Network!.nicInterrupt();
    } else if (irq === NETBACK_IRQ) {
      this.dom0Network!.netbackEvent();
    } else if (irq === DISK_IRQ) {
      this.storage!.dom0Block.diskInterrupt();
    } else {
      this.storage!.dom0Block.blkbackEvent();
    }
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
    if (kernel.vcpu !== 0) return this.netfronts[kernel.vcpu]!.begin();
    if (softirq === BLOCK) return this.storage!.dom0Block.begin();
    return this.dom0Network!.begin(softirq);
  }

  finishSoftirq(kernel: GuestKernel, softirq: number): void {
    if (kernel.vcpu !== 0) this.netfronts[kernel.vcpu]!.finish();
    else if (softirq === BLOCK) this.storage!.dom0Block.finish();
    else this.dom0Network!.finish(softirq);
  }

  beginTask(_kernel: GuestKernel, task: Task): number {
    const { program, instance } = task;
    // The two that run thousands of times a second come first: a jump by table is mispredicted.
    if (program === PROGRAM_WEB_SERVER) return this.webServers[instance]!.begin();
    if (program === PROGRAM_SNORT) return this.snorts[instance]!.begin();
    switch (program) {
      case PROGRAM_LOOP:
        return Infinity;
      case PROGRAM_TRIPWIRE:
        return this.storage!.tripwires[instance]!.begin();
      case PROGRAM_LOOP_DEVICE:
        return this.storage!.loops[instance]!.begin();
      case PROGRAM_BLKBACK:
        return this.storage!.blkbacks[instance]!.begin();
      case PROGRAM_OC_LIMITER:
        return this.limiters[instance]!.begin();
      default:
        throw new Error(`task ${task.name} has no program`);
    }
  }

  finishTask(_kernel: GuestKernel, task: Task): void {
    const { program, instance } = task;
    if (program === PROGRAM_WEB_SERVER) {
      this.webServers[instance]!.finish();
      return;
    }
    if (program === PROGRAM_SNORT) {
      this.snorts[instance]!.finish();
      return;
    }
    switch (program) {
      case PROGRAM_TRIPWIRE:
        this.storage!.tripwires[instance]!.finish();
        return;
      case PROGRAM_LOOP_DEVICE:
        this.storage!.loops[instance]!.finish();
        return;
      case PROGRAM_BLKBACK:
        this.storage!.blkbacks[instance]!.finish();
        return;
      case PROGRAM_OC_LIMITER:
        this.limiters[instance]!.finish();
        return;
    }
  }

  raiseNetfront(domain: number): void {
    this.kernels[domain]!.raiseIrq(NETFRONT_IRQ);
  }

  raiseNetback(domain: number): void {
    const dom0 = this.kernels[0]!;
    dom0.irqKinds[NETBACK_IRQ] = this.netbackEventKinds[domain]!;
    dom0.raiseIrq(NETBACK_IRQ);
  }

  raiseBlkfront(domain: number): void {
    this.kernels[domain]!.raiseIrq(BLKFRONT_IRQ);
  }

  raiseBlkback(reader: number): void {
    const dom0 = this.kernels[0]!;
    dom0.irqKinds[BLKBACK_IRQ] = this.storage!.dom0Block.interruptKind(reader);
    dom0.raiseIrq(BLKBACK_IRQ);
  }

  private virtualDiskInterrupt(domain: number): void {
    const fronts = this.storage!.blkfronts[domain]!;
    for (let i = 0; i < fronts.length; i++) fronts[i]!.interrupt();
  }
}
