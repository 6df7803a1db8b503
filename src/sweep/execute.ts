import { createPool } from '../run/run-pool.js';
import type { Journal, Shard } from './journal.js';
import type { SweepPlan } from './plan.js';
import { shardSize } from './run-set.js';
import { runCount, type SweepRow } from './sweep.js';
import type { SweepWork } from './tasks.js';

/** How far runs may finish out of order: bounds what is kept while rows are put in order. */
const WINDOW = 1024;

export interface ExecuteOptions {
  readonly jobs: number;
  readonly shard: Shard;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does the runs of a shard that the journal lacks and appends each as it finishes.
 * @throws the signal's reason if aborted; the first error of a run
 */
export async function executeSweep(
  { work }: SweepPlan,
  journal: Journal,
  { jobs, shard, onProgress, signal }: ExecuteOptions,
): Promise<void> {
  signal?.throwIfAborted();
  const runs = runCount(work.sweep);
  const total = shardSize(runs, shard);
  const { done } = journal;
  onProgress?.(done.size, total);
  if (done.size === total) return;
  const pool = createSweepPool(work, Math.min(jobs, total - done.size));
  const active = new Map<number, Promise<void>>();
  let failure: unknown;
  const start = (run: number) => {
    const finished = pool.run(run).then((values) => {
      if (signal?.aborted || failure !== undefined) return;
      journal.append({ run, values });
      onProgress?.(done.size, total);
    });
    active.set(
      run,
      finished
        .catch((error) => {
          failure ??= error;
        })
        .finally(() => active.delete(run)),
    );
  };
  const aborted = new Promise<void>((resolve) => {
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  const next = () => Promise.race([...active.values(), aborted]);
  const stopped = () => signal?.aborted || failure !== undefined;
  try {
    for (let run = done.firstGap; run < runs && !stopped(); run += shard.of) {
      if (done.has(run)) continue;
      while (!stopped() && (active.size >= 2 * jobs || run - oldest(active) > WINDOW * shard.of)) {
        await next();
      }
      if (!stopped()) start(run);
    }
    while (active.size > 0 && !stopped()) await next();
    signal?.throwIfAborted();
    if (failure !== undefined) throw failure;
  } finally {
    await pool.close();
  }
}

/**
 * Seconds that a run takes: the mean of up to three that are spread over the grid, after one that
 * is not timed, as a thread is slow at first.
 */
export async function timeSample({ work }: SweepPlan): Promise<number> {
  const runs = runCount(work.sweep);
  const spread = [...new Set([0, Math.floor(runs / 2), runs - 1])];
  const pool = createSweepPool(work, 1);
  try {
    await pool.run(0);
    const start = performance.now();
    for (const run of spread) await pool.run(run);
    return (performance.now() - start) / 1000 / spread.length;
  } finally {
    await pool.close();
  }
}

function createSweepPool(data: SweepWork, threads: number) {
  let runner: ((run: number) => (number | null)[]) | undefined;
  const here = async (run: number) => {
    runner ??= (await import('./run-point.js')).sweepRunner(data);
    return runner(run);
  };
  return createPool({ worker: 'sweep-worker.js', data, here }, threads);
}

/** Runs are started in grid order, so the oldest comes first. */
function oldest(active: ReadonlyMap<number, unknown>): number {
  const [first] = active.keys();
  return first ?? Number.POSITIVE_INFINITY;
}

/** Rows in grid order, from rows that are nearly so. */
export async function* inGridOrder(rows: AsyncIterable<SweepRow>, { part, of }: Shard) {
  const waiting = new Map<number, SweepRow>();
  let next = part - 1;
  for await (const row of rows) {
    waiting.set(row.run, row);
    for (let found = waiting.get(next); found !== undefined; found = waiting.get(next)) {
      yield found;
      waiting.delete(next);
      next += of;
    }
  }
}
