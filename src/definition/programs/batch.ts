import { z } from 'zod';
import { batchFacts } from '../../model/series.js';
import { durationField } from '../fields.js';
import { type ProgramDefinition, processFields } from './program-definition.js';

const schema = z.strictObject({
  program: z.literal('batch').describe('A job that needs a fixed CPU time, and then ends.'),
  ...processFields,
  work: durationField('positive').describe('CPU time that it needs.'),
});

export const BATCH: ProgramDefinition<'batch', typeof schema> = {
  schema,
  anyVcpu: true,
  resolve: ({ work }, base) => ({ ...base, program: 'batch', workNs: work }),
  metrics: {
    subjectPrefix: 'ids_',
    of: (process, { prefix, title }) => [
      {
        name: `${prefix}makespan_s`,
        unit: 's',
        label: `${title}, makespan`,
        description: `Time from the start of ${process} to its end; no value if it has not ended`,
        fact: batchFacts.makespan(process),
        factor: 1e-9,
      },
    ],
  },
};
