import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Tinypool } from 'tinypool';
import type { MeasuredRun } from './measure.js';
import run, { type RunTask } from './worker.js';

/** Run from TypeScript source, as unit tests do, there is no compiled worker to start. */
const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));

export interface PoolOptions {
  /** Runs at the same time. */
  readonly jobs: number;
  /** Called in this thread after each run that is done. */
  readonly onDone: () => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Does all runs and returns them in the order of the tasks, whatever order they finish in. An abort
 * takes effect at once; without compiled workers, between two runs.
 * @throws the signal's reason if it is aborted; the first error of a run
 */
export async function runAll(
  tasks: readonly RunTask[],
  options: PoolOptions,
): Promise<MeasuredRun[]> {
  options.signal?.throwIfAborted();
  return existsSync(WORKER) ? runInThreads(tasks, options) : runHere(tasks, options);
}

/** Worker threads that take one run after the other. */
export interface RunPool {
  readonly run: (task: RunTask) => Promise<MeasuredRun>;
  readonly close: () => Promise<void>;
}

/** A pool for runs that are not known all at once; without compiled workers, this thread. */
export function createPool(threads: number): RunPool {
  if (!existsSync(WORKER)) {
    return { run: (task) => setImmediate().then(() => run(task)), close: async () => {} };
  }
  const pool = new Tinypool({ filename: WORKER, minThreads: threads, maxThreads: threads });
  return { run: (task) => pool.run(task), close: () => pool.destroy() };
}

async function runHere(
  tasks: readonly RunTask[],
  { onDone, signal }: PoolOptions,
): Promise<MeasuredRun[]> {
  const runs: MeasuredRun[] = [];
  for (const task of tasks) {
    runs.push(run(task));
    onDone();
    // Lets Ctrl-C and the progress display through.
    await setImmediate();
    signal?.throwIfAborted();
  }
  return runs;
}

async function runInThreads(
  tasks: readonly RunTask[],
  { jobs, onDone, signal }: PoolOptions,
): Promise<MeasuredRun[]> {
  const pool = createPool(Math.min(jobs, tasks.length));
  const runs = new Array<MeasuredRun>(tasks.length);
  const stop = () => void pool.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all(
      longestFirst(tasks).map(async (at) => {
        runs[at] = await pool.run(tasks[at]!);
        onDone();
      }),
    );
    return runs;
  } catch (error) {
    // What an abort tears down fails in ways that are no news.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await pool.close();
  }
}

/** Places of the tasks, long runs first, so that none is left for the end with idle threads. */
export function longestFirst(tasks: readonly RunTask[]): number[] {
  const work = tasks.map(expectedWork);
  return [...tasks.keys()].sort((a, b) => (work[b] ?? 0) - (work[a] ?? 0));
}

/** How long a run takes, up to a factor: simulated time, and what clients send in it. */
function expectedWork({ input }: RunTask): number {
  const rate = input.clients.reduce((sum, client) => sum + client.rate, 1);
  return (input.warmupNs + input.durationNs) * rate;
}
