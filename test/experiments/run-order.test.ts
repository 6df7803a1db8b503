/** In which order runs are begun, on threads that are simulated here. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadDefinition } from '../../src/files/load-definition.js';
import { RunOrder } from '../../src/run/run-order.js';
import type { RunTask } from '../../src/run/run-task.js';
import { definitionFile, SMALL } from './definition-files.js';

const [variant] = loadDefinition(definitionFile(SMALL)).variants;
if (variant === undefined) throw new Error('no variant');
const { input } = variant;

function task(name: string, durationNs: number, rate = 0): RunTask {
  const client = { kind: 'httperf', rate } as (typeof input.clients)[number];
  const clients = rate === 0 ? [] : [client];
  return { name, input: { ...input, durationNs, clients }, subject: null, seed: 1 };
}

test('what nobody has timed goes by simulated time and load', () => {
  const tasks = [task('a', 1e9), task('b', 9e9), task('c', 1e9, 1000), task('d', 5e9)];
  const order = new RunOrder(tasks);
  expect([order.next(), order.next(), order.next(), order.next()]).toEqual([2, 1, 3, 0]);
  expect(order.next()).toBeUndefined();
});

test('one of each kind first, then those that have taken longest', () => {
  const tasks = ['a', 'b', 'a', 'b', 'a', 'b'].map((name) => task(name, 1e9));
  const order = new RunOrder(tasks);
  expect([order.next(), order.next()]).toEqual([0, 1]);
  order.took(0, 10);
  order.took(1, 20);
  expect([order.next(), order.next(), order.next(), order.next()]).toEqual([3, 5, 2, 4]);
});

test('what is not timed yet is guessed from what others took', () => {
  const order = new RunOrder([task('a', 10e9), task('b', 4e9), task('a', 10e9), task('b', 4e9)]);
  expect([order.next(), order.next()]).toEqual([0, 1]);
  // As fast as `a`, `b` takes 40 ms; it has not ended.
  order.took(0, 100);
  expect(order.next()).toBe(2);
});

/** Ends the runs of threads that take what the order gives; returns when the last one ends. */
function finish(order: RunOrder, timesMs: readonly number[], threads: number): number {
  const begun = new Set<number>();
  const running: { at: number; endMs: number }[] = [];
  let nowMs = 0;
  const begin = () => {
    const at = order.next();
    if (at === undefined) return;
    expect(begun.has(at)).toBe(false);
    begun.add(at);
    running.push({ at, endMs: nowMs + (timesMs[at] ?? 0) });
  };
  for (let thread = 0; thread < threads; thread++) begin();
  while (running.length > 0) {
    running.sort((a, b) => b.endMs - a.endMs);
    const done = running.pop();
    if (done === undefined) break;
    nowMs = done.endMs;
    order.took(done.at, timesMs[done.at] ?? 0);
    begin();
  }
  expect(begun.size).toBe(timesMs.length);
  return nowMs;
}

test('every run is begun once, and no schedule without idle threads can be twice as fast', () => {
  const kinds = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 });
  const sizes = { seeds: fc.integer({ min: 1, max: 10 }), threads: fc.integer({ min: 1, max: 8 }) };
  fc.assert(
    fc.property(kinds, fc.record(sizes), (timesOfKinds, { seeds, threads }) => {
      const tasks = Array.from({ length: seeds }, () =>
        timesOfKinds.map((_, kind) => task(String(kind), 1e9)),
      ).flat();
      const timesMs = tasks.map(({ name }) => timesOfKinds[Number(name)] ?? 0);
      const endMs = finish(new RunOrder(tasks), timesMs, threads);
      const work = timesMs.reduce((sum, one) => sum + one, 0);
      // Graham's bound for any order in which no thread waits.
      expect(endMs).toBeLessThanOrEqual(work / threads + Math.max(...timesMs));
    }),
  );
});

test('three kinds of ten runs on four threads end within a short run of the least', () => {
  const tasks = Array.from({ length: 10 }, () => ['cage', 'offload', 'inside']).flat();
  const times = new Map([
    ['cage', 33],
    ['offload', 57],
    ['inside', 55],
  ]);
  const timesMs = tasks.map((name) => times.get(name) ?? 0);
  const order = new RunOrder(tasks.map((name) => task(name, 1e9)));
  const work = timesMs.reduce((sum, one) => sum + one, 0);
  expect(finish(order, timesMs, 4)).toBeLessThanOrEqual(work / 4 + 33);
});
