import { z } from 'zod';
import { textField } from '../fields.js';
import { type ClientDefinition, clientFields } from './client-definition.js';

const schema = z.strictObject({
  kind: z
    .literal('replay')
    .describe('Opens connections at recorded times, such as those of the log of a server.'),
  ...clientFields,
  file: textField.describe(
    'A CSV file with the column time_s: when each connection is opened, in order, in seconds ' +
      'from the beginning of the warm-up. If it has the column page_bytes, too, each asks for a ' +
      "page of that size instead of the server's. Its path is relative to this file.",
  ),
});

export const REPLAY: ClientDefinition<'replay', typeof schema> = {
  schema,
  resolve: (_, base, recording) => ({ ...base, kind: 'replay', ...recording }),
  recording: ({ file }) => file,
  firstAfterNs: (_, timeNs, { timesNs }) => timesNs.find((ns) => ns >= timeNs) ?? Infinity,
  attempts: ({ timesNs }) => timesNs.length,
  rare: 'its file has none then',
};
