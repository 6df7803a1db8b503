import type { OtherPrograms } from '../model/input.js';
import { inThisThread, type RunPool } from './run-pool.js';
import { doRuns, type RunTask } from './run-task.js';

/**
 * This thread as a pool for runs with programs that are not the model's own: their functions cannot
 * be sent to another thread.
 */
export function poolHere(programs: OtherPrograms): RunPool {
  const pool = inThisThread(async (tasks: readonly RunTask[]) => doRuns(tasks, programs));
  // Nothing tells one program from another of its name, so no run is kept.
  return { ...pool, store: null };
}
