import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Tinypool } from 'tinypool';
import type { MeasuredRun } from './measure.js';
import run, { type RunTask } from './worker.js';

const RUNS: PoolWork<RunTask, MeasuredRun> = { worker: 'worker.js', here: run };

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
  return existsSync(compiled(RUNS.worker)) ? runInThreads(tasks, options) : runHere(tasks, options);
}

/** Worker threads that take one task after the other. */
export interface Pool<Task, Result> {
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
  readonly here: (task: Task) => Result;
}

/** A pool of so many threads; from TypeScript source, as unit tests run, this thread. */
export function createPool<Task, Result>(
  { worker, data, here }: PoolWork<Task, Result>,
  threads: number,
): Pool<Task, Result> {
  const filename = compiled(worker);
  if (!existsSync(filename)) {
    return { run: (task) => setImmediate().then(() => here(task)), close: async () => {} };
  }
  // A run is short: V8 should learn from its first calls on what to optimise, not after some.
  setFlagsFromString('--no-lazy-feedback-allocation');
  const options = { minThreads: threads, maxThreads: threads, workerData: data };
  const pool = new Tinypool({ filename, ...options });
  return { run: (task) => pool.run(task), close: () => pool.destroy() };
}

function compiled(worker: string): string {
  return fileURLToPath(new URL(`./${worker}`, import.meta.url));
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
  const pool = createPool(RUNS, Math.min(jobs, tasks.length));
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
