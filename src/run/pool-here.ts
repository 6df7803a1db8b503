import { setImmediate } from 'node:timers/promises';
import type { OtherPrograms } from '../model/input.js';
import type { RunPool } from './run-pool.js';
import { doRun } from './run-task.js';

/**
 * This thread as a pool for runs with programs that are not the model's own: their functions cannot
 * be sent to another thread.
 */
export function poolHere(programs: OtherPrograms): RunPool {
  return {
    threads: 1,
    // Nothing tells one program from another of its name.
    store: null,
    run: async (task) => {
      // Lets the caller's signals and progress through.
      await setImmediate();
      return doRun(task, programs);
    },
    close: async () => {},
  };
}
