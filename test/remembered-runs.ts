import { serialize } from 'node:v8';
import type { MeasuredRun } from '../src/measure/measure.js';
import type { RunTask } from '../src/run/worker.js';

/**
 * For test files whose commands simulate the same again and are not about that: runs with the same
 * input and seed are done once. What a command asks for decides, so a wrong selection shows still.
 *
 *     vi.mock('../../src/run/worker.js', async (original) =>
 *       (await import('../remembered-runs.js')).rememberedRuns(original),
 *     );
 */
export async function rememberedRuns(original: () => Promise<unknown>) {
  const { default: run } = (await original()) as { default: (task: RunTask) => MeasuredRun };
  const done = new Map<string, MeasuredRun>();
  return {
    default(task: RunTask): MeasuredRun {
      const { input, subject, seed } = task;
      const key = serialize([input, subject, seed]).toString('base64');
      const found = done.get(key) ?? run(task);
      done.set(key, found);
      return structuredClone(found);
    },
  };
}
