import type { Subject } from '../definition/definition.js';
import type { MetricRecipe } from '../definition/metrics/metric-recipe.js';
import { type MeasuredRun, measure } from '../measure/measure.js';
import { simulateReadings } from '../model/index.js';
import type { ModelInput, OtherPrograms } from '../model/input.js';

/** One run to do. Plain data: it goes to a worker thread. */
export interface RunTask {
  /** Experiment and variant, for messages. */
  readonly name: string;
  readonly input: ModelInput;
  readonly subject: Subject | null;
  readonly seed: number;
  /** What is measured besides the standard metrics, if anything is. */
  readonly metrics?: readonly MetricRecipe[] | undefined;
}

/**
 * Runs the model once, for tasks that differ in their instruments only. The series stay here; only
 * the metrics are returned, task by task.
 * @param tasks at least one; see `simulationKeys`
 * @param programs that processes may run besides the model's own; workers have none
 * @throws an Error that names variant and seed, with which it can be repeated
 */
export function doRuns(tasks: readonly RunTask[], programs?: OtherPrograms): MeasuredRun[] {
  const { name, seed } = tasks[0] as RunTask;
  try {
    const inputs = tasks.map(({ input }) => input);
    return simulateReadings(inputs, seed, { programs }).map((result, i) => {
      const { input, subject, metrics } = tasks[i] as RunTask;
      return measure(result, input, subject, seed, metrics);
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${name}, seed ${seed}: ${message}`, { cause });
  }
}
