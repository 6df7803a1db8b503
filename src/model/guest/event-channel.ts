import type { InterruptLine } from './interrupt-line.js';

/** One end of a pair of devices tells the other, in another domain: an event channel of Xen. */
export class EventChannel {
  private readonly line: InterruptLine;
  private readonly kind: number;

  /** `kind` is what the receiving kernel books the interrupt under. */
  constructor(line: InterruptLine, kind: number) {
    this.line = line;
    this.kind = kind;
  }

  notify(): void {
    this.line.raise(this.kind);
  }
}
