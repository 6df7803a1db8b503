import type { GuestKernel } from './kernel.js';

/** Pending interrupts are the bits of one integer. */
const LAST = 31;

/**
 * An interrupt line of a guest, which a device or event channels raise. Lines that are pending at
 * the same time are taken in the order in which they were added; a line that is raised twice
 * before it is taken interrupts once.
 */
export class InterruptLine {
  /** Ledger kind under which the next interrupt is booked. */
  kind = 0;
  /** Runs when the interrupt is taken: silences the device or raises the softirqs that follow. */
  handler: () => void = nobodyCares;
  private readonly kernel: GuestKernel;
  private readonly number: number;

  constructor(kernel: GuestKernel, number: number) {
    if (number > LAST) throw new Error(`VCPU ${kernel.vcpu} has too many interrupt lines`);
    this.kernel = kernel;
    this.number = number;
  }

  /** Interrupts the guest, now or when its VCPU next runs; `kind` says for whom. */
  raise(kind: number): void {
    this.kind = kind;
    this.kernel.raiseIrq(this.number);
  }
}

function nobodyCares(): void {
  throw new Error('an interrupt was raised that no driver has requested');
}
