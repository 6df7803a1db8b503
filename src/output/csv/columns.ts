import { RESULT_TABLES, type ResultTable } from '../../definition/result-tables.js';
import type { Metric } from '../../measure/experiment-result.js';

/** A column of a CSV file. These names and their order are a promise: new ones go to the end. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number';
  readonly description: string;
  readonly unit?: string;
  /** As tables and legends have it. */
  readonly title?: string;
}

/** A column of texts, of whole numbers, and of numbers. */
export const text = (name: string, description: string): Column => ({
  name,
  type: 'string',
  description,
});
export const integer = (name: string, description: string): Column => ({
  name,
  type: 'integer',
  description,
});
export const number = (name: string, description: string, unit?: string): Column => ({
  name,
  type: 'number',
  description,
  ...(unit === undefined ? {} : { unit }),
});

const VARIANT = text('variant', 'Variant of the experiment.');
const BOUNDS = [
  number('ci95_lo', 'Lower end of the 95% confidence interval of the mean; empty with one seed.'),
  number('ci95_hi', 'Upper end of it.'),
];

/** The columns of a variant's samples. */
export function sampleColumns(metrics: readonly Metric[]): Column[] {
  return [
    integer('seed', 'Seed of the run.'),
    number('time_s', 'End of the sample, after the warm-up.', 's'),
    ...metrics.map(({ name, unit, label, description }) => ({
      ...number(name, `${description}.`, unit),
      title: label,
    })),
  ];
}

/** The columns of the files that an experiment has once. */
export const columnsOf = {
  summary: [
    VARIANT,
    text('metric', "Metric: a column of the variant's samples."),
    text('unit', 'Unit of mean, sd and interval.'),
    number('mean', 'Mean over the seeds.'),
    number('sd', 'Standard deviation over the seeds; empty with one seed.'),
    ...BOUNDS,
    integer('n', 'Seeds with a value.'),
  ],
  claims: [
    text('claim', 'Id of the claim.'),
    text('figure', "The paper's figure, or text about one; where it argues; or none."),
    text('condition', 'What is measured; see role.'),
    text('statement', 'What the paper states.'),
    text('paper', "The paper's value, in words; of conditions only."),
    number('measured', 'Our value: mean over the seeds.'),
    ...BOUNDS,
    text('unit', 'Unit of our value and its interval.'),
    text('rule', 'When this condition, or alternative, holds.'),
    text('verdict', 'On the claim as a whole: holds, fails or undecided; of conditions only.'),
    text(
      'basis',
      'fitted: a cost or an open choice was set to meet it, or it follows from what was; ' +
        'by construction: it cannot fail in this model; predicted: neither; observed: ours, ' +
        'written after the runs. Of conditions only.',
    ),
    text('condition_verdict', 'On this condition, or alternative, alone.'),
    text(
      'role',
      'condition: one of those that the claim must meet; alternative: the same of another ' +
        'set-up, without a part in the verdict; cause: what the claim hangs on.',
    ),
    number('margin', 'From our value to the nearest bound of the rule; negative outside.'),
    text('margin_unit', 'Unit of the margin: percentages differ by points.'),
    number('sd', 'Standard deviation over the seeds.'),
    integer('n', 'Seeds with a value.'),
    text(
      'evidence',
      'What the paper has for it. measured; expected or argued: not measured; setting: the text ' +
        'says that it was set so; related: about what others built; cited: published by those; ' +
        'unclaimed: it is not in the paper. Of conditions only.',
    ),
    text('finding', 'How far it is met, in words; empty if that is all, or needs no words.'),
  ],
  breakdown: [
    VARIANT,
    text('part', 'What was done while the page tables of the IDS were loaded.'),
    number('cpu_pct', 'Mean over the seeds, percent of one PCPU.', '%'),
    number('share_pct', 'Share of the CR3 time of the IDS.', '%'),
  ],
  counters: [
    VARIANT,
    text('counter', 'What was counted: a kind of drop or event.'),
    number('per_s', 'Mean over the seeds.', '1/s'),
  ],
  sensitivityPoints: [
    integer('point', 'Number of the point; 0 is the shipped machine, with nothing varied.'),
    text('kind', 'one: a single cost is varied; all: all of them are.'),
    text('cost', 'Name of the cost in the machine file, or of an assumed setting.'),
    number('factor', 'So many times what it is.'),
  ],
  sensitivityOutcomes: [
    integer('point', 'Number of the point.'),
    text('kind', 'base, one or all.'),
    text('claim', 'Id of the claim.'),
    number('margin', 'From our mean to the nearest bound; negative outside.'),
    text('unit', 'Unit of the margin.'),
    text('borne_out', 'yes or no, by the mean.'),
  ],
  sensitivityEffects: [
    text('claim', 'Id of the claim.'),
    text('cost', 'Name of the cost.'),
    number('margin', 'Margin on the shipped machine.'),
    number('change', 'Change of the margin from -30 to +30% of this cost alone.'),
    text('unit', 'Unit of margin and change.'),
    number('correlation', 'Rank correlation of cost and margin while all costs vary.'),
    text('borne_out_below', 'yes if at all steps of this cost alone below its value.'),
    text('borne_out_above', 'The same above its value.'),
    number('borne_out_pct', 'Percent of the points with all costs varied; the same in all rows.'),
  ],
  matrix: [
    text('claim', 'Id of the claim.'),
    text('condition', 'What is measured.'),
    text('reading', 'Id of the reading; see choices.csv.'),
    text('verdict', 'On the claim as a whole; empty if there is none.'),
    text('condition_verdict', 'On this condition alone.'),
    number('measured', 'Our value: mean over the seeds.'),
    ...BOUNDS,
    text('unit', 'Unit of our value and its interval.'),
    text('rule', 'When this condition holds.'),
    number('margin', 'From our value to the nearest bound of the rule; negative outside.'),
    text('margin_unit', 'Unit of the margin: percentages differ by points.'),
    number('sd', 'Standard deviation over the seeds.'),
    integer('n', 'Seeds with a value.'),
    text('basis', 'As in claims.csv.'),
    text('evidence', 'As in claims.csv.'),
    text('no_verdict', 'Why there is no verdict.'),
  ],
  choices: [
    text('reading', 'Id of the reading; the first is the reference.'),
    text('point', 'Id of what the paper leaves open.'),
    text('question', 'What that is.'),
    text('value', 'What the reading takes.'),
    text('departs', 'yes or no: whether that is otherwise than in the reference.'),
    text('reason', 'Why.'),
  ],
} as const satisfies Record<string, readonly Column[]>;

/** What a row of the claims' table is about; see its column `role`. */
export const ROLES = ['condition', 'alternative', 'cause'] as const;

export type Role = (typeof ROLES)[number];

/** Names of the files that an experiment has once, whatever its variants. */
export const TABLE_FILES = RESULT_TABLES.map(tableFile);

/** Name of the file of such a table. */
export function tableFile(table: ResultTable): string {
  return `${table}.csv`;
}

/** Name of the file of a figure; its kind is the ending. */
export function figureFile(number: string | number, kind: string): string {
  return `figure-${number}.${kind}`;
}
