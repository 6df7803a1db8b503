import type { z } from 'zod';
import type { ReceptionInputOf, ReceptionName } from '../../model/input.js';

/** The seat of a way in which a guest's kernel receives packets, in a definition. */
export interface NetworkInputDefinition<Name extends ReceptionName, Schema extends z.ZodObject> {
  /** Its keys, `input` among them, whose description says what it is. */
  readonly schema: Schema;
  /** Whether clients may have listening sockets of their own, whose work is told apart. */
  readonly tellsClients: boolean;
  readonly resolve: (network: z.output<Schema>) => ReceptionInputOf<Name>;
}
