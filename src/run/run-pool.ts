import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Tinypool } from 'tinypool';
import type { MeasuredRun } from '../measure/measure.js';
import { tuneCompiler } from './compiler-flags.js';
import { RunOrder } from './run-order.js';
import type { RunTask } from './worker.js';

/** Worker threads that take one task after the other. */
export interface Pool<Task, Result> {
  readonly threads: number;
  readonly run: (task: Task) => Promise<Result>;
  readonly close: () => Promise<void>;
}

/** What a pool's threads do. */
export interface PoolWork<Task, Result> {
  /** Name of the compiled module, beside this one, whose default export does a task. */
  readonly worker: string;
  /** Plain data that each thread starts with. */
  readonly data?: unknown;
  /** Does a task in this thread, where there is no compiled worker. */
  readonly here: (task: Task) => Promise<Result>;
}

/** A pool of so many threads; from TypeScript source, as unit tests run, this thread. */
export function createPool<Task, Result>(
  { worker, data, here }: PoolWork<Task, Result>,
  threads: number,
): Pool<Task, Result> {
  const filename = fileURLToPath(new URL(`./${worker}`, import.meta.url));
  if (!existsSync(filename)) {
    // Lets Ctrl-C and the progress display through.
    return {
      threads: 1,
      run: (task) => setImmediate().then(() => here(task)),
      close: async () => {},
    };
  }
  tuneCompiler();
  const options = { minThreads: threads, maxThreads: threads, workerData: data };
  const pool = new Tinypool({ filename, ...options });
  return { threads, run: (task) => pool.run(task), close: () => pool.destroy() };
}

export type RunPool = Pool<RunTask, MeasuredRun>;

/** A pool for runs of experiments. Its threads get ready while others read what to run. */
export function openRunPool(threads: number): RunPool {
  const here = async (task: RunTask) => (await import('./worker.js')).default(task);
  return createPool({ worker: 'worker.js', here }, threads);
}

/** Opens a pool for as long as `work` takes. */
export async function withRunPool<T>(
  threads: number,
  work: (pool: RunPool) => Promise<T>,
): Promise<T> {
  const pool = openRunPool(threads);
  try {
    return await work(pool);
  } finally {
    await pool.close();
  }
}

export interface RunOptions {
  /** Called in this thread after each run that is done. */
  readonly onDone: () => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Does all runs and returns them in the order of the tasks, whatever order they finish in. An abort
 * takes effect at once and ends the pool; without compiled workers, between two runs.
 * @throws the signal's reason if it is aborted; the first error of a run
 */
export async function runAll(
  tasks: readonly RunTask[],
  pool: RunPool,
  { onDone, signal }: RunOptions,
): Promise<MeasuredRun[]> {
  signal?.throwIfAborted();
  const runs = new Array<MeasuredRun>(tasks.length);
  const order = new RunOrder(tasks);
  const stop = () => void pool.close();
  const takeTurns = async () => {
    for (let at = order.next(); at !== undefined; at = order.next()) {
      const start = performance.now();
      runs[at] = await pool.run(tasks[at]!);
      order.took(at, performance.now() - start);
      onDone();
      signal?.throwIfAborted();
    }
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all(Array.from({ length: pool.threads }, takeTurns));
    return runs;
  } catch (error) {
    // What an abort tears down fails in ways that are no news.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
