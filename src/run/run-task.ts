import type { Subject } from '../definition/definition.js';
import type { MetricRecipe } from '../definition/metrics/metric-recipe.js';
import { type MeasuredRun, measure } from '../measure/measure.js';
import { simulate } from '../model/index.js';
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
 * Runs the model once. The series stay here; only the metrics are returned.
 * @param programs that processes may run besides the model's own; workers have none
 * @throws an Error that names variant and seed, with which it can be repeated
 */
export function doRun(
  { name, input, subject, seed, metrics }: RunTask,
  programs?: OtherPrograms,
): MeasuredRun {
  try {
    return measure(simulate(input, seed, { programs }), input, subject, seed, metrics);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${name}, seed ${seed}: ${message}`, { cause });
  }
}
