import { parseDuration } from '../../experiments/duration.js';
import { summarize } from '../../experiments/statistics.js';
import { placeOf, type Sweep, type SweepRow, valuesAt } from '../../sweep/sweep.js';
import type { Column } from '../columns.js';
import { type Row, toCsv } from '../csv.js';

export interface TableOptions {
  /** wide: a column a metric. long: a row a metric. */
  readonly format: 'wide' | 'long' | 'jsonl';
  /** Statistics over the seeds instead of a row a seed. */
  readonly aggregate: boolean;
}

const DECIMALS = 6;
const STATISTICS = [
  ['mean', 'Mean over the seeds'],
  ['sd', 'Standard deviation over the seeds; empty with one seed'],
  ['ci95_lo', 'Lower end of the 95% confidence interval of the mean'],
  ['ci95_hi', 'Upper end of it'],
] as const;

/** The columns of a sweep's table. */
export function sweepColumns(sweep: Sweep, { format, aggregate }: TableOptions): Column[] {
  const number = (name: string, description: string, unit?: string): Column => ({
    name,
    type: 'number',
    description: `${description}.`,
    ...(unit === undefined ? {} : { unit }),
  });
  const text = (name: string, description: string): Column => ({
    name,
    type: 'string',
    description,
  });
  const count: Column = { name: 'n', type: 'integer', description: 'Seeds with a value.' };
  const columns: Column[] = [
    ...sweep.axes
      .flat()
      .map(({ column, values, isDuration }) =>
        isDuration || values.every((value) => typeof value === 'number')
          ? number(column, 'Parameter', isDuration ? 's' : undefined)
          : text(column, 'Parameter.'),
      ),
    text('variant', 'Variant of the experiment.'),
  ];
  if (!aggregate) columns.push({ name: 'seed', type: 'integer', description: 'Seed of the run.' });
  if (format === 'long') {
    columns.push(text('metric', 'Metric.'), text('unit', 'Its unit.'));
    if (!aggregate) columns.push(number('value', 'Value over the measured time'));
    else columns.push(...STATISTICS.map(([name, said]) => number(name, said)), count);
    return columns;
  }
  for (const { name, unit, description } of sweep.metrics) {
    if (!aggregate) columns.push(number(name, description, unit));
    else {
      columns.push(
        ...STATISTICS.map(([key, said]) =>
          number(`${name}_${key}`, `${description}: ${said}`, unit),
        ),
        { ...count, name: `${name}_n` },
      );
    }
  }
  return columns;
}

/** A sweep's table as text, a piece at a time. `rows` are all of the sweep's, in grid order. */
export async function* sweepTable(
  sweep: Sweep,
  rows: AsyncIterable<SweepRow>,
  options: TableOptions,
): AsyncGenerator<string> {
  const columns = sweepColumns(sweep, options);
  if (options.format !== 'jsonl') yield toCsv(columns, [], DECIMALS);
  const size = options.aggregate ? sweep.seeds.length : 1;
  let group: SweepRow[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length < size) continue;
    const cells = rowsOf(sweep, group, options);
    yield options.format === 'jsonl'
      ? cells.map((one) => `${JSON.stringify(one)}\n`).join('')
      : toCsv(columns, cells, DECIMALS, false);
    group = [];
  }
}

function rowsOf(sweep: Sweep, group: readonly SweepRow[], options: TableOptions): Row[] {
  const { point, variant, seed } = placeOf(sweep, group[0]?.run ?? 0);
  const values = valuesAt(sweep, point);
  const parameters = sweep.axes.flat().map(({ column, isDuration }, i) => {
    const value = values[i] ?? '';
    return [
      column,
      isDuration ? secondsOf(value) : typeof value === 'boolean' ? `${value}` : value,
    ];
  });
  const place: Row = {
    ...Object.fromEntries(parameters),
    variant: sweep.variants[variant] ?? '',
    ...(options.aggregate ? {} : { seed }),
  };
  const cells = sweep.metrics.map((_, m) =>
    options.aggregate
      ? statistics(group.map(({ values }) => values[m] ?? Number.NaN))
      : {
          value: group[0]?.values[m] ?? null,
        },
  );
  if (options.format === 'long') {
    return sweep.metrics.map(({ name, unit }, m) => ({
      ...place,
      metric: name,
      unit,
      ...cells[m],
    }));
  }
  const wide = sweep.metrics.flatMap(({ name }, m) =>
    Object.entries(cells[m] ?? {}).map(([key, cell]) => [
      options.aggregate ? `${name}_${key}` : name,
      cell,
    ]),
  );
  return [{ ...place, ...Object.fromEntries(wide) }];
}

function secondsOf(value: string | number | boolean): number {
  return (parseDuration(typeof value === 'boolean' ? '' : value) ?? Number.NaN) / 1e9;
}

function statistics(values: readonly number[]) {
  const { mean, sd, ci95, n } = summarize(values);
  return {
    mean: Number.isFinite(mean) ? mean : null,
    sd,
    ci95_lo: ci95?.[0] ?? null,
    ci95_hi: ci95?.[1] ?? null,
    n,
  };
}
