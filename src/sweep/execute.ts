import { metricsOf } from '../experiments/metrics.js';
import { createPool } from '../experiments/run-pool.js';
import type { RunTask } from '../experiments/worker.js';
import type { Journal, Shard } from './journal.js';
import type { SweepPlan } from './plan.js';
import { runCount, type SweepRow } from './sweep.js';

/** How far runs may finish out of order: bounds what is kept while rows are put in order. */
const WINDOW = 1024;

export interface ExecuteOptions {
  readonly jobs: number;
  readonly shard: Shard;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Runs of a shard. */
export function shardSize(runs: number, { part, of }: Shard): number {
  return Math.max(0, Math.ceil((runs - part + 1) / of));
}

/**
 * Does the runs of a shard that the journal lacks and appends each as it finishes.
 * @throws the signal's reason if aborted; the first error of a run
 */
export async function executeSweep(
  { sweep, taskOf }: SweepPlan,
  journal: Journal,
  { jobs, shard, onProgress, signal }: ExecuteOptions,
): Promise<void> {
  signal?.throwIfAborted();
  const runs = runCount(sweep);
  const total = shardSize(runs, shard);
  let done = journal.done.reduce((sum, one) => sum + one, 0);
  onProgress?.(done, total);
  const pool = createPool(Math.max(1, Math.min(jobs, total - done)));
  const names = sweep.metrics.map(({ name }) => name);
  const active = new Map<number, Promise<void>>();
  let failure: unknown;
  const start = (run: number) => {
    const task = taskOf(run);
    const work = pool.run(task).then(({ means }) => {
      if (signal?.aborted || failure !== undefined) return;
      journal.append({ run, values: pick(task, means, names) });
      onProgress?.(++done, total);
    });
    active.set(
      run,
      work
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
    for (let run = shard.part - 1; run < runs && !stopped(); run += shard.of) {
      if (journal.done[run]) continue;
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

/** Seconds that one run takes: the first of the grid, timed. */
export async function timeSample({ taskOf }: SweepPlan): Promise<number> {
  const pool = createPool(1);
  try {
    const start = performance.now();
    await pool.run(taskOf(0));
    return (performance.now() - start) / 1000;
  } finally {
    await pool.close();
  }
}

/** Runs are started in grid order, so the oldest comes first. */
function oldest(active: ReadonlyMap<number, unknown>): number {
  const [first] = active.keys();
  return first ?? Number.POSITIVE_INFINITY;
}

function pick(task: RunTask, means: readonly number[], names: readonly string[]) {
  const places = new Map(metricsOf(task.input, task.subject).map(({ name }, i) => [name, i]));
  return names.map((name) => {
    const value = means[places.get(name) ?? -1];
    return value !== undefined && Number.isFinite(value) ? value : null;
  });
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
