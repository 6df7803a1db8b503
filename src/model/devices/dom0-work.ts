import type { GuestKernel } from '../guest/kernel.js';
import type { Forwarding } from './forwarding.js';

/** The steps of a packet through domain 0; "in" is towards the guest. */
export interface Dom0Steps {
  readonly bridgeIn: number;
  readonly netbackIn: number;
  readonly netbackOut: number;
  readonly bridgeOut: number;
}

/** Domain 0's work for packets, booked under the guest that each is for. */
export class Dom0Work {
  private readonly kernel: GuestKernel;
  private readonly forwarding: Forwarding;
  /** CPU time of each step for one packet. */
  private readonly packetNs: Dom0Steps;

  constructor(kernel: GuestKernel, forwarding: Forwarding, packetNs: Dom0Steps) {
    this.kernel = kernel;
    this.forwarding = forwarding;
    this.packetNs = packetNs;
  }

  /**
   * A softirq begins a step for packets `from` ... `to - 1` of a list, at least one; returns what
   * `Softirq.begin` does.
   */
  begin(step: keyof Dom0Steps, packets: Int32Array, from: number, to: number): number {
    const { kernel, forwarding } = this;
    const packetNs = this.packetNs[step];
    let at = from;
    for (;;) {
      const end = forwarding.runEnd(packets, at, to);
      const kind = forwarding.vifOf(packets[at]!).kinds[step];
      const ns = (end - at) * packetNs;
      if (end === to) {
        kernel.kind = kind;
        return ns;
      }
      kernel.owe(kind, ns);
      at = end;
    }
  }
}
