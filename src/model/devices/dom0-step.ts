import type { GuestKernel } from '../guest/kernel.js';
import type { Forwarding } from './forwarding.js';

/** The steps of a packet through domain 0; "in" is towards the guest. */
const STEPS = ['bridgeIn', 'netbackIn', 'netbackOut', 'bridgeOut'] as const;
type Step = (typeof STEPS)[number];

/** A value of each step. */
export type Dom0Steps = Readonly<Record<Step, number>>;

/** The values of the steps by number, for `Dom0Step`: a name is looked up each time. */
export function byStep(steps: Dom0Steps): Int32Array {
  return Int32Array.from(STEPS, (step) => steps[step]);
}

/** One step of domain 0's work for packets, booked under the guest that each is for. */
export class Dom0Step {
  private readonly kernel: GuestKernel;
  private readonly forwarding: Forwarding;
  private readonly number: number;
  private readonly packetNs: number;

  /** @param stepNs CPU time of each step for one packet */
  constructor(step: Step, kernel: GuestKernel, forwarding: Forwarding, stepNs: Dom0Steps) {
    this.kernel = kernel;
    this.forwarding = forwarding;
    this.number = STEPS.indexOf(step);
    this.packetNs = stepNs[step];
  }

  /**
   * A softirq begins the step for packets `from` ... `to - 1` of a list, at least one; returns what
   * `Softirq.begin` does.
   */
  begin(packets: Int32Array, from: number, to: number): number {
    const { kernel, forwarding, packetNs } = this;
    let at = from;
    for (;;) {
      const end = forwarding.runEnd(packets, at, to);
      const kind = forwarding.vifOf(packets[at]!).stepKinds[this.number]!;
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
