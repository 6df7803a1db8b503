import type { Metric } from '../measure/experiment-result.js';
import { type AxisValue, secondsOf } from './axis.js';
import type { ParameterWords } from './parameter-words.js';

/** A column of a parameter. */
export interface SweptParameter {
  /** Path, with `_s` if it is a duration. */
  readonly column: string;
  readonly isDuration: boolean;
  readonly values: readonly AxisValue[];
  readonly words: ParameterWords;
}

/** A variant as charts show it. */
export interface VariantLook {
  readonly title: string;
  /** Among all variants of the definition, from 0: its colour is that of its place. */
  readonly place: number;
}

/** Whether a parameter's column holds numbers. */
export function isNumeric({
  isDuration,
  values,
}: Pick<SweptParameter, 'isDuration' | 'values'>): boolean {
  return isDuration || values.every((value) => typeof value === 'number');
}

/**
 * What the column of a parameter holds at each of its values, whatever the kind of file: what tells
 * the points of a table apart.
 */
export function columnValues(
  parameter: Pick<SweptParameter, 'isDuration' | 'values'>,
): (number | string)[] {
  const { isDuration, values } = parameter;
  if (!isNumeric(parameter)) return values.map(String);
  return values.map((value) => (isDuration ? secondsOf(value) : Number(value)));
}

/** What a sweep's rows mean: all that is needed to write its table. Plain data. */
export interface Sweep {
  readonly experiment: string;
  readonly version: string;
  /** Over version, grid, seeds, metrics and every point's resolved input. */
  readonly hash: string;
  /** Axes of the grid, the first slowest; the parameters of one advance together. */
  readonly axes: readonly (readonly SweptParameter[])[];
  readonly variants: readonly string[];
  /** Of each of the variants. */
  readonly looks: readonly VariantLook[];
  readonly seeds: readonly number[];
  readonly metrics: readonly Metric[];
  /** Names of the metrics that charts show. */
  readonly chart: readonly string[];
}

/** A finished run: its place in grid order, and the metrics; null where it has none. */
export interface SweepRow {
  readonly run: number;
  readonly values: readonly (number | null)[];
}

/** Axes of a grid, as far as it matters where they lead. */
interface Grid<Value = AxisValue> {
  readonly axes: readonly (readonly { readonly values: readonly Value[] }[])[];
}

/** Points of a grid: the product of the lengths of its axes, 1 without any. */
export function pointCount({ axes }: Grid<unknown>): number {
  return axes.reduce((product, axis) => product * (axis[0]?.values.length ?? 1), 1);
}

/** Runs in grid order: points, in each the variants, in each the seeds. */
export function runCount(sweep: Grid & Pick<Sweep, 'variants' | 'seeds'>): number {
  return pointCount(sweep) * sweep.variants.length * sweep.seeds.length;
}

/** Point, variant (both counted from 0) and seed of a run, counted from 0 in grid order. */
export function placeOf(sweep: Pick<Sweep, 'variants' | 'seeds'>, run: number) {
  const seeds = sweep.seeds.length;
  const variant = Math.floor(run / seeds) % sweep.variants.length;
  const point = Math.floor(run / (seeds * sweep.variants.length));
  return { point, variant, seed: sweep.seeds[run % seeds] ?? Number.NaN };
}

/** The value of every parameter at a point, in the order of the columns. */
export function valuesAt<Value>({ axes }: Grid<Value>, point: number): Value[] {
  let rest = point;
  const byAxis = axes.toReversed().map((axis) => {
    const length = axis[0]?.values.length ?? 1;
    const at = rest % length;
    rest = Math.floor(rest / length);
    return axis.flatMap(({ values }) => values.slice(at, at + 1));
  });
  return byAxis.toReversed().flat();
}
