import type { Link } from '../devices/link.js';
import type { Pages } from '../devices/pages.js';
import type { ClientBase } from '../input.js';
import type { TcpClient } from './tcp-client.js';

/**
 * The seat of a kind of load generator: a function that makes one at its end of a link. A kind is
 * one file in this folder, with the shape of its input, and one entry in `clients.ts`.
 * @param startNs a random part of its first tick
 * @param pages where it says what its connections ask for; left out or null if all is the same
 */
export type ClientKind<Input extends ClientBase> = (
  client: Input,
  number: number,
  link: Link,
  startNs: number,
  pages?: Pages | null,
) => TcpClient;
