import type { Link } from '../devices/link.js';
import type { ClientBase } from '../input.js';
import type { TcpClient } from './tcp-client.js';

/**
 * The seat of a kind of load generator: a function that makes one at its end of a link. A kind is
 * one file in this folder, with the shape of its input, and one entry in `clients.ts`.
 * @param startNs a random part of its first tick
 */
export type ClientKind<Input extends ClientBase> = (
  client: Input,
  number: number,
  link: Link,
  startNs: number,
) => TcpClient;
