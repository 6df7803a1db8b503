import { summarize } from '../../measure/statistics.js';
import {
  columnValues,
  placeOf,
  runCount,
  type Sweep,
  type SweepRow,
  valuesAt,
} from '../../sweep/sweep.js';
import type { Row } from '../csv/csv.js';
import type { TableShape } from './sweep-columns.js';

/** Rows of a sweep's table. `runs` are all of the sweep's, in grid order. */
export async function* sweepRows(
  sweep: Sweep,
  runs: AsyncIterable<SweepRow>,
  shape: TableShape,
): AsyncGenerator<Row> {
  const size = shape.aggregate ? sweep.seeds.length : 1;
  const parametersAt = parameterCells(sweep);
  let group: SweepRow[] = [];
  for await (const run of runs) {
    group.push(run);
    if (group.length < size) continue;
    yield* rowsOf(sweep, group, shape, parametersAt);
    group = [];
  }
}

/** How many rows there are. */
export function rowCount(sweep: Sweep, { shape, aggregate }: TableShape): number {
  const groups = aggregate ? runCount(sweep) / sweep.seeds.length : runCount(sweep);
  return shape === 'long' ? groups * sweep.metrics.length : groups;
}

/** The cells of the parameters, by the point. */
function parameterCells({ axes }: Sweep): (point: number) => Row {
  const columns = axes.flat().map(({ column }) => column);
  const cells = axes.map((axis) => axis.map((one) => ({ values: columnValues(one) })));
  return (point) => {
    const values = valuesAt({ axes: cells }, point);
    return Object.fromEntries(columns.map((column, i) => [column, values[i] ?? null]));
  };
}

/** @param group runs of one point and variant: one, or one a seed for statistics */
function rowsOf(
  sweep: Sweep,
  group: readonly SweepRow[],
  { shape, aggregate }: TableShape,
  parametersAt: (point: number) => Row,
): Row[] {
  const { point, variant, seed } = placeOf(sweep, group[0]?.run ?? 0);
  const place: Row = {
    ...parametersAt(point),
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
