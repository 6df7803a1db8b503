import type { SweepPlan } from '../../sweep/plan.js';
import { pointCount, runCount, type Sweep } from '../../sweep/sweep.js';
import type { SweepSource } from '../../sweep/sweep-file.js';
import { taskMaker } from '../../sweep/tasks.js';
import { paragraph } from './explanation-text.js';

/** What `show` tells about a sweep with a file of its own: the JSON of `show --json`. */
export interface SweepExplanation extends Pick<Sweep, 'variants' | 'seeds' | 'metrics' | 'chart'> {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly experiment: string;
  readonly duration_s: number;
  /** Parameters by axis, the first slowest; those of one axis advance together. */
  readonly axes: readonly (readonly {
    readonly parameter: string;
    readonly values: readonly unknown[];
  }[])[];
  readonly set: Readonly<Record<string, unknown>>;
  readonly points: number;
  readonly runs: number;
}

/** Explains a sweep by its plan. */
export function explainSweep(source: SweepSource, plan: SweepPlan): SweepExplanation {
  const { sweep, work } = plan;
  const { id, title, description, definition, block } = source;
  return {
    id,
    title,
    description,
    experiment: definition.id,
    duration_s: taskMaker(work)(0).input.durationNs / 1e9,
    axes: sweep.axes.map((axis) =>
      axis.map(({ column, values }) => ({ parameter: column, values })),
    ),
    set: Object.fromEntries(block.set.map(({ path, values: [value] }) => [path, value])),
    variants: sweep.variants,
    seeds: sweep.seeds,
    metrics: sweep.metrics,
    chart: sweep.chart,
    points: pointCount(sweep),
    runs: runCount(sweep),
  };
}

/** The explanation as text for a terminal of `columns` columns. */
export function sweepExplanationText(sweep: SweepExplanation, columns: number): string {
  const { axes, metrics, chart, variants, seeds } = sweep;
  return [
    `${sweep.id}: ${sweep.title}`,
    `Sweep of the experiment ${sweep.experiment}`,
    '',
    ...(sweep.description === '' ? [] : [...paragraph(sweep.description, columns, ''), '']),
    ...axes.flatMap((axis) => [
      axis.length > 1 ? 'Varies together:' : 'Varies:',
      ...axis.flatMap(({ parameter, values }) =>
        paragraph(`${parameter} = ${values.join(', ')}`, columns, '  '),
      ),
    ]),
    ...Object.entries(sweep.set).map(([path, value]) => `Sets ${path} = ${value}`),
    `Variants: ${variants.join(', ')}`,
    `${sweep.points} points x ${variants.length} variants x ${seeds.length} seeds = ` +
      `${sweep.runs} runs of ${sweep.duration_s} s`,
    '',
    'Metrics:',
    ...metrics.flatMap(({ name, unit, description }) =>
      paragraph(`${name} [${unit}]: ${description}`, columns, '  '),
    ),
    ...(chart.length === 0 ? [] : [`Chart: ${chart.join(', ')}`]),
  ].join('\n');
}
