import { z } from 'zod';
import { durationField, fileNameField, proseField, textField } from './fields.js';

const scalar = z.union([z.number(), z.string(), z.boolean()], {
  error: 'a number, text, true or false',
});
const sweptValues = z.union([z.string(), z.array(scalar)], {
  error: 'a list, or text such as 30:80:10 or log:10ms:1s:7',
});
const names = z.array(textField).min(1);

/** What a sweep says, in a file of its own and in the block `sweep:` of a definition alike. */
const sweepFields = {
  duration: durationField('positive')
    .optional()
    .describe("Simulated time measured in each run; default: the experiment's."),
  seeds: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe("Runs of each variant at each point; default: the experiment's."),
  variants: names.optional().describe('Run these variants only; default: all.'),
  set: z.record(z.string(), scalar).default({}).describe('A value by path, at every point.'),
  vary: z
    .record(z.string(), sweptValues)
    .default({})
    .describe('Values by path; every combination is a point.'),
  zip: z
    .record(z.string(), sweptValues)
    .default({})
    .describe('Values by path that advance together, as one more axis.'),
  metrics: names.optional().describe('Columns of the table; default: all.'),
  chart: names.optional().describe('Metrics to chart, of those in the table.'),
};

/** The block `sweep:` of a definition. */
export const sweepBlockSchema = z
  .strictObject(sweepFields)
  .describe('A grid of points for `offloadcage sweep`.');

/** A sweep in a file of its own: an experiment, and what to vary. */
export const sweepFileSchema = z
  .strictObject({
    id: fileNameField.describe('Names the folder of the results.'),
    title: textField.describe('What the sweep is, in a line.'),
    description: proseField.optional().describe('What it shows and how.'),
    experiment: textField.describe(
      'A shipped experiment, or the path of a definition relative to this file.',
    ),
    ...sweepFields,
  })
  .describe('A sweep of OffloadCage.');
