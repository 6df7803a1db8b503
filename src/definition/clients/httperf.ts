import { z } from 'zod';
import { durationField } from '../fields.js';
import { type ClientDefinition, clientFields } from './client-definition.js';

const { target, max_open, timeout, tick, ...others } = clientFields;

const schema = z.strictObject({
  kind: z
    .literal('httperf')
    .default('httperf')
    .describe('Opens connections at a fixed rate, one request per connection.'),
  target,
  rate: z
    .number()
    .positive()
    .max(1_000_000)
    .describe('Connections opened in a second.')
    .meta({ title: 'Request rate', unit: 'requests/s' }),
  max_open,
  timeout,
  tick,
  connect: durationField('zero')
    .prefault('30us')
    .describe('Time between two connections of one burst: the work of opening one.')
    .meta({ title: 'Time to open a connection' }),
  ...others,
});

export const HTTPERF: ClientDefinition<'httperf', typeof schema> = {
  schema,
  resolve: ({ rate, connect }, base) => ({ ...base, kind: 'httperf', rate, connectNs: connect }),
  firstAfterNs: ({ rate }, timeNs) => {
    const gapNs = 1e9 / rate;
    return (Math.floor(timeNs / gapNs) + 1) * gapNs;
  },
  attempts: ({ rate }, timeNs) => (rate * timeNs) / 1e9,
  rare: 'its rate is too low',
};
