/** What a sweep leaves behind that does not come to its end, and what its exit code is. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { definitionFile, SMALL } from '../experiments/definition-files.js';
import { filesBelow } from '../store/machine-run.js';
import { type Outcome, offloadcage } from './offloadcage.js';

const SHORT = definitionFile(SMALL.replace('duration: 10s', 'duration: 20ms\nsample: 20ms'));
const SWEEP = ['sweep', SHORT, '--vary', 'vm2.weight=100,200,300', '--seeds', '4'];
const RUNS = 3 * 4;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-stopped-'));
  // Where the table is until all of it can go into a pipe.
  vi.stubEnv('TMPDIR', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const store = () => join(folder, 'store');
const runsKept = () => (existsSync(store()) ? filesBelow(store()).length : 0);
const env = () => ({ OFFLOADCAGE_CACHE: store() });
const leftIn = (path: string) => readdirSync(path).filter((name) => name !== 'store');

/** Sweeps into `out` and stops when some runs are done. */
async function stopped(out: string, name: NodeJS.Signals, ...flags: string[]): Promise<Outcome> {
  let outcome: Outcome | undefined;
  const args = [...SWEEP, '--jobs', '1', '-o', out, ...flags];
  const sweep = offloadcage(args, { cwd: folder, env: env() });
  const ended = sweep.then((one) => {
    outcome = one;
  });
  while (outcome === undefined && runsKept() < 3) await setImmediate();
  process.emit(name, name);
  await ended;
  return sweep;
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s: exit code %d, no table, and the same command goes on', async (name, code) => {
  const { status, stdout, stderr } = await stopped('table.csv', name);
  expect([status, stdout, leftIn(folder)]).toEqual([code, '', []]);
  expect(stderr).toBe(
    'offloadcage: interrupted: nothing was written; the store keeps the finished runs: the same ' +
      'command goes on\n',
  );
  const done = runsKept();
  expect(done).toBeGreaterThanOrEqual(3);
  expect(done).toBeLessThan(RUNS);
  const whole = await offloadcage([...SWEEP, '--no-cache', '-o', '-'], { cwd: folder });
  const resumed = await offloadcage([...SWEEP, '-o', 'table.csv'], { cwd: folder, env: env() });
  expect(resumed.status).toBe(0);
  expect(resumed.stderr).toMatch(`${done} of ${RUNS} runs from the store`);
  expect(readFileSync(join(folder, 'table.csv'), 'utf8')).toBe(whole.stdout);
});

test('into a pipe nothing is written before all is done', async () => {
  const { status, stdout } = await stopped('-', 'SIGINT');
  expect([status, stdout, leftIn(folder)]).toEqual([130, '', []]);
});

test('with --no-cache nobody is told of the store', async () => {
  const sweep = offloadcage([...SWEEP, '--no-cache', '-o', 'table.csv'], { cwd: folder });
  while (!readdirSync(folder).includes('table.csv.lock')) await setImmediate();
  process.emit('SIGINT', 'SIGINT');
  const { status, stderr } = await sweep;
  expect(stderr).toMatch(/offloadcage: interrupted: nothing was written\n$/);
  expect(status).toBe(130);
});

test('nor does a device that takes nothing', async () => {
  const { status } = await offloadcage([...SWEEP, '-o', '/dev/full'], { cwd: folder });
  expect([status, readdirSync(folder)]).toEqual([1, []]);
});
