import { metricsOf } from '../definition/metrics/metrics.js';
import run from '../run/worker.js';
import { type SweepWork, taskMaker } from './tasks.js';

/** Does runs of a sweep, by their number in grid order, and returns its metrics' values. */
export function sweepRunner(work: SweepWork): (run: number) => (number | null)[] {
  const taskOf = taskMaker(work);
  return (number) => {
    const task = taskOf(number);
    const { means } = run(task);
    const recipes = metricsOf(task.input, task.subject);
    const places = new Map(recipes.map(({ name }, i) => [name, i]));
    return work.sweep.metrics.map(({ name }) => {
      const value = means[places.get(name) ?? -1];
      return value !== undefined && Number.isFinite(value) ? value : null;
    });
  };
}
