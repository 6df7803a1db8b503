import type { Subject } from '../definition/definition.js';
import type { MetricRecipe } from '../definition/metrics/metric-recipe.js';
import { type MeasuredRun, measure } from '../measure/measure.js';
import { simulateReadings } from '../model/index.js';
import type { ModelInput, OtherPrograms } from '../model/input.js';
import type { RunResult } from '../model/result.js';

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
 * @param tasks at least one; see `simulationKey`
 * @param programs that processes may run besides the model's own; workers have none
 * @throws an Error that names the variants and the seed, with which it can be repeated
 */
export function doRuns(tasks: readonly RunTask[], programs?: OtherPrograms): MeasuredRun[] {
  const { seed } = tasks[0] as RunTask;
  const inputs = tasks.map(({ input }) => input);
  const results = naming(tasks, () => simulateReadings(inputs, seed, { programs }));
  return tasks.map((task, i) => {
    const { input, subject, metrics } = task;
    return naming([task], () => measure(results[i] as RunResult, input, subject, seed, metrics));
  });
}

/** Does `work`, and puts before its error whose it is. */
function naming<T>(tasks: readonly RunTask[], work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const names = [...new Set(tasks.map(({ name }) => name))].join(' and ');
    throw new Error(`${names}, seed ${tasks[0]?.seed}: ${message}`, { cause });
  }
}
