import { z } from 'zod';
import { type ClientDefinition, clientFields } from './client-definition.js';

const { target, tick, clock_skew_ppm } = clientFields;

const schema = z.strictObject({
  kind: z
    .literal('syn-flood')
    .describe(
      'Sends SYNs at a fixed rate and never completes a handshake. The server keeps the last ' +
        '4096 half-open connections of it; older ones make room.',
    ),
  target,
  rate: z
    .number()
    .positive()
    .max(1_000_000)
    .describe('SYNs sent in a second, evenly spaced.')
    .meta({ title: 'SYN rate', unit: 'SYNs/s' }),
  tick,
  clock_skew_ppm,
});

export const SYN_FLOOD: ClientDefinition<'syn-flood', typeof schema> = {
  schema,
  resolve: ({ rate }, base) => ({ ...base, kind: 'syn-flood', rate }),
  firstAfterNs: ({ rate }, timeNs) => {
    const gapNs = 1e9 / rate;
    return (Math.floor(timeNs / gapNs) + 1) * gapNs;
  },
  attempts: ({ rate }, timeNs) => (rate * timeNs) / 1e9,
  rare: 'its rate is too low',
};
