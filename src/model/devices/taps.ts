import type { PacketRing } from './packet-ring.js';

/** Whoever listens on an interface through a packet socket. */
export interface Tap {
  /** A packet passes the interface. */
  packet(packet: number): void;
  /** The oldest packets of a ring pass it. */
  batch(ring: PacketRing, count: number): void;
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
