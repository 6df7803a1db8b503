/** What `--json` prints of results and claims. */
import { z } from 'zod';
import { BASES, EVIDENCE, VERDICTS } from '../../src/measure/experiment-result.js';

/** A number that JSON has; null for none, say a ratio to nothing. */
export const measured = z.number().nullable();
export const ci95 = z
  .tuple([z.number(), z.number()])
  .nullable()
  .describe('Two-sided 95% confidence interval of the mean; null with one seed.');

const interval = {
  sd: z.number().nullable().describe('Standard deviation over the seeds; null with one.'),
  ci95,
  n: z.int().min(0).describe('How many seeds have a value.'),
};
export const intervalShape = z.strictObject({
  mean: measured.describe('Over the seeds.'),
  ...interval,
});
const unit = z.string().describe('E.g. % or replies/s.');
export const files = z.array(z.string()).describe('Paths of the files that were written.');

const condition = z.strictObject({
  label: z.string(),
  measured,
  ...interval,
  unit,
  rule: z.string().describe('When it is met, in words.'),
  verdict: z.enum(VERDICTS),
  finding: z.string().describe('The verdict in words; empty if it has none.'),
  margin: measured.describe('From the mean to the nearest bound of the rule; negative outside.'),
  margin_unit: z.string(),
});
export const conditions = z.array(condition);
const basis = z.enum(BASES).describe('What it says about the model that the claim holds.');
const evidence = z.enum(EVIDENCE).describe('What the paper has for it.');

/** What a claim says, without what came of it. */
export const claimShape = z.strictObject({
  id: z.string(),
  figure: z.string(),
  statement: z.string(),
  paper: z.string(),
  basis,
  evidence,
});

const claim = z
  .strictObject({
    id: z.string(),
    figure: z.string(),
    statement: z.string(),
    paper: z.string().describe("The paper's value in words."),
    rule: z.string(),
    reason: z.string().describe('Why the bounds of the rule are what they are.'),
    measured: measured.describe('Of the first condition.'),
    ci95,
    unit: unit.nullable(),
    verdict: z.enum(VERDICTS),
    finding: z.string(),
    basis,
    evidence,
    conditions,
    alternatives: conditions.describe('The same of other set-ups, without a part in the verdict.'),
    alternatives_not_run: z.array(z.string()),
    causes: z
      .array(z.strictObject({ label: z.string(), measured, ...interval, unit }))
      .describe('What it hangs on, from the true accounting.'),
    margin: measured,
    margin_unit: z.string(),
  })
  .meta({ id: 'claim' });

const judged = {
  claims: z.array(claim),
  unjudged: z
    .array(
      z.strictObject({
        id: z.string(),
        figure: z.string(),
        statement: z.string(),
        reason: z.string().describe('What is missing.'),
      }),
    )
    .describe('Claims that what was run does not tell about.'),
};

const precision = z
  .strictObject({
    points: z.number().nullable().describe('What half widths of percentages had to be.'),
    relative_pct: z.number().nullable().describe('What others had to be, percent of the mean.'),
    seeds: z.int().describe('How many were taken.'),
    reached: z.boolean().describe('False if --max-seeds are not enough.'),
    decided_by: z
      .strictObject({
        name: z.string().describe('Variant and metric, or claim and condition.'),
        half_width: z.number().nullable().describe('Null if there is no interval.'),
        allowed: z.number(),
        unit,
      })
      .nullable()
      .describe('What was the last to become narrow, or is not; null if there is nothing.'),
    not_asked: z.int().describe('How many numbers are in units of which nothing was asked.'),
  })
  .meta({ id: 'precision' });

export const verdictsShape = z
  .strictObject({
    ...judged,
    precision: z
      .record(z.string(), precision)
      .describe('By experiment, why so many seeds were taken; empty without --precision.'),
  })
  .describe('The claims that were judged.');

const variant = z.strictObject({
  title: z.string(),
  summary: z.record(z.string(), intervalShape.extend({ unit })).describe('By name of the metric.'),
  breakdown: z
    .array(z.strictObject({ label: z.string(), cpu_pct: z.number(), share_pct: z.number() }))
    .describe("What the IDS's charged time consists of; empty without an IDS."),
  counters: z.array(z.strictObject({ name: z.string(), per_s: z.number() })),
});

export const resultShape = z
  .strictObject({
    experiment: z.string(),
    version: z.string(),
    definition_hash: z.string().regex(/^[0-9a-f]{16}$/),
    set: z.array(z.string()).describe('What --set says, path=value each, with paths in full.'),
    seeds: z.array(z.int()),
    precision: precision.nullable().describe('Why so many seeds; null without --precision.'),
    duration_s: z.number(),
    warmup_s: z.number(),
    sample_s: z.number(),
    variants: z.record(z.string(), variant).describe('By id.'),
    ...judged,
    files,
  })
  .meta({ id: 'result' })
  .describe('The result of an experiment.');

export const collectionShape = z
  .strictObject({
    experiments: z.record(z.string(), resultShape).describe('By id: what each alone prints.'),
    ...judged,
    files,
  })
  .describe('The results of all experiments, and all claims.');

const comparedMetric = z.strictObject({
  name: z.string(),
  label: z.string(),
  unit,
  means: z
    .array(z.strictObject({ mean: measured, ci95, n: interval.n }).nullable())
    .describe('By side; null for one that has no such metric.'),
  differences: z
    .array(
      z
        .strictObject({
          mean: z.number(),
          ci95,
          paired: z.boolean().describe('Whether it is the mean of the differences seed by seed.'),
        })
        .nullable(),
    )
    .describe('By side, to the first; null for that one, and where either has no value.'),
});

export const comparisonShape = z.strictObject({
  sides: z
    .array(
      z.strictObject({
        name: z.string().describe('As on the command line, with the variant.'),
        title: z.string(),
        seeds: z.array(z.int()),
      }),
    )
    .min(2),
  metrics: z.array(comparedMetric),
});
