import type { Subject } from '../definition/definition.js';
import { type MeasuredRun, measure } from '../measure/measure.js';
import { simulate } from '../model/index.js';
import type { ModelInput } from '../model/input.js';

/** One run to do. Plain data: it goes to a worker thread. */
export interface RunTask {
  /** Experiment and variant, for messages. */
  readonly name: string;
  readonly input: ModelInput;
  readonly subject: Subject | null;
  readonly seed: number;
}

/**
 * Runs the model once. The series stay in the worker; only the metrics go back.
 * @throws an Error that names variant and seed, with which it can be repeated
 */
export default function run({ name, input, subject, seed }: RunTask): MeasuredRun {
  try {
    return measure(simulate(input, seed), input, subject, seed);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${name}, seed ${seed}: ${message}`, { cause });
  }
}
