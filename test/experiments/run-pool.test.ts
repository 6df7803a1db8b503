import { expect, test, vi } from 'vitest';
import type { MeasuredRun } from '../../src/measure/measure.js';
import { inThisThread, type RunPool, runAll } from '../../src/run/run-pool.js';
import type { RunTask } from '../../src/run/run-task.js';
import { machineInput } from '../model/machine-input.js';

const input = machineInput();
const TASKS: readonly RunTask[] = Array.from({ length: 9 }, (_, seed) => ({
  name: 'one variant',
  input,
  subject: null,
  seed,
}));
const doneBy = ({ seed }: RunTask) => ({ seed }) as MeasuredRun;

/** A pool whose runs end one after the other, and all of them with an error once it is closed. */
function slowPool(threads: number) {
  let [running, most, isClosed] = [0, 0, false];
  const waiting = new Set<() => void>();
  const pool: RunPool = {
    threads,
    store: null,
    run: async (tasks) => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => {
        waiting.add(resolve);
      });
      running--;
      if (isClosed) throw new Error('Terminating worker thread');
      return tasks.map(doneBy);
    },
    close: async () => {
      isClosed = true;
      for (const end of waiting) end();
    },
  };
  /** Ends the run that was begun last. */
  const endOne = async () => {
    const last = [...waiting].at(-1);
    if (last === undefined) throw new Error('nothing runs');
    waiting.delete(last);
    last();
    // Until whoever waits for it has begun another.
    for (let i = 0; i < 10; i++) await Promise.resolve();
  };
  return { pool, endOne, closed: () => isClosed, most: () => most, running: () => running };
}

test.each([1, 2, 4])('a pool of %d threads has so many runs at a time', async (threads) => {
  const { pool, endOne, most, closed } = slowPool(threads);
  let done = 0;
  const runs = runAll(TASKS, pool, { onDone: () => done++, signal: undefined });
  for (let i = 0; i < TASKS.length; i++) {
    expect(done).toBe(i);
    await endOne();
  }
  // In the order of the tasks, whatever order they end in.
  expect(await runs).toEqual(TASKS.map(doneBy));
  expect([most(), closed()]).toEqual([threads, false]);
});

test('an abort ends the runs that are going on, and is what the caller hears of', async () => {
  const { pool, endOne, closed, running } = slowPool(3);
  const controller = new AbortController();
  const reason = new Error('Ctrl-C');
  const runs = runAll(TASKS, pool, { onDone: () => {}, signal: controller.signal });
  runs.catch(() => {});
  await endOne();
  expect([closed(), running()]).toEqual([false, 3]);
  controller.abort(reason);
  expect(closed()).toBe(true);
  await expect(runs).rejects.toBe(reason);
});

test('an abort before the first run starts none', async () => {
  const { pool, most } = slowPool(3);
  const reason = new Error('Ctrl-C');
  const options = { onDone: () => {}, signal: AbortSignal.abort(reason) };
  await expect(runAll(TASKS, pool, options)).rejects.toBe(reason);
  expect(most()).toBe(0);
});

test('an abort after the last run has no effect on the pool', async () => {
  const { pool, endOne, closed } = slowPool(1);
  const controller = new AbortController();
  const runs = runAll(TASKS.slice(0, 1), pool, { onDone: () => {}, signal: controller.signal });
  await endOne();
  await runs;
  controller.abort();
  expect(closed()).toBe(false);
});

test('the error of a run is what the caller hears of', async () => {
  const pool: RunPool = {
    threads: 2,
    store: null,
    run: async (tasks) => {
      if (tasks.some(({ seed }) => seed === 4)) throw new Error('run 4');
      return tasks.map(doneBy);
    },
    close: async () => {},
  };
  await expect(runAll(TASKS, pool, { onDone: () => {}, signal: undefined })).rejects.toThrow(
    'run 4',
  );
});

test('runs that differ in their instruments only are one simulation', async () => {
  const read = (accounting: 'o1' | 'o1-steal', procTotal: 'all-columns' | 'without-steal') => ({
    ...input,
    domains: input.domains.map((domain) => ({ ...domain, accounting, procTotal })),
  });
  const [ticks, exact] = [read('o1', 'all-columns'), read('o1-steal', 'without-steal')];
  const other = { ...ticks, domains: ticks.domains.map((domain) => ({ ...domain, capPct: 50 })) };
  const tasks: RunTask[] = [ticks, other, exact].flatMap((one) =>
    [1, 2].map((seed) => ({ name: 'any', input: one, subject: null, seed })),
  );
  const together: string[] = [];
  const pool: RunPool = {
    threads: 1,
    store: null,
    run: async (alike) => {
      together.push(alike.map((task) => tasks.indexOf(task)).join());
      return alike.map(({ seed }) => ({ seed }) as MeasuredRun);
    },
    close: async () => {},
  };
  let done = 0;
  const runs = await runAll(tasks, pool, { onDone: () => done++, signal: undefined });
  expect(together.sort()).toEqual(['0,4', '1,5', '2', '3']);
  expect(runs.map(({ seed }) => seed)).toEqual([1, 2, 1, 2, 1, 2]);
  expect(done).toBe(6);
});

/** A pool that does every run at once; what it did. */
function quickPool(doOne: (task: RunTask) => void, store: RunPool['store'] = null) {
  const done: number[] = [];
  const pool: RunPool = {
    threads: 1,
    store,
    run: async (tasks) => {
      for (const task of tasks) {
        doOne(task);
        done.push(task.seed);
      }
      return tasks.map(doneBy);
    },
    close: async () => {},
  };
  return { pool, done };
}

test('what the store has is not done again, and counts as done', async () => {
  const find = (task: RunTask) => (task.seed % 3 === 0 ? doneBy(task) : null);
  const { pool, done } = quickPool(() => {}, { find } as RunPool['store']);
  let count = 0;
  const runs = await runAll(TASKS, pool, { onDone: () => count++, signal: undefined });
  expect(runs).toEqual(TASKS.map(doneBy));
  expect(count).toBe(TASKS.length);
  expect(done.sort()).toEqual([1, 2, 4, 5, 7, 8]);
});

test('those that have taken longest are begun first', async () => {
  const tasks = [0, 1, 2, 3].map((seed): RunTask => {
    const name = seed % 2 === 0 ? 'long' : 'short';
    return { name, input, subject: null, seed };
  });
  let nowMs = 1000;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const { pool, done } = quickPool(({ name }) => {
    nowMs += name === 'long' ? 20 : 10;
  });
  await runAll(tasks, pool, { onDone: () => {}, signal: undefined });
  clock.mockRestore();
  expect(done).toEqual([0, 1, 2, 3]);
});

test('a pool of this thread does one after the other, failures or not, until it ends', async () => {
  const begun: number[] = [];
  let running = 0;
  const pool = inThisThread(async (task: number) => {
    begun.push(task);
    expect(++running).toBe(1);
    await Promise.resolve();
    running--;
    if (task === 2) throw new Error('task 2');
    return 10 * task;
  });
  pool.begin();
  expect([pool.threads, begun]).toEqual([1, []]);
  const done = await Promise.allSettled([1, 2, 3].map(pool.run));
  expect(done).toEqual([
    { status: 'fulfilled', value: 10 },
    { status: 'rejected', reason: new Error('task 2') },
    { status: 'fulfilled', value: 30 },
  ]);
  const late = pool.run(4);
  await pool.close();
  await expect(late).rejects.toThrow('the pool is closed');
  expect(begun).toEqual([1, 2, 3]);
});
