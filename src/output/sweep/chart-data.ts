import type { Metric } from '../../measure/experiment-result.js';
import { summarize } from '../../measure/statistics.js';
import { withinText } from '../../sweep/parameter-words.js';
import { pointCount, type Sweep, type SweepRow } from '../../sweep/sweep.js';
import { toldApart } from '../figure/told-apart.js';
import { type ChartAxis, chartAxis } from './chart-axis.js';

/** What is known of a metric at a point: NaN where there is no value. */
export interface Estimate {
  readonly mean: number;
  /** Of the mean, 95%; NaN with less than two seeds. */
  readonly low: number;
  readonly high: number;
}

/** A metric over one or two axes. */
export interface SweepChart {
  readonly metric: Metric;
  /** What it is called, unlike every other of the sweep. */
  readonly name: string;
  /** One or two; the first is the slower in the grid. */
  readonly axes: readonly ChartAxis[];
  /** Parameters with one value only: "cap of the cage 30 % of one PCPU". */
  readonly fixed: readonly string[];
  readonly seeds: number;
  readonly variants: readonly {
    /** Its title, unlike every other's. */
    readonly name: string;
    /** How it is drawn: its place among all variants of the definition. */
    readonly look: number;
    /** By point, in grid order. */
    readonly estimates: readonly Estimate[];
  }[];
}

/**
 * Means that are kept for charts, at most: points times variants times metrics. What a sweep needs
 * of memory shall not grow with its points.
 */
export const MAX_CHARTED = 20_000;

/** Text values that a chart has bars for, at most: each takes a line. */
const MAX_BARS = 100;

/** Collects what charts of some metrics show while a sweep's rows pass by. */
export class ChartCollector {
  /** Why there is no chart and how to get one; null if there is one. */
  readonly refusal: string | null;
  readonly #sweep: Sweep;
  readonly #metrics: readonly number[];
  /** By metric, then by point and variant. */
  readonly #estimates: Estimate[][];

  constructor(sweep: Sweep) {
    this.#sweep = sweep;
    this.#metrics = sweep.chart
      .map((name) => sweep.metrics.findIndex((metric) => metric.name === name))
      .filter((at) => at >= 0);
    this.#estimates = this.#metrics.map(() => []);
    this.refusal = refusalOf(sweep, this.#metrics.length);
  }

  /** The same rows; they must be all of the sweep's, in grid order. */
  async *watch(rows: AsyncIterable<SweepRow>): AsyncGenerator<SweepRow> {
    let group: SweepRow[] = [];
    for await (const row of rows) {
      if (this.refusal === null) {
        group.push(row);
        if (group.length === this.#sweep.seeds.length) {
          this.#take(group);
          group = [];
        }
      }
      yield row;
    }
  }

  /** The charts, once the rows have passed. */
  charts(): SweepChart[] {
    if (this.refusal !== null) return [];
    const { metrics, variants, looks, seeds } = this.#sweep;
    const titles = toldApart(
      looks.map(({ title }) => title),
      [variants],
    );
    const names = toldApart(
      metrics.map(({ label }) => label),
      [metrics.map(({ name }) => name)],
    );
    const axes = shownAxes(this.#sweep).map(chartAxis);
    return this.#metrics.flatMap((at, m) => {
      const metric = metrics[at];
      if (metric === undefined) return [];
      const estimates = this.#estimates[m] ?? [];
      return {
        metric,
        name: names[at] ?? '',
        axes,
        fixed: fixedParameters(this.#sweep),
        seeds: seeds.length,
        variants: looks.map(({ place }, v) => ({
          name: titles[v] ?? '',
          look: place,
          estimates: estimates.filter((_, i) => i % variants.length === v),
        })),
      };
    });
  }

  #take(group: readonly SweepRow[]): void {
    this.#metrics.forEach((at, m) => {
      const { mean, ci95 } = summarize(group.map(({ values }) => values[at] ?? Number.NaN));
      const [low, high] = ci95 ?? [Number.NaN, Number.NaN];
      this.#estimates[m]?.push({ mean, low, high });
    });
  }
}

function lengthOf(axis: Sweep['axes'][number]): number {
  return axis[0]?.values.length ?? 0;
}

/** Those with more than one value; if there is none of them, the first. */
function shownAxes({ axes }: Sweep): Sweep['axes'] {
  const varied = axes.filter((axis) => lengthOf(axis) > 1);
  return varied.length > 0 ? varied : axes.slice(0, 1);
}

function fixedParameters(sweep: Sweep): string[] {
  const shown = shownAxes(sweep);
  return sweep.axes
    .filter((axis) => !shown.includes(axis))
    .map((axis) => {
      const { title, unit, labels } = chartAxis(axis);
      return `${withinText(title)} ${labels[0] ?? ''} ${unit}`.trim();
    });
}

function refusalOf(sweep: Sweep, metrics: number): string | null {
  const axes = shownAxes(sweep);
  const no = (why: string, how: string) => `no chart: ${why}; ${how}`;
  if (metrics === 0) return no('no metric', 'choose one with --chart');
  if (axes.length === 0) return no('no parameter varies', 'vary one or two with --vary or --zip');
  if (axes.length > 2) {
    const how = 'fix all but two with --set, or make them one axis with --zip';
    return no(`${axes.length} axes`, how);
  }
  const means = pointCount(sweep) * sweep.variants.length * metrics;
  if (means > MAX_CHARTED) {
    const how = `at most ${MAX_CHARTED}: take fewer values, a --variant or fewer --chart metrics`;
    return no(`${means} means`, how);
  }
  const [only] = axes;
  if (axes.length === 1 && only !== undefined && chartAxis(only).numbers === null) {
    const count = lengthOf(only);
    if (count > MAX_BARS) {
      return no(`${count} bars`, `at most ${MAX_BARS}: take fewer values with --vary`);
    }
  }
  return null;
}
