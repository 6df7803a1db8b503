/** The store of runs, without the commands that use it. */
import { existsSync, mkdirSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programName } from '../../src/run/program-hash.js';
import { doRuns } from '../../src/run/run-task.js';
import { UNFINISHED, writeEntry } from '../../src/run/store/entry.js';
import { clear, programFolder, prune, usageOf } from '../../src/run/store/kept-runs.js';
import { RunStore } from '../../src/run/store/run-store.js';
import { type DoneRun, storedRuns } from '../../src/run/store/stored-run.js';
import doRequests from '../../src/run/worker.js';
import { filesBelow, folderForEach, shortRun } from './machine-run.js';

const BLOCK = 4096;
const folder = folderForEach();

function openStore(limitBytes = 1e9, at = folder.path) {
  const said: string[] = [];
  const store = new RunStore({ folder: at, limitBytes, say: (line) => said.push(line) });
  return { store, said };
}

/** As a pool does it. */
function runWith(store: RunStore, seed: number) {
  const found = store.find(shortRun(seed));
  if (found !== null) return found;
  const [{ run, ...done }] = storedRuns([store.request(shortRun(seed))]) as [DoneRun];
  store.note(done);
  return run;
}

function fill(seeds: readonly number[]): void {
  const { store } = openStore();
  for (const seed of seeds) runWith(store, seed);
}

/** Makes runs look as if they were last used so many hours ago. */
function ageRuns(hoursOf: (seed: number) => number, seeds: readonly number[]): void {
  const { store } = openStore();
  for (const seed of seeds) {
    const { entry } = store.request(shortRun(seed));
    const used = new Date(Date.now() - hoursOf(seed) * 3_600_000);
    utimesSync(join(entry?.folder ?? '', entry?.name ?? ''), used, used);
  }
}

const isThere = (seed: number) => openStore().store.find(shortRun(seed)) !== null;

test('a run is done once, and the same from the store', () => {
  const first = openStore();
  expect(first.store.isEmpty).toBe(true);
  expect(runWith(first.store, 1)).toStrictEqual(doRuns([shortRun(1)])[0]);
  expect([first.store.asked, first.store.found, first.store.isEmpty]).toEqual([1, 0, false]);
  const second = openStore();
  expect(runWith(second.store, 1)).toStrictEqual(doRuns([shortRun(1)])[0]);
  runWith(second.store, 2);
  expect([second.store.asked, second.store.found]).toEqual([2, 1]);
  expect([first.said, second.said]).toEqual([[], []]);
});

test('runs that are found reach another thread as they were stored', () => {
  const seeds = [1, 2, 3, 4];
  const { store } = openStore();
  fill(seeds);
  // `structuredClone` is how a thread's answer is copied.
  const sent = structuredClone(doRequests(seeds.map((seed) => store.request(shortRun(seed)))));
  expect(sent.map(({ isFound }) => isFound)).toEqual(seeds.map(() => true));
  expect(sent.map(({ run }) => run)).toStrictEqual(
    seeds.flatMap((seed) => doRuns([shortRun(seed)])),
  );
});

test('what another process has done meanwhile is taken, not done again', () => {
  const { store } = openStore();
  expect(store.find(shortRun(1))).toBeNull();
  fill([1]);
  const [{ run: _, ...done }] = storedRuns([store.request(shortRun(1))]) as [DoneRun];
  store.note(done);
  expect(done.isFound).toBe(true);
  expect([store.asked, store.found]).toEqual([1, 1]);
});

test('what is there is not done again, though others of its simulation are', () => {
  const { store } = openStore();
  const there = store.request(shortRun(1));
  const missing = store.request(shortRun(2));
  const [run] = doRuns([shortRun(1)]);
  if (run === undefined || there.entry === null) throw new Error('no run');
  writeEntry(there.entry, run);
  // It could not be done.
  const broken = { ...there, task: { ...there.task, input: { ...there.task.input, domains: [] } } };
  const done = storedRuns([missing, broken]);
  expect(done.map(({ isFound }) => isFound)).toEqual([false, true]);
  expect(done[1]?.run).toStrictEqual(run);
  expect(done[0]?.run).toStrictEqual(doRuns([shortRun(2)])[0]);
});

test('what a program did that was built anew meanwhile is not kept', () => {
  const { store } = openStore();
  const { task, entry } = store.request(shortRun(1));
  if (entry === null) throw new Error('no entry');
  const other = { ...entry, program: 'another' };
  expect(storedRuns([{ task, entry: other, isKept: true }])[0]).toMatchObject({
    bytes: 0,
    failure: null,
  });
  expect(filesBelow(folder.path)).toEqual([]);
});

test('a damaged run is done again, with one line, and is whole then', () => {
  fill([1]);
  const [path = ''] = filesBelow(folder.path);
  const { size } = statSync(path);
  truncateSync(path, size - 1);
  const { store, said } = openStore();
  expect(runWith(store, 1)).toStrictEqual(doRuns([shortRun(1)])[0]);
  expect(said).toEqual([`${path}: a damaged run; it is done again`]);
  expect([store.found, statSync(path).size, isThere(1)]).toEqual([0, size, true]);
});

test('a place that cannot be written costs one line, and no run', () => {
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  const { store, said } = openStore(1e9, join(file, 'store'));
  for (const seed of [1, 2])
    expect(runWith(store, seed)).toStrictEqual(doRuns([shortRun(seed)])[0]);
  store.close();
  expect(said).toEqual([expect.stringMatching(/^the store keeps no more runs: ENOTDIR.*_CACHE/)]);
  expect([store.keeps, store.asked, store.found]).toEqual([false, 2, 0]);
});

test('what was not used for the longest time goes first', () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  fill(seeds);
  ageRuns((seed) => (seed % 2 === 0 ? 100 + seed : seed), seeds);
  // Use is what counts, not when it was written.
  expect(isThere(10)).toBe(true);
  expect(prune(folder.path, 10 * BLOCK)).toEqual({
    removed: { runs: 0, bytes: 0 },
    left: { runs: 10, bytes: 10 * BLOCK },
  });
  // A tenth of the limit becomes free.
  expect(prune(folder.path, 6 * BLOCK)).toEqual({
    removed: { runs: 5, bytes: 5 * BLOCK },
    left: { runs: 5, bytes: 5 * BLOCK },
  });
  expect(seeds.filter(isThere)).toEqual([1, 3, 5, 7, 10]);
});

test('a command removes old runs when it ends, and keeps those of its own while it runs', () => {
  fill([1, 2, 3]);
  ageRuns(() => 1, [1, 2, 3]);
  const limit = 4 * BLOCK;
  const { store, said } = openStore(limit);
  for (const seed of [11, 12, 13]) runWith(store, seed);
  store.close();
  expect(said).toEqual([]);
  expect(usageOf(folder.path, programName()).all.bytes).toBeLessThanOrEqual(limit);
  expect([11, 12, 13].filter(isThere)).toEqual([11, 12, 13]);
});

test('what no limit has room for is not kept, with one line; what was kept stays', () => {
  const limit = 4 * BLOCK;
  const { store, said } = openStore(limit);
  const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
  for (const seed of seeds) expect(runWith(store, seed)).toStrictEqual(doRuns([shortRun(seed)])[0]);
  store.close();
  expect(said).toEqual([expect.stringMatching(/it is full; OFFLOADCAGE_CACHE_LIMIT/)]);
  const there = seeds.filter(isThere);
  // The first ones: whoever goes on from there finds them.
  expect(there).toEqual(seeds.slice(0, there.length));
  expect(there.length).toBeGreaterThanOrEqual(3);
  expect(usageOf(folder.path, programName()).all.bytes).toBeLessThanOrEqual(limit);
});

test('what a killed process left is removed after an hour, and by clear at once', () => {
  fill([1]);
  const leave = (name: string, hours: number) => {
    const path = join(programFolder(folder.path, programName()), `${UNFINISHED}${name}`);
    writeFileSync(path, 'half');
    const written = new Date(Date.now() - hours * 3_600_000);
    utimesSync(path, written, written);
    return path;
  };
  const [old, fresh] = [leave('old', 2), leave('fresh', 0)];
  expect(prune(folder.path, 1e9).removed.runs).toBe(0);
  expect([existsSync(old), existsSync(fresh), isThere(1)]).toEqual([false, true, true]);
  clear(folder.path);
  expect(filesBelow(folder.path)).toEqual([]);
});

test('clear removes runs of all programs, and nothing else', () => {
  fill([1, 2]);
  const other = programFolder(folder.path, '0123456789abcdef-node99-linux-x64');
  mkdirSync(other);
  writeFileSync(join(other, 'f'.repeat(64)), 'a run');
  const mine = [
    join(folder.path, 'notes.txt'),
    join(folder.path, 'runs', 'diary.txt'),
    join(folder.path, 'runs', 'marathon', 'a'.repeat(64)),
    join(other, 'notes.txt'),
    join(other, 'f'.repeat(65)),
    join(other, `x${'f'.repeat(64)}`),
  ].sort();
  mkdirSync(join(folder.path, 'runs', 'marathon'));
  for (const path of mine) writeFileSync(path, 'mine');
  expect(usageOf(folder.path, programName())).toEqual({
    all: { runs: 3, bytes: 3 * BLOCK },
    own: { runs: 2, bytes: 2 * BLOCK },
  });
  expect(clear(folder.path)).toEqual({ runs: 3, bytes: 3 * BLOCK });
  expect(filesBelow(folder.path)).toEqual(mine);
});

test('a store that is not there is empty', () => {
  const nowhere = join(folder.path, 'nowhere');
  expect(usageOf(nowhere, programName()).all).toEqual({ runs: 0, bytes: 0 });
  expect(clear(nowhere)).toEqual({ runs: 0, bytes: 0 });
  expect(prune(nowhere, 0).left).toEqual({ runs: 0, bytes: 0 });
  expect(existsSync(nowhere)).toBe(false);
});
