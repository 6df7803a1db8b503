/** What every command that simulates makes of --seed, --seeds, --precision and --jobs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { MeasuredRun } from '../../src/measure/measure.js';
import type * as RunPool from '../../src/run/run-pool.js';
import type { RunTask } from '../../src/run/run-task.js';
import { definitionFile, SMALL } from '../experiments/definition-files.js';
import { offloadcage } from './offloadcage.js';

/** Threads that pools were opened with, and seeds that were run. */
const asked = vi.hoisted(() => ({ threads: [] as number[], seeds: [] as number[] }));

// From the source there are no threads: what is asked for is all that can be seen.
vi.mock('../../src/run/run-pool.js', async (original) => {
  const real = await original<typeof RunPool>();
  const noted = <Rest extends unknown[], Result>(
    open: (threads: number, ...rest: Rest) => Result,
  ) => {
    return (threads: number, ...rest: Rest) => {
      asked.threads.push(threads);
      return open(threads, ...rest);
    };
  };
  return {
    ...real,
    openRunPool: noted(real.openRunPool),
    withRunPool: noted(real.withRunPool),
    createPool: (work: RunPool.PoolWork<unknown, unknown>, threads: number) => {
      asked.threads.push(threads);
      return real.createPool(work, threads);
    },
  };
});

// Nothing here is about what comes out.
vi.mock('../../src/run/run-task.js', async () => {
  const { metricsOf } = await import('../../src/definition/metrics/metrics.js');
  const { BREAKDOWN_PARTS } = await import('../../src/measure/breakdown.js');
  return {
    doRuns(tasks: readonly RunTask[]): MeasuredRun[] {
      return tasks.map(({ input, subject, seed }) => {
        asked.seeds.push(seed);
        const samples = input.durationNs / input.sampleNs;
        const metrics = metricsOf(input, subject);
        return {
          seed,
          values: metrics.map(() => new Float64Array(samples).fill(1)),
          means: metrics.map(() => 1),
          breakdownPct: subject?.ids ? BREAKDOWN_PARTS.map(() => 1) : [],
          networkInsidePct: 1,
          counters: [],
        };
      });
    },
  };
});

const file = definitionFile(SMALL);
const folder = mkdtempSync(join(tmpdir(), 'offloadcage-flags-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let commands = 0;

/** Runs a command into a folder of its own; what it asked for. */
async function askedBy(args: readonly string[]) {
  asked.threads.length = 0;
  asked.seeds.length = 0;
  const out = args.includes('OUT') ? `out${++commands}.csv` : '';
  const words = args.map((word) => (word === 'OUT' ? out : word));
  const { status } = await offloadcage(words, { cwd: folder, env: { OFFLOADCAGE_CACHE: 'off' } });
  // Made-up results: claims may fail.
  expect([0, 3]).toContain(status);
  const seeds = [...new Set(asked.seeds)].sort((a, b) => a - b);
  return { threads: [...asked.threads], seeds, runs: asked.seeds.length };
}

const SIMULATING = [
  ['run', ['run', file, '--out', 'OUT']],
  ['reproduce', ['reproduce', 'loop', '--out', 'OUT']],
  ['sweep', ['sweep', file, '--vary', 'vm2.weight=1,2,3', '--out', 'OUT']],
  ['verify', ['verify', 'T1', 'M1']],
  ['verify --sensitivity', ['verify', 'S1', '--sensitivity', '--points', '8', '--out', 'OUT']],
  ['verify --readings', ['verify', 'T1', 'M1', '--readings', '--out', 'OUT']],
] as const;

test.each(SIMULATING)('%s: --seed is the first of --seeds', async (_, args) => {
  const { seeds } = await askedBy([...args, '--seed', '7', '--seeds', '3']);
  expect(seeds).toEqual([7, 8, 9]);
});

test.each(SIMULATING)('%s: without --seed the first is 1', async (_, args) => {
  expect((await askedBy([...args, '--seeds', '2'])).seeds).toEqual([1, 2]);
});

test.each([
  ['run', ['run', file, '--out', 'OUT']],
  ['reproduce', ['reproduce', 'loop', '--variant', 'cfs', '--out', 'OUT']],
  ['verify', ['verify', 'T1']],
])('%s: --precision adds seeds after the first, and runs each once', async (_, args) => {
  const flags = ['--precision', '1', '--seed', '7', '--seeds', '3'];
  const { seeds, runs } = await askedBy([...args, ...flags]);
  // Nothing varies here: that takes ten seeds, and ten to confirm it.
  expect(seeds).toEqual(Array.from({ length: 20 }, (__, i) => 7 + i));
  expect(runs).toBe(20 * (await askedBy([...args, '--seeds', '1'])).runs);
});

test('reproduce all: --precision adds seeds where a figure or a claim needs them', async () => {
  const all = ['reproduce', 'all', '--duration', '1', '--out', 'OUT'];
  const { seeds, runs } = await askedBy([...all, '--precision', '1']);
  expect(seeds).toEqual(Array.from({ length: 20 }, (_, i) => 1 + i));
  // What claims are only compared with has ten.
  const once = (await askedBy([...all, '--seeds', '1'])).runs;
  expect(runs).toBeGreaterThan(10 * once);
  expect(runs).toBeLessThan(20 * once);
});

test.each(SIMULATING)('%s: --jobs is how many threads there are', async (_, args) => {
  for (const jobs of [1, 3]) {
    const { threads } = await askedBy([...args, '--seeds', '4', '--jobs', `${jobs}`]);
    expect(threads).toEqual([jobs]);
  }
});
