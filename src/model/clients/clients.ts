import type { ClientKind } from './client-kind.js';
import { HTTPERF } from './httperf.js';
import { REPLAY } from './replay.js';
import { SYN_FLOOD } from './syn-flood.js';

/** Every load generator, by the name that its input has under `kind`. */
const CLIENTS = {
  httperf: HTTPERF,
  replay: REPLAY,
  'syn-flood': SYN_FLOOD,
};

type Clients = typeof CLIENTS;
export type ClientKindName = keyof Clients;
type InputOf<Kind> = Kind extends ClientKind<infer Input> ? Input : never;

/** A load generator of this kind. */
export type ClientInputOf<Name extends ClientKindName> = InputOf<Clients[Name]>;

/** A load generator, by its kind. */
export type ClientInput = { [Name in ClientKindName]: ClientInputOf<Name> }[ClientKindName];

/** The kind of a load generator. */
export function kindOf(client: ClientInput): ClientKind<ClientInput> {
  // The list pairs each name with the kind that takes its input; the compiler cannot follow that.
  return CLIENTS[client.kind] as ClientKind<ClientInput>;
}
