import { z } from 'zod';
import type { NetworkInputDefinition } from './network-input-definition.js';

const schema = z.strictObject({
  input: z
    .literal('interrupt')
    .default('interrupt')
    .describe('A packet is received in the softirq at once, before any process, as in Linux.')
    .meta({ title: 'Network input' }),
});

export const INTERRUPT: NetworkInputDefinition<'interrupt', typeof schema> = {
  schema,
  isByProcess: false,
  resolve: () => ({ kind: 'interrupt' }),
};
