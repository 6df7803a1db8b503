import type { z } from 'zod';
import type { ReceptionInputOf, ReceptionName } from '../../model/input.js';

/** The seat of a way in which a guest's kernel receives packets, in a definition. */
export interface NetworkInputDefinition<Name extends ReceptionName, Schema extends z.ZodObject> {
  /** Its keys, `input` among them, whose description says what it is. */
  readonly schema: Schema;
  /** Whether the process receives by itself, so that each client's socket may have its own work. */
  readonly isByProcess: boolean;
  readonly resolve: (network: z.output<Schema>) => ReceptionInputOf<Name>;
}
