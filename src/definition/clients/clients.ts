import { z } from 'zod';
import type { ClientKindName } from '../../model/input.js';
import type { Settings } from '../settings-schema.js';
import type { ClientDefinition } from './client-definition.js';
import { HTTPERF } from './httperf.js';
import { REPLAY } from './replay.js';
import { SYN_FLOOD } from './syn-flood.js';

/** Every load generator of the model, as a definition has it. */
const CLIENT_DEFINITIONS = {
  httperf: HTTPERF,
  replay: REPLAY,
  'syn-flood': SYN_FLOOD,
} satisfies Record<ClientKindName, { readonly schema: z.ZodObject }>;

type ClientSchema = (typeof CLIENT_DEFINITIONS)[ClientKindName]['schema'];

/** A load generator, by its kind. */
export const clientSchema = z
  .discriminatedUnion(
    'kind',
    Object.values(CLIENT_DEFINITIONS).map(({ schema }) => schema) as [ClientSchema],
  )
  .describe('A load generator on a machine of its own, one request per connection.');

export type ClientSettings = Settings['clients'][string];

/** When a client gives a connection up; 0 if never, as one that keeps none. */
export function timeoutOf(client: ClientSettings): number {
  return 'timeout' in client ? client.timeout : 0;
}

/** What a definition knows of a kind of load generator. */
export function clientDefinitionOf(
  kind: ClientKindName,
): ClientDefinition<ClientKindName, z.ZodObject> {
  // The list pairs each name with the schema of its clients; the compiler cannot follow that.
  return CLIENT_DEFINITIONS[kind] as unknown as ClientDefinition<ClientKindName, z.ZodObject>;
}
