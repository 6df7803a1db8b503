/** A run in the store: the same to the bit, or not at all. */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/base/canonical-json.js';
import { loadCatalog } from '../../src/files/experiment-catalog.js';
import type { MeasuredRun } from '../../src/measure/measure.js';
import type { ModelInput } from '../../src/model/input.js';
import { runKey } from '../../src/run/run-key.js';
import {
  Damaged,
  type Entry,
  entryOf,
  pathOf,
  readEntry,
  writeEntry,
} from '../../src/run/store/entry.js';
import { folderForEach, shortRun } from './machine-run.js';

const folder = folderForEach();

/** With -0, NaN and infinities. */
const numbers = fc.array(fc.double());
const runs: fc.Arbitrary<MeasuredRun> = record({
  seed: fc.nat(),
  values: fc.array(numbers.map((some) => Float64Array.from(some))),
  means: numbers,
  breakdownPct: numbers,
  networkInsidePct: fc.option(fc.double()),
  counters: fc.array(record({ name: fc.string(), perS: fc.double() })),
});

/** As literals are. */
function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

const entry = (name = 'a'.repeat(64)): Entry => ({ folder: folder.path, name, program: 'one' });

const [kept]: MeasuredRun[] = fc.sample(runs, { numRuns: 1, seed: 7 });
if (kept === undefined) throw new Error('no run');

test('any run comes back to the bit', () => {
  fc.assert(
    fc.property(runs, (run) => {
      writeEntry(entry(), run);
      // Tells -0 from 0, and kinds of arrays from each other.
      expect(readEntry(entry())).toStrictEqual(run);
    }),
  );
  expect(readdirSync(folder.path)).toEqual([entry().name]);
});

test('what is not there is null', () => {
  expect(readEntry(entry())).toBeNull();
});

test('what cannot be put in its place leaves nothing behind', () => {
  expect(() => writeEntry(entry('no/such/folder'), kept)).toThrow('ENOENT');
  expect(readdirSync(folder.path)).toEqual([]);
  // Somebody was first, and what is there is not to be replaced.
  mkdirSync(pathOf(entry()));
  expect(writeEntry(entry(), kept)).toBe(0);
  expect(readdirSync(folder.path)).toEqual([entry().name]);
});

test('any changed byte, and any other length, is noticed', () => {
  writeEntry(entry(), kept);
  const bytes = readFileSync(pathOf(entry()));
  const damage = fc.oneof(
    fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ by;
      return other;
    }),
    fc.nat(bytes.length - 1).map((length) => bytes.subarray(0, length)),
    fc.uint8Array({ minLength: 1 }).map((more) => Buffer.concat([bytes, more])),
  );
  fc.assert(
    fc.property(damage, (damaged) => {
      writeFileSync(pathOf(entry()), damaged);
      expect(() => readEntry(entry())).toThrow(Damaged);
    }),
  );
});

test("another run's file in its place is noticed, too", () => {
  writeEntry(entry(), kept);
  const other = entry('b'.repeat(64));
  renameSync(pathOf(entry()), pathOf(other));
  expect(() => readEntry(other)).toThrow(Damaged);
});

test('program, seed, subject and every value of the input make another entry', () => {
  const { input, seed, subject } = shortRun(1);
  const nameOf = (changed: Partial<ReturnType<typeof shortRun>>, program = 'one') =>
    entryOf(runKey({ ...shortRun(1), ...changed }), { folder: folder.path, program }).name;
  const names = [
    nameOf({}),
    nameOf({}, 'two'),
    nameOf({ seed: seed + 1 }),
    nameOf({ subject: { vm: 'vm1', ids: null, total: [] } }),
    ...leavesChanged(input).map((changed) => nameOf({ input: changed as ModelInput })),
  ];
  expect(names.length).toBeGreaterThan(60);
  expect(new Set(names).size).toBe(names.length);
  // But not what it is called, nor the order of keys.
  expect(nameOf({ name: 'another', subject })).toBe(nameOf({}));
  const reversed = Object.fromEntries(Object.entries(input).reverse()) as unknown as ModelInput;
  expect(nameOf({ input: reversed })).toBe(nameOf({}));
});

test('numbers that JSON takes for one make different entries', () => {
  const keys = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, null].map((pcpus) =>
    runKey({ ...shortRun(1), input: { ...shortRun(1).input, pcpus } as ModelInput }),
  );
  expect(new Set(keys).size).toBe(keys.length);
});

test('no input of a shipped experiment has anything that its JSON leaves out', () => {
  for (const { variants } of loadCatalog()) {
    for (const { input, subject } of variants) {
      for (const part of [input, subject]) {
        expect(JSON.parse(canonicalJson(part))).toEqual(listsOf(part));
      }
    }
  }
});

/** Copies in each of which one number, text or truth value is another. */
function leavesChanged(value: unknown): unknown[] {
  if (typeof value === 'number') return [value + 1];
  if (typeof value === 'string') return [`${value}x`];
  if (typeof value === 'boolean') return [!value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    leavesChanged(one).map((changed) => {
      const copy = Array.isArray(value) ? [...value] : { ...value };
      return Object.assign(copy, { [key]: changed });
    }),
  );
}

/** With plain lists for typed arrays. */
function listsOf(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<number>);
  if (Array.isArray(value)) return value.map(listsOf);
  if (typeof value !== 'object' || value === null) return value;
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, listsOf(one)]));
}
