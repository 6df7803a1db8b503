import type { Definition } from '../experiments/definition.js';
import { MachineFiles } from '../experiments/machine-files.js';
import { metricsOf } from '../experiments/metrics.js';
import run from '../experiments/worker.js';
import { definitionAt, type PointSource } from './points.js';
import { placeOf, type Sweep } from './sweep.js';

/** What does the runs of a sweep, as plain data. */
export interface SweepWork {
  readonly sweep: Sweep;
  readonly points: PointSource;
}

/**
 * Does runs of a sweep, each by its number in grid order, and returns the values of the sweep's
 * metrics. Neighbours in the grid share their point, which is resolved once.
 */
export function sweepRunner({ sweep, points }: SweepWork): (run: number) => (number | null)[] {
  const machines = new MachineFiles(points.machines);
  let at = -1;
  let definition: Definition | undefined;
  return (number) => {
    const { point, variant, seed } = placeOf(sweep, number);
    if (definition === undefined || at !== point) {
      definition = definitionAt(points, point, machines);
    }
    at = point;
    const id = sweep.variants[variant] ?? '';
    const found = definition.variants.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no variant ${id} at point ${point}`);
    const { input, subject } = found;
    const name = `${sweep.experiment}, point ${point + 1}, variant ${id}`;
    const { means } = run({ name, input, subject, seed });
    const places = new Map(metricsOf(input, subject).map((metric, i) => [metric.name, i]));
    return sweep.metrics.map((metric) => {
      const value = means[places.get(metric.name) ?? -1];
      return value !== undefined && Number.isFinite(value) ? value : null;
    });
  };
}
