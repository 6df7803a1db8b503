import { z } from 'zod';
import type { ClientBase, ClientInputOf, ClientKindName } from '../../model/input.js';
import { CONNECTIONS_PER_CLIENT } from '../../model/limits.js';
import { durationField, nameField } from '../fields.js';

/**
 * The seat of a load generator in a definition: what a user may write of it, and what comes of
 * that. A kind is one file in this folder and one entry in `clients.ts`, beside its file and entry
 * in the model.
 */
export interface ClientDefinition<Name extends ClientKindName, Schema extends z.ZodObject> {
  /** Its keys, `kind` among them, whose description says what it is. */
  readonly schema: Schema;
  /**
   * The model's input; `base` is what all clients have.
   * @param recording what its file has; `NO_RECORDING` if it has none
   */
  readonly resolve: (
    client: z.output<Schema>,
    base: ClientBase,
    recording: Recording,
  ) => ClientInputOf<Name>;
  /** Path of the file from which it has its times. */
  readonly recording?: (client: z.output<Schema>) => string;
  /** When it opens its first connection after a time; Infinity if never. */
  readonly firstAfterNs: (client: z.output<Schema>, timeNs: number, recording: Recording) => number;
  /** About how many it attempts to open in so long a run. */
  readonly attempts: (client: ClientInputOf<Name>, timeNs: number) => number;
  /** Why it may open none in the time that is measured. */
  readonly rare: string;
}

/** What the file of a client has. */
export interface Recording {
  /** When each connection is opened, in order. */
  readonly timesNs: Float64Array;
  /** The size of each one's page, if the file has any. */
  readonly pageBytes?: Int32Array;
}

/** By client: what its file has. */
export type Recordings = ReadonlyMap<string, Recording>;

/** Of a client without a file. */
export const NO_RECORDING: Recording = { timesNs: new Float64Array(0) };

/** The keys of every client. */
export const clientFields = {
  target: nameField.describe('The web server or CGI process that it asks.'),
  max_open: z
    .int()
    .min(1)
    .max(CONNECTIONS_PER_CLIENT, {
      error: `at most ${CONNECTIONS_PER_CLIENT}, as many as a packet of the model can tell apart`,
    })
    .default(1020)
    .describe(
      'Most connections open at a time. httperf waits with select() on at most 1024 ' +
        'descriptors, a few of which are its own; above that an attempt is an error. More than ' +
        '4096 do not fit into the bits of a packet of the model: take several clients.',
    )
    .meta({ title: 'Most open connections' }),
  timeout: durationField('zero')
    .prefault('0s')
    .describe('Gives a connection up after this long; 0 = never, the default of httperf.'),
  tick: durationField('positive')
    .prefault('1ms')
    .describe('How often it looks for connections to open; what is due goes out in a burst.'),
  response: durationField('zero')
    .prefault('20us')
    .describe("From a packet's arrival at the client to its answer on the wire.")
    .meta({ title: 'Response time' }),
  clock_skew_ppm: z
    .number()
    .min(-1000)
    .max(1000)
    .default(20)
    .describe(
      "How fast the client's clock runs, in parts per million. Two machines' crystals differ " +
        'by tens; with 0 the bursts would keep one phase to the 10 ms ticks for ever.',
    )
    .meta({ title: 'Clock skew', unit: 'ppm' }),
};
