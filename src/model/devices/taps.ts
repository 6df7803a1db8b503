/** Whoever listens on an interface through a packet socket. */
export interface Tap {
  /** A packet of so many bytes passes the interface. */
  packet(bytes: number): void;
}

/** Shows a packet to everybody who listens. */
export function tapAll(taps: readonly Tap[], bytes: number): void {
  for (let i = 0; i < taps.length; i++) taps[i]!.packet(bytes);
}

/** The taps on each vif and on each guest's own interface, by domain index. */
export class Taps {
  readonly vif: Tap[][];
  readonly guest: Tap[][];

  constructor(domains: number) {
    this.vif = Array.from({ length: domains }, () => []);
    this.guest = Array.from({ length: domains }, () => []);
  }
}
