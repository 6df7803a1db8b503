import { setImmediate } from 'node:timers/promises';
import type { OtherPrograms } from '../model/input.js';
import type { RunPool } from './run-pool.js';
import { doRuns } from './run-task.js';

/**
 * This thread as a pool for runs with programs that are not the model's own: their functions cannot
 * be sent to another thread.
 */
export function poolHere(programs: OtherPrograms): RunPool {
  return {
    threads: 1,
    // Nothing tells one program from another of its name.
    store: null,
    run: async (tasks) => {
      // Lets the caller's signals and progress through.
      await setImmediate();
      return doRuns(tasks, programs);
    },
    close: async () => {},
  };
}
