import type { Link } from '../devices/link.js';
import type { Pages } from '../devices/pages.js';
import type { ClientBase } from '../input.js';
import type { ClientKind } from './client-kind.js';
import { TcpClient } from './tcp-client.js';

/** Opens connections at given times: a recorded load. One request per connection. */
export interface ReplayInput extends ClientBase {
  readonly kind: 'replay';
  /** When each connection is opened, in order; counted from the beginning of the warm-up. */
  readonly timesNs: Float64Array;
}

export const REPLAY: ClientKind<ReplayInput> = (client, number, link, _startNs, pages = null) =>
  new ReplayClient(client, number, link, pages);

/** At each tick, the connections of the time up to the next are opened, each at its own. */
class ReplayClient extends TcpClient {
  private readonly timesNs: Float64Array;

  constructor(input: ReplayInput, client: number, link: Link, pages: Pages | null) {
    super(input, client, link, 0, pages);
    this.timesNs = input.timesNs;
  }

  protected override openDue(_nowNs: number, _ownNs: number, nextNs: number): void {
    const { timesNs } = this;
    while (this.attempts < timesNs.length) {
      const timeNs = timesNs[this.attempts]!;
      if (timeNs >= nextNs) return;
      this.attempt(timeNs);
    }
  }
}
