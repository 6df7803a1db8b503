import { z } from 'zod';
import { durationField, fileNameField, metricField, proseField, textField } from './fields.js';
import { SWEPT_VALUES, SWEPT_VALUES_FORM } from './swept-values.js';

const scalar = z.union([z.number(), z.string(), z.boolean()], {
  error: 'a number, text, true or false',
});
const sweptValues = z.union(
  [
    z.string().regex(SWEPT_VALUES, { error: SWEPT_VALUES_FORM }),
    z.array(scalar).min(1, { error: 'at least one value' }),
  ],
  { error: 'a list, or text such as 30:80:10 or log:10ms:1s:7' },
);
const path = z.string().regex(/^[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*$/, {
  error: "a path of the definition's schema, e.g. cages.cage.cap",
});
const metrics = z.array(metricField).min(1);

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
  variants: z
    .array(fileNameField)
    .min(1)
    .optional()
    .describe('Run these variants only; default: all.'),
  set: z.record(path, scalar).default({}).describe('A value by path, at every point.'),
  vary: z
    .record(path, sweptValues)
    .default({})
    .describe('Values by path; every combination is a point.'),
  zip: z
    .record(path, sweptValues)
    .default({})
    .describe('Values by path that advance together, as one more axis.'),
  metrics: metrics.optional().describe('Columns of the table; default: all.'),
  chart: metrics.optional().describe('Metrics to chart, of those in the table.'),
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
