import { runKey } from './run-key.js';
import type { RunTask } from './run-task.js';

/** Tasks of which no two give the same run, and where the run of each task is among theirs. */
export interface DistinctTasks {
  readonly tasks: readonly RunTask[];
  /** By the task that was asked for. */
  readonly places: readonly number[];
}

/**
 * Runs of one input, subject, seed and own metrics are the same, whoever asks for them: they are
 * done once.
 */
export function distinct(tasks: readonly RunTask[]): DistinctTasks {
  const found = new Map<string, number>();
  const first: RunTask[] = [];
  const places = tasks.map((task) => {
    const key = runKey(task);
    const known = found.get(key);
    if (known !== undefined) return known;
    found.set(key, first.length);
    return first.push(task) - 1;
  });
  return { tasks: first, places };
}
