import { clientOf } from './packet.js';
import type { Vif } from './vif.js';

/** Which vif a packet goes through, either way: domain 0's bridge knows it by address. */
export class Forwarding {
  /** By client index. */
  private readonly vifOfClient: readonly Vif[];
  /** The vif, if there is one only. */
  private readonly only: Vif | null;

  constructor(vifs: readonly Vif[], vifOfClient: readonly Vif[]) {
    this.vifOfClient = vifOfClient;
    this.only = vifs.length === 1 ? vifs[0]! : null;
  }

  vifOf(packet: number): Vif {
    return this.only ?? this.vifOfClient[clientOf(packet)]!;
  }

  /** Where the packets from `from` on, and before `to`, that go through one vif end. */
  runEnd(packets: Int32Array, from: number, to: number): number {
    if (this.only !== null) return to;
    const vif = this.vifOf(packets[from]!);
    let at = from + 1;
    while (at < to && this.vifOf(packets[at]!) === vif) at++;
    return at;
  }
}
