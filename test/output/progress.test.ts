import { expect, test } from 'vitest';
import {
  type ProgressStream,
  progressText,
  startProgress,
} from '../../src/output/terminal/progress.js';

/** A stream that keeps what is written. */
function recorder(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  const stream: ProgressStream = { isTTY, columns, write: (text) => written.push(text) };
  return { written, stream };
}

/** What a terminal's line shows after these writes. */
const shown = (written: readonly string[]) => written.join('').split('\r\u001b[2K').at(-1);

test('says how far it is', () => {
  expect(progressText(12, 30, 3.9)).toBe('Simulating: 12 of 30 runs, 40%, 3 s');
  expect(progressText(0, 0, 0)).toBe('Simulating: 0 of 0 runs, 100%, 0 s');
});

test('redraws one line on a terminal, and clears it at the end', () => {
  const { written, stream } = recorder(true);
  const progress = startProgress(stream, false, {});
  progress.update(1, 4);
  progress.update(2, 4);
  expect(shown(written)).toMatch(/^Simulating: 2 of 4 runs, 50%/);
  progress.stop();
  progress.stop();
  progress.update(3, 4);
  expect(shown(written)).toBe('');
  expect(written.join('')).not.toContain('\n');
});

test('never fills the line, or the terminal would wrap it', () => {
  const { written, stream } = recorder(true, 20);
  const progress = startProgress(stream, false, {});
  progress.update(1, 4);
  expect(shown(written)?.length).toBe(19);
  progress.stop();
});

test.each<[string, boolean, boolean, Record<string, string>]>([
  ['in a pipe', false, false, {}],
  ['if asked to', true, true, {}],
  ['on a dumb terminal', true, false, { TERM: 'dumb' }],
])('is silent %s', (_, isTTY, quiet, env) => {
  const { written, stream } = recorder(isTTY);
  const progress = startProgress(stream, quiet, env);
  progress.update(1, 4);
  progress.stop();
  expect(written).toEqual([]);
});
