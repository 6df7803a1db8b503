import { z } from 'zod';
import { type ProgramDefinition, processFields } from './program-definition.js';

const schema = z.strictObject({
  program: z.literal('loop').describe('An endless loop.'),
  ...processFields,
});

export const LOOP: ProgramDefinition<'loop', typeof schema> = {
  schema,
  anyVcpu: true,
  resolve: (_, base) => ({ ...base, program: 'loop' }),
};
