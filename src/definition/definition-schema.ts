import { z } from 'zod';
import {
  durationField,
  fileNameField,
  metricField,
  nameField,
  proseField,
  textField,
} from './fields.js';
import { overrideOf } from './override-schema.js';
import { settingsFields } from './settings-schema.js';
import { sweepBlockSchema } from './sweep-schema.js';

const lineSchema = z
  .strictObject({
    variant: fileNameField
      .optional()
      .describe('The variant; can be left out if there is only one.'),
    metric: metricField.describe('A column of the results, e.g. vm_cpu_pct.'),
    label: textField.describe('Name in the legend.'),
  })
  .describe('One line of a figure.');

const limitSchema = z
  .union(
    [
      z.strictObject({ cage: nameField.describe("A cage's cap.") }),
      z.strictObject({ domain: nameField.describe("A domain's own cap.") }),
      z.strictObject({
        value: z.number().describe('Any value, in the unit of the figure.'),
        label: textField.describe('What it is.'),
      }),
    ],
    { error: 'one of cage: NAME, domain: NAME, or value: NUMBER with label: TEXT' },
  )
  .describe('A horizontal line.');

const figureSchema = z
  .strictObject({
    id: fileNameField.describe('Short name, e.g. fig4: `offloadcage reproduce fig4`.'),
    number: z
      .union([z.int().min(1), fileNameField], {
        error: 'a whole number above 0, or lower-case letters, digits and -',
      })
      .describe("The paper's number of the figure; names the file, figure-4.svg."),
    title: textField.describe('Above the figure.'),
    y_label: textField.default('CPU use').describe('What the y axis shows.'),
    y_unit: textField.default('%').describe('In which unit.'),
    main: z
      .boolean()
      .default(false)
      .describe('Whether the terminal shows this figure first; by default the first in the file.'),
    lines: z.array(lineSchema).min(1).describe('What is drawn over time.'),
    limit: limitSchema.optional(),
  })
  .describe('A figure over time.');

const variantSchema = z
  .strictObject({
    title: textField.describe('Name in tables and charts.'),
    description: proseField.optional().describe('What is different, and why.'),
    ...Object.fromEntries(
      Object.entries(settingsFields).map(([key, field]) => [key, overrideOf(field).nullish()]),
    ),
  })
  .describe('Changes to the settings above; null removes a key.');

/** An experiment definition as a user writes it. */
export const definitionSchema = z
  .strictObject({
    id: fileNameField.describe('Names the directory of the results.'),
    title: textField.describe('What the experiment is, in a line.'),
    description: proseField.optional().describe('What it shows, and how.'),
    paper: textField.optional().describe('Section of the paper that it reproduces.'),
    duration: durationField('positive')
      .prefault('60s')
      .describe(
        'Simulated time that is measured. The paper does not say; with 60 s and ten seeds most ' +
          'intervals are below one percent.',
      )
      .meta({ title: 'Measured time' }),
    warmup: durationField('zero')
      .prefault('5s')
      .describe(
        'Simulated time before that, which is not measured: several time constants of the ' +
          'scheduler, and longer than TCP takes to repeat a SYN (3 s).',
      )
      .meta({ title: 'Warm-up' }),
    sample: durationField('positive')
      .prefault('1s')
      .describe(
        'Time between two points of a figure; the duration is a whole multiple of it. The paper ' +
          'does not say; one second makes 60 points.',
      )
      .meta({ title: 'Sample time' }),
    seeds: z
      .int()
      .min(1)
      .max(10_000)
      .default(10)
      .describe(
        'Runs of each variant, with seeds 1, 2, 3 and so on. The paper does not say how often it ' +
          'measured; ten make a narrow interval.',
      ),
    ...settingsFields,
    sweep: sweepBlockSchema.optional(),
    figures: z.array(figureSchema).default([]).describe('Figures, in order.'),
    variants: z
      .record(fileNameField, variantSchema)
      .default({})
      .describe('Variants by name. Without any there is one, main, with the settings above.'),
  })
  .describe('An experiment of OffloadCage.');

/** A parsed definition; durations in nanoseconds. */
export type DefinitionFile = z.output<typeof definitionSchema>;
export type FigureFile = z.output<typeof figureSchema>;
