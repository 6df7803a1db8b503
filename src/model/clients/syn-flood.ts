import type { Link } from '../devices/link.js';
import { makeConnection, packetOf, SYN } from '../devices/packet.js';
import type { ClientBase } from '../input.js';
import { CONNECTIONS_PER_CLIENT } from '../limits.js';
import type { ClientKind } from './client-kind.js';
import { TcpClient } from './tcp-client.js';

/** Sends SYNs at a fixed rate and answers nothing, so that no handshake is ever completed. */
export interface SynFloodInput extends ClientBase {
  readonly kind: 'syn-flood';
  /** SYNs sent in a second. */
  readonly rate: number;
}

export const SYN_FLOOD: ClientKind<SynFloodInput> = (client, number, link, startNs) =>
  new SynFlood(client, number, link, startNs);

/** SYNs are evenly spaced, each for a connection of its own; what comes back is nobody's. */
class SynFlood extends TcpClient {
  private readonly number: number;
  private readonly wire: Link;
  private readonly gapNs: number;

  constructor(input: SynFloodInput, client: number, link: Link, startNs: number) {
    super(input, client, link, startNs, null);
    this.number = client;
    this.wire = link;
    this.gapNs = 1e9 / input.rate;
  }

  protected override openDue(nowNs: number, ownNs: number, nextNs: number): void {
    for (;;) {
      const inNs = Math.max(0, Math.round((this.attempts + 1) * this.gapNs - ownNs));
      if (nowNs + inNs >= nextNs) return;
      const index = this.attempts % CONNECTIONS_PER_CLIENT;
      const generation = Math.floor(this.attempts / CONNECTIONS_PER_CLIENT);
      this.attempts++;
      this.wire.connect(
        packetOf(makeConnection(this.number, generation, index), SYN),
        nowNs + inNs,
      );
    }
  }
}
