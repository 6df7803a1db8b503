/** Parts of a sweep, and who may write them, without a run. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from '../../src/base/input-error.js';
import { lock } from '../../src/sweep/lock.js';
import { mergeParts } from '../../src/sweep/merge-parts.js';
import { headerOf, partLines, type Shard } from '../../src/sweep/part-file.js';
import type { SweepRow } from '../../src/sweep/sweep.js';
import { parameter, rowsOf, sweepOf } from '../output/sweep/fixture.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-parts-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** 3 points of 2 variants and 2 seeds. */
const SWEEP = sweepOf([[parameter('cap', [30, 40, 50])]], ['a', 'b'], 2);
const ALL = await allOf(rowsOf(SWEEP, ([cap], v, seed) => Number(cap) + v + seed / 10));

async function allOf<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

async function* each(rows: readonly SweepRow[]) {
  yield* rows;
}

/** A part with these runs, in this order. */
async function partOf(shard: Shard, rows: readonly SweepRow[]): Promise<string> {
  const path = join(folder, `${shard.part}-of-${shard.of}.part`);
  const header = headerOf({ sweep: SWEEP, written_by: 'offloadcage sweep x' }, shard);
  writeFileSync(path, (await allOf(partLines(header, each(rows)))).join(''));
  return path;
}

const inPart = ({ part, of }: Shard) => ALL.filter(({ run }) => run % of === part - 1);

const refusal = async (...paths: string[]) => {
  const error = await mergeParts(paths).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
};

test('parts join to all runs in grid order, however parts and runs are mixed', async () => {
  const shuffled = fc.integer({ min: 1, max: 15 }).chain((of) => {
    const shards = Array.from({ length: of }, (_, i) => ({ part: i + 1, of }));
    const parts = shards.map((shard) => {
      const rows = inPart(shard);
      const some = fc.shuffledSubarray(rows, { minLength: rows.length });
      return some.map((mixed) => ({ shard, rows: mixed }));
    });
    return fc
      .tuple(...parts)
      .chain((all) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }));
  });
  await fc.assert(
    fc.asyncProperty(shuffled, async (parts) => {
      const paths: string[] = [];
      for (const { shard, rows } of parts) paths.push(await partOf(shard, rows));
      const merged = await mergeParts(paths);
      expect(merged.sweep).toEqual(SWEEP);
      expect(await allOf(merged.rows)).toEqual(ALL);
    }),
    { numRuns: 30 },
  );
});

test('a run that is missing is named, with its part; one that is there twice, too', async () => {
  const [first, second] = [1, 2].map((part) => ({ part, of: 2 })) as [Shard, Shard];
  const whole = await partOf(first, inPart(first));
  const last = inPart(second);
  expect(await refusal(whole, await partOf(second, last.slice(0, -1)))).toContain(
    'got no run 11 of 12 (part 2/2); allowed: all parts, finished',
  );
  expect(await refusal(whole)).toContain('got no run 1 of 12 (part 2/2)');
  expect(await refusal(whole, whole)).toContain('got part 1/2, which is in');
  expect(await refusal(whole, await partOf(second, [...last, ...last.slice(0, 1)]))).toContain(
    'got run 1, which is in',
  );
});

test('a line that is no run of the part is refused', async () => {
  const shard = { part: 2, of: 2 };
  const [row] = inPart(shard) as [SweepRow];
  for (const run of [0, 2, 13, -1, 1.5]) {
    expect(await refusal(await partOf(shard, [{ ...row, run }]))).toContain('no run of it');
  }
  // The first after the last of the sweep.
  const beyond = await partOf({ part: 1, of: 2 }, [{ ...row, run: ALL.length }]);
  expect(await refusal(beyond)).toContain('no run of it');
  const path = await partOf(shard, inPart(shard));
  for (const line of ['7', 'null', '{', '[]']) {
    writeFileSync(path, `${line}\n`);
    expect(await refusal(path)).toMatch(/no JSON object|another kind of file/);
  }
});

test('a lock keeps others off until it is given back', () => {
  const path = join(folder, 'x.lock');
  const release = lock(path);
  expect(readFileSync(path, 'utf8')).toBe(`${process.pid} ${hostname()}`);
  expect(() => lock(path)).toThrow(`got a lock that process ${process.pid} ${hostname()} holds`);
  release();
  expect(readdirSync(folder)).toEqual([]);
  lock(path)();
  expect(readdirSync(folder)).toEqual([]);
});

test('a lock of a process that has ended is taken over, one from elsewhere is not', () => {
  const path = join(folder, 'x.lock');
  // Beyond the most that Linux, macOS and Windows number processes with.
  writeFileSync(path, `${2 ** 31 - 1} ${hostname()}`);
  const release = lock(path);
  expect(readFileSync(path, 'utf8')).toBe(`${process.pid} ${hostname()}`);
  release();
  for (const holder of [`${2 ** 31 - 1} elsewhere`, '', `x ${hostname()}`]) {
    writeFileSync(path, holder);
    expect(() => lock(path)).toThrow('allowed: one sweep at a time');
    expect(readFileSync(path, 'utf8')).toBe(holder);
  }
});
