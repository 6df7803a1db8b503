import { ChartCollector, type SweepChart } from '../../../src/output/sweep/chart-data.js';
import type { AxisValue } from '../../../src/sweep/axis.js';
import {
  placeOf,
  runCount,
  type Sweep,
  type SweepRow,
  type SweptParameter,
  valuesAt,
} from '../../../src/sweep/sweep.js';

export const RATE: Sweep['metrics'][number] = {
  name: 'rate_rps',
  unit: 'replies/s',
  label: 'Replies',
  description: 'Replies in a second',
};

export const parameter = (
  column: string,
  values: readonly AxisValue[],
  isDuration = false,
): SweptParameter => {
  const title = isDuration ? column.replace(/_s$/, '') : column;
  return { column, isDuration, values, words: { title, short: title, unit: '' } };
};

export const sweepOf = (
  axes: Sweep['axes'],
  variants: readonly string[] = ['one'],
  seeds = 1,
  metrics: Sweep['metrics'] = [RATE],
): Sweep => ({
  experiment: 'test',
  version: '1',
  hash: 'h',
  axes,
  variants,
  looks: variants.map((title, place) => ({ title, place })),
  seeds: Array.from({ length: seeds }, (_, i) => i + 1),
  metrics,
  chart: metrics.map(({ name }) => name),
});

/** A metric's value by the parameters, variant and seed of a run. */
export type Metric = (values: readonly AxisValue[], variant: number, seed: number) => number | null;

export async function* rowsOf(sweep: Sweep, metric: Metric): AsyncGenerator<SweepRow> {
  for (let run = 0; run < runCount(sweep); run++) {
    const { point, variant, seed } = placeOf(sweep, run);
    const value = metric(valuesAt(sweep, point), variant, seed);
    yield { run, values: sweep.metrics.map(() => value) };
  }
}

export async function chartsOf(sweep: Sweep, metric: Metric): Promise<SweepChart[]> {
  const collector = new ChartCollector(sweep);
  for await (const _ of collector.watch(rowsOf(sweep, metric)));
  return collector.charts();
}

export async function chartOf(sweep: Sweep, metric: Metric): Promise<SweepChart> {
  const [chart] = await chartsOf(sweep, metric);
  if (chart === undefined) throw new Error('no chart');
  return chart;
}
