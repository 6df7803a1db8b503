/** Whoever listens on an interface through a packet socket. */
export interface Tap {
  /** A packet passes the interface. */
  packet(packet: number): void;
  /** Packets `from` ... `to - 1` of a list pass it. */
  batch(packets: Int32Array, from: number, to: number): void;
}

/** An interface as its taps see it. Nearly always there is one tap, or none. */
export class TapPoint implements Tap {
  private first: Tap | null = null;
  private readonly others: Tap[] = [];

  add(tap: Tap): void {
    if (this.first === null) this.first = tap;
    else this.others.push(tap);
  }

  packet(packet: number): void {
    if (this.first === null) return;
    this.first.packet(packet);
    if (this.others.length > 0) for (const tap of this.others) tap.packet(packet);
  }

  batch(packets: Int32Array, from: number, to: number): void {
    if (this.first === null) return;
    this.first.batch(packets, from, to);
    if (this.others.length > 0) for (const tap of this.others) tap.batch(packets, from, to);
  }
}
