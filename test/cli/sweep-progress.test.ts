import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sweepProgress, sweepProgressText } from '../../src/cli/sweep/sweep-progress.js';

test.each<[Parameters<typeof sweepProgressText>, string]>([
  [[12, 30, 3], 'Sweep: 12 of 30 runs, 4.0 runs/s, 5 s left'],
  [[30, 30, 10], 'Sweep: 30 of 30 runs, 3.0 runs/s, 0 s left'],
  [[0, 30, 5], 'Sweep: 0 of 30 runs, 0.0 runs/s'],
  [[0, 30, 0], 'Sweep: 0 of 30 runs, 0.0 runs/s'],
  // Resumed with 20 done: 4 in 2 s, 6 left.
  [[24, 30, 2, 20], 'Sweep: 24 of 30 runs, 2.0 runs/s, 3 s left'],
])('%j: %s', (input, text) => expect(sweepProgressText(...input)).toBe(text));

const written: string[] = [];
const { isTTY } = process.stderr;

beforeEach(() => {
  written.length = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  process.stderr.isTTY = isTTY;
});

test('a line a minute where there is no terminal, none after the end', () => {
  process.stderr.isTTY = false;
  const progress = sweepProgress(false, () => 100);
  progress.update(100, 1000);
  vi.advanceTimersByTime(59_000);
  expect(written).toEqual([]);
  progress.update(160, 1000);
  vi.advanceTimersByTime(61_000);
  expect(written).toEqual([
    'Sweep: 160 of 1000 runs, 1.0 runs/s, 840 s left\n',
    'Sweep: 160 of 1000 runs, 0.5 runs/s, 1680 s left\n',
  ]);
  progress.stop();
  vi.advanceTimersByTime(600_000);
  expect(written).toHaveLength(2);
});

test('a line in place on a terminal', () => {
  process.stderr.isTTY = true;
  const progress = sweepProgress(false);
  progress.update(0, 8);
  vi.advanceTimersByTime(2000);
  progress.update(4, 8);
  expect(written.at(-1)).toMatch(/^\r\S*Sweep: 4 of 8 runs, 2\.0 runs\/s, 2 s left$/);
  progress.stop();
});

test.each([true, false])('nothing if it is to be quiet, terminal: %s', (terminal) => {
  process.stderr.isTTY = terminal;
  const progress = sweepProgress(true);
  progress.update(1, 2);
  vi.advanceTimersByTime(600_000);
  progress.stop();
  expect(written).toEqual([]);
});
