/** What `--json` prints of surveys of claims, and of fits. */
import { z } from 'zod';
import { VERDICTS } from '../../src/measure/experiment-result.js';
import { claimShape, conditions, files, intervalShape, measured } from './result-shapes.js';

export const sensitivityShape = z
  .strictObject({
    costs: z.array(z.string()).describe('Those that were varied.'),
    points: z.int(),
    claims: z.array(
      z.strictObject({
        id: z.string(),
        margin: measured,
        unit: z.string(),
        borne_out_pct: measured.describe('Percent of the points with all costs varied.'),
        decided_by: z.string().nullable().describe('The cost that decides; null for none.'),
        effects: z.array(
          z.strictObject({
            cost: z.string(),
            change: measured,
            correlation: measured.describe('Rank correlation to the margin.'),
            borne_out_below: z.boolean(),
            borne_out_above: z.boolean(),
          }),
        ),
      }),
    ),
    files,
  })
  .describe('What becomes of the claims at other costs.');

const standings = z.strictObject({
  total: z.int(),
  under_every_reading: z.int(),
  under_some: z.int(),
  under_none: z.int(),
  not_judged: z.int(),
});

export const readingsShape = z
  .strictObject({
    sentence: z.string().describe('What it comes to.'),
    measured_claims: standings,
    measured_and_predicted_claims: standings,
    readings: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        idea: z.string(),
        measured_claims: z.strictObject({ hold: z.int(), judged: z.int() }),
        choices: z.array(
          z.strictObject({
            point: z.string(),
            question: z.string(),
            value: z.string(),
            departs: z.boolean().describe('Whether the first reading chooses otherwise.'),
            reason: z.string(),
          }),
        ),
      }),
    ),
    claims: z.array(
      claimShape.extend({
        cells: z
          .array(
            z.strictObject({
              reading: z.string(),
              verdict: z.enum(VERDICTS).nullable(),
              no_verdict: z.string().nullable().describe('Why there is none.'),
              conditions,
            }),
          )
          .describe('One per reading.'),
      }),
    ),
    files,
  })
  .describe('The claims under each reading of the paper.');

const costs = z.record(z.string(), z.number()).describe('In microseconds, by name.');
const readings = z.record(z.string(), intervalShape).describe('By name of the target.');

const round = z.strictObject({
  round: z.int(),
  phase: z.enum(['approach', 'slopes', 'settle']),
  costs_us: costs,
  readings,
  watched: z.record(z.string(), measured),
});

const servedShape = z.strictObject({
  variant: z.string(),
  title: z.string(),
  replies_rps: intervalShape,
  missed_pct: intervalShape,
  idle_pct: intervalShape,
});

const atCosts = z.strictObject({
  id: z.string(),
  verdict: z.enum(VERDICTS),
  conditions: z.array(
    intervalShape.extend({
      label: z.string(),
      rule: z.string(),
      unit: z.string(),
      verdict: z.enum(VERDICTS),
      finding: z.string(),
      margin: measured,
      marginUnit: z.string(),
    }),
  ),
});

export const fitsShape = z
  .strictObject({
    fits: z.array(
      z.strictObject({
        outcome: z.enum(['found', 'out of reach', 'not settled']),
        targets: z.record(z.string(), z.number()),
        costs_us: costs,
        errors_pct: z.record(z.string(), z.number()).nullable(),
        readings,
        rounds: z.array(round),
        at_costs: z
          .strictObject({ claims: z.array(atCosts), served: z.array(servedShape) })
          .optional()
          .describe('With --claims: what the claims give at these costs.'),
      }),
    ),
  })
  .describe('Fits of the costs.');
