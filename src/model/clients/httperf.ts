import type { Link } from '../devices/link.js';
import type { Pages } from '../devices/pages.js';
import type { ClientBase } from '../input.js';
import type { ClientKind } from './client-kind.js';
import { TcpClient } from './tcp-client.js';

/** httperf on a machine of its own: one request per connection, at a fixed rate. */
export interface HttperfInput extends ClientBase {
  readonly kind: 'httperf';
  /** Connections asked for in a second. */
  readonly rate: number;
  /** From one connection that is opened to the next, if several are due. */
  readonly connectNs: number;
}

export const HTTPERF: ClientKind<HttperfInput> = (client, number, link, startNs, pages = null) =>
  new HttperfClient(client, number, link, startNs, pages);

/** Connections that are due are opened once a tick, on an absolute schedule. */
class HttperfClient extends TcpClient {
  private readonly rate: number;
  private readonly connectNs: number;

  constructor(
    input: HttperfInput,
    client: number,
    link: Link,
    startNs: number,
    pages: Pages | null,
  ) {
    super(input, client, link, startNs, pages);
    this.rate = input.rate;
    this.connectNs = input.connectNs;
  }

  protected override openDue(nowNs: number, ownNs: number): void {
    const due = Math.floor((ownNs * this.rate) / 1e9);
    for (let n = 0; this.attempts < due; n++) this.attempt(nowNs + n * this.connectNs);
  }
}
