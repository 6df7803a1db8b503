import { createPool } from '../run/run-pool.js';
import type { RunStore } from '../run/store/run-store.js';
import type { Shard } from './part-file.js';
import type { SweepPlan } from './plan.js';
import type { DonePoint, PointRequest } from './run-point.js';
import { shardSize } from './run-set.js';
import { runCount, type SweepRow } from './sweep.js';
import type { SweepWorkerData } from './sweep-worker.js';

/** How many runs are asked for ahead of the row that is next: bounds what is kept of them. */
const AHEAD = 1024;

export interface ExecuteOptions {
  readonly jobs: number;
  readonly shard: Shard;
  /** Where runs are looked for and kept; null: nowhere. */
  readonly store: RunStore | null;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does the runs of a shard that the store does not have.
 * @returns the rows in grid order
 * @throws the signal's reason if aborted; the error of the first run in grid order that fails
 */
export async function* sweepRows(
  { work }: SweepPlan,
  { jobs, shard, store, onProgress, signal }: ExecuteOptions,
): AsyncGenerator<SweepRow, void> {
  signal?.throwIfAborted();
  const runs = runCount(work.sweep);
  const total = shardSize(runs, shard);
  onProgress?.(0, total);
  const pool = createSweepPool({ work, shelf: store?.shelf ?? null }, Math.min(jobs, total));
  const stop = () => void pool.close();
  signal?.addEventListener('abort', stop, { once: true });
  let done = 0;
  const start = async (run: number): Promise<SweepRow> => {
    const { values, ...point } = await pool.run({ run, isKept: store?.keeps ?? false });
    store?.note(point);
    onProgress?.(++done, total);
    return { run, values };
  };
  const ahead: Promise<SweepRow>[] = [];
  try {
    for (let run = shard.part - 1; run < runs || ahead.length > 0; run += shard.of) {
      if (run < runs) {
        const row = start(run);
        // It may fail before its turn comes.
        row.catch(() => {});
        ahead.push(row);
        if (ahead.length < AHEAD) continue;
      }
      const [next] = ahead.splice(0, 1);
      if (next !== undefined) yield await next;
      signal?.throwIfAborted();
    }
  } catch (error) {
    // What an abort tears down fails in ways that are no news.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
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
  const pool = createSweepPool({ work, shelf: null }, 1);
  try {
    await pool.run({ run: 0, isKept: false });
    const start = performance.now();
    for (const run of spread) await pool.run({ run, isKept: false });
    return (performance.now() - start) / 1000 / spread.length;
  } finally {
    await pool.close();
  }
}

function createSweepPool(data: SweepWorkerData, threads: number) {
  let runner: ((request: PointRequest) => DonePoint) | undefined;
  const here = async (request: PointRequest) => {
    runner ??= (await import('./run-point.js')).sweepRunner(data.work, data.shelf);
    return runner(request);
  };
  return createPool({ worker: 'sweep-worker.js', data, here }, threads);
}
