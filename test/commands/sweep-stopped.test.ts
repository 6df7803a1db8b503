/** What a sweep leaves behind that does not come to its end, and what its exit code is. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { definitionFile, SMALL } from '../experiments/definition-files.js';
import { type Outcome, offloadcage } from './offloadcage.js';

const SHORT = definitionFile(SMALL.replace('duration: 10s', 'duration: 20ms\nsample: 20ms'));
const SWEEP = ['sweep', SHORT, '--vary', 'vm2.weight=100,200,300', '--seeds', '4'];
const RUNS = 3 * 4;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-stopped-'));
  // Where the journal of a pipe is.
  vi.stubEnv('TMPDIR', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const journals = () => readdirSync(folder).filter((name) => name.endsWith('.journal'));

/** How many runs the only journal has; 0 before there is one. */
function runsDone(): number {
  const [journal] = journals();
  if (journal === undefined) return 0;
  // After a line that says of what.
  return Math.max(0, readFileSync(join(folder, journal), 'utf8').split('\n').length - 2);
}

/** Sweeps into `out` and stops when some runs are done. */
async function stopped(out: string, name: NodeJS.Signals): Promise<Outcome> {
  let outcome: Outcome | undefined;
  const sweep = offloadcage([...SWEEP, '--jobs', '1', '-o', out], { cwd: folder });
  const ended = sweep.then((one) => {
    outcome = one;
  });
  while (outcome === undefined && runsDone() < 3) await setImmediate();
  process.emit(name, name);
  await ended;
  return sweep;
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s: exit code %d, no table, and what is done can be taken up', async (name, code) => {
  const { status, stdout, stderr } = await stopped('table.csv', name);
  expect([status, stdout]).toEqual([code, '']);
  expect(stderr).toMatch(
    /^offloadcage: interrupted; table\.csv\.journal keeps .* --resume goes on/,
  );
  expect(readdirSync(folder)).toEqual(['table.csv.journal']);
  expect(runsDone()).toBeGreaterThanOrEqual(3);
  expect(runsDone()).toBeLessThan(RUNS);
  const whole = await offloadcage([...SWEEP, '-o', '-'], { cwd: folder });
  const resumed = await offloadcage([...SWEEP, '-o', 'table.csv', '--resume'], { cwd: folder });
  expect(resumed.status).toBe(0);
  expect(readFileSync(join(folder, 'table.csv'), 'utf8')).toBe(whole.stdout);
  expect(existsSync(join(folder, 'table.csv.journal'))).toBe(false);
});

test('into a pipe it leaves nothing behind, as nobody could take it up', async () => {
  const { status, stdout, stderr } = await stopped('-', 'SIGINT');
  expect([status, stdout]).toEqual([130, '']);
  expect(stderr).toMatch(/^offloadcage: interrupted/);
  expect(stderr).not.toMatch(/--resume/);
  expect(readdirSync(folder)).toEqual([]);
});

test('nor does a device that takes nothing', async () => {
  const { status } = await offloadcage([...SWEEP, '-o', '/dev/full'], { cwd: folder });
  expect([status, readdirSync(folder)]).toEqual([1, []]);
});
