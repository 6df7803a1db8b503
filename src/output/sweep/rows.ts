import { summarize } from '../../experiments/statistics.js';
import { secondsOf } from '../../sweep/axis.js';
import { placeOf, runCount, type Sweep, type SweepRow, valuesAt } from '../../sweep/sweep.js';
import type { Row } from '../csv.js';
import type { TableShape } from './columns.js';

/** Rows of a sweep's table. `runs` are all of the sweep's, in grid order. */
export async function* sweepRows(
  sweep: Sweep,
  runs: AsyncIterable<SweepRow>,
  shape: TableShape,
): AsyncGenerator<Row> {
  const size = shape.aggregate ? sweep.seeds.length : 1;
  let group: SweepRow[] = [];
  for await (const run of runs) {
    group.push(run);
    if (group.length < size) continue;
    yield* rowsOf(sweep, group, shape);
    group = [];
  }
}

/** How many rows there are. */
export function rowCount(sweep: Sweep, { shape, aggregate }: TableShape): number {
  const groups = aggregate ? runCount(sweep) / sweep.seeds.length : runCount(sweep);
  return shape === 'long' ? groups * sweep.metrics.length : groups;
}

/** @param group runs of one point and variant: one, or one a seed for statistics */
function rowsOf(sweep: Sweep, group: readonly SweepRow[], { shape, aggregate }: TableShape): Row[] {
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
    ...(aggregate ? {} : { seed }),
  };
  const cells = sweep.metrics.map((_, m) =>
    aggregate
      ? statistics(group.map((run) => run.values[m] ?? Number.NaN))
      : { value: group[0]?.values[m] ?? null },
  );
  if (shape === 'long') {
    return sweep.metrics.map(({ name, unit }, m) => ({
      ...place,
      metric: name,
      unit,
      ...cells[m],
    }));
  }
  const wide = sweep.metrics.flatMap(({ name }, m) =>
    Object.entries(cells[m] ?? {}).map(([key, cell]) => [
      aggregate ? `${name}_${key}` : name,
      cell,
    ]),
  );
  return [{ ...place, ...Object.fromEntries(wide) }];
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
