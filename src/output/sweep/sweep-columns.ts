import { isNumeric, type Sweep } from '../../sweep/sweep.js';
import type { Column } from '../csv/columns.js';

/** Which table of a sweep. */
export interface TableShape {
  /** wide: one column per metric. long: one row per metric. */
  readonly shape: 'wide' | 'long';
  /** Statistics over the seeds instead of one row per seed. */
  readonly aggregate: boolean;
}

/** Statistics over the seeds: end of the column's name, and what it is. */
export const STATISTICS = [
  ['mean', 'Mean over the seeds'],
  ['sd', 'Standard deviation over the seeds; empty with one seed'],
  ['ci95_lo', 'Lower end of the 95% confidence interval of the mean'],
  ['ci95_hi', 'Upper end of it'],
] as const;

/** The columns of a sweep's table. */
export function sweepColumns(sweep: Sweep, { shape, aggregate }: TableShape): Column[] {
  const columns: Column[] = [
    ...sweep.axes.flat().map((parameter) => {
      const { column, isDuration } = parameter;
      if (!isNumeric(parameter)) return text(column, 'Parameter.');
      return number(column, 'Parameter', isDuration ? 's' : undefined);
    }),
    text('variant', 'Variant of the experiment.'),
  ];
  if (!aggregate) columns.push({ name: 'seed', type: 'integer', description: 'Seed of the run.' });
  if (shape === 'long') {
    columns.push(text('metric', 'Metric.'), text('unit', 'Its unit.'));
    if (!aggregate) columns.push(number('value', 'Value over the measured time'));
    else columns.push(...STATISTICS.map(([name, said]) => number(name, said)), COUNT);
    return columns;
  }
  for (const { name, unit, label, description } of sweep.metrics) {
    if (!aggregate) columns.push({ ...number(name, description, unit), title: label });
    else {
      columns.push(
        ...STATISTICS.map(([key, said]) => ({
          ...number(`${name}_${key}`, `${description}: ${said}`, unit),
          title: `${label}: ${said}`,
        })),
        { ...COUNT, name: `${name}_n`, title: `${label}: ${COUNT.description}` },
      );
    }
  }
  return columns;
}

const COUNT: Column = { name: 'n', type: 'integer', description: 'Seeds with a value.' };

function number(name: string, description: string, unit?: string): Column {
  const column: Column = { name, type: 'number', description: `${description}.` };
  return unit === undefined ? column : { ...column, unit };
}

function text(name: string, description: string): Column {
  return { name, type: 'string', description };
}
