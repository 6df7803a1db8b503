import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Tinypool } from 'tinypool';
import type { MeasuredRun } from '../measure/measure.js';
import { tuneCompiler } from './compiler-flags.js';
import { simulationKey } from './run-key.js';
import { RunOrder } from './run-order.js';
import type { RunTask } from './run-task.js';
import type { RunStore } from './store/run-store.js';
import type { RunRequest } from './store/stored-run.js';

/** Worker threads that take one task after the other. */
export interface Pool<Task, Result> {
  readonly threads: number;
  /** Gets the threads ready. */
  readonly begin: () => void;
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

/**
 * A pool of so many threads, which begin with the first task; from TypeScript source, as unit tests
 * run, this thread.
 */
export function createPool<Task, Result>(
  { worker, data, here }: PoolWork<Task, Result>,
  threads: number,
): Pool<Task, Result> {
  const filename = fileURLToPath(new URL(`./${worker}`, import.meta.url));
  if (!existsSync(filename)) return inThisThread(here);
  let pool: Promise<Tinypool> | undefined;
  const begin = () => {
    pool ??= openThreads(filename, threads, data);
    return pool;
  };
  return {
    threads,
    begin,
    run: async (task) => (await begin()).run(task),
    close: async () => (await pool)?.destroy(),
  };
}

async function openThreads(filename: string, threads: number, data: unknown): Promise<Tinypool> {
  const { Tinypool } = await import('tinypool');
  tuneCompiler();
  return new Tinypool({ filename, minThreads: threads, maxThreads: threads, workerData: data });
}

/** This thread as a pool, which does one task after the other. */
export function inThisThread<Task, Result>(
  here: (task: Task) => Promise<Result>,
): Pool<Task, Result> {
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  const next = async (task: Task) => {
    // Lets Ctrl-C and the progress display through.
    await setImmediate();
    if (isClosed) throw new Error('the pool is closed');
    return here(task);
  };
  const run = (task: Task) => {
    const done = last.then(() => next(task));
    last = done.catch(() => {});
    return done;
  };
  const close = async () => {
    isClosed = true;
  };
  return { threads: 1, begin: () => {}, run, close };
}

/** A pool for runs of experiments. */
export interface RunPool {
  readonly threads: number;
  /** Where runs are looked for and kept. */
  readonly store: RunStore | null;
  /** Does runs that differ in their instruments only, by one simulation. */
  readonly run: (tasks: readonly RunTask[]) => Promise<MeasuredRun[]>;
  readonly close: () => Promise<void>;
}

/** Its threads get ready while others read what to run, unless the store may have it all. */
export function openRunPool(threads: number, store: RunStore | null = null): RunPool {
  const here = async (requests: readonly RunRequest[]) =>
    (await import('./worker.js')).default(requests);
  const pool = createPool({ worker: 'worker.js', here }, threads);
  if (store === null || store.isEmpty) pool.begin();
  const run = async (tasks: readonly RunTask[]) => {
    const requests = tasks.map(
      (task) => store?.request(task) ?? { task, entry: null, isKept: false },
    );
    const done = await pool.run(requests);
    for (const one of done) store?.note(one);
    return done.map((one) => one.run);
  };
  return { threads: pool.threads, store, run, close: pool.close };
}

/** Opens a pool for as long as `work` takes. */
export async function withRunPool<T>(
  threads: number,
  store: RunStore | null,
  work: (pool: RunPool) => Promise<T>,
): Promise<T> {
  const pool = openRunPool(threads, store);
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
 * Does all runs that the store does not have, and returns them in the order of the tasks, whatever
 * order they finish in. An abort takes effect at once and ends the pool; without compiled workers,
 * between two runs.
 * @throws the signal's reason if it is aborted; the first error of a run
 */
export async function runAll(
  tasks: readonly RunTask[],
  pool: RunPool,
  { onDone, signal }: RunOptions,
): Promise<MeasuredRun[]> {
  signal?.throwIfAborted();
  const runs = tasks.map((task) => pool.store?.find(task) ?? null);
  const missing = simulationsOf(tasks, (at) => runs[at] === null);
  for (const run of runs) if (run !== null) onDone();
  const order = new RunOrder(missing.map(([first]) => tasks[first as number] as RunTask));
  const stop = () => void pool.close();
  const takeTurns = async () => {
    for (let next = order.next(); next !== undefined; next = order.next()) {
      const start = performance.now();
      const places = missing[next] as readonly number[];
      const done = await pool.run(places.map((at) => tasks[at] as RunTask));
      order.took(next, performance.now() - start);
      places.forEach((at, i) => {
        runs[at] = done[i] as MeasuredRun;
        onDone();
      });
      signal?.throwIfAborted();
    }
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all(Array.from({ length: pool.threads }, takeTurns));
    return runs as MeasuredRun[];
  } catch (error) {
    // What an abort tears down fails in ways that are no news.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** The places of the wanted tasks, those together that one simulation does. */
function simulationsOf(
  tasks: readonly RunTask[],
  isWanted: (at: number) => boolean,
): (readonly number[])[] {
  const places = new Map<string, number[]>();
  tasks.forEach((task, at) => {
    if (!isWanted(at)) return;
    const key = simulationKey(task);
    const alike = places.get(key);
    if (alike === undefined) places.set(key, [at]);
    else alike.push(at);
  });
  return [...places.values()];
}
