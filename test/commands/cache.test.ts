/** What commands make of the store of runs, and `cache` itself. */
import { spawn } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { definitionFile, SMALL } from '../experiments/definition-files.js';
import { filesBelow, folderForEach } from '../store/machine-run.js';
import { bin, offloadcage, offloadcageProcess } from './offloadcage.js';

const VARIANTS = `variants:
  even: { title: Even, domains: { vm2: { weight: 256 } } }
  double: { title: Double }
`;
const FILE = definitionFile(SMALL.replace('10s', '1s') + VARIANTS);
const RUN = ['run', FILE, '--force'];
const THREE = [...RUN, '--seeds', '3'];
const SWEEP = ['sweep', FILE, '--variant', 'double', '--vary', 'vm2.weight=100:300:50'];
const SHORT = ['--seeds', '1', '--duration', '200ms'];
const FULL = '/dev/full';

const folder = folderForEach();
let store: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  store = join(folder.path, 'store');
  env = { OFFLOADCAGE_CACHE: store };
});

const run = (...args: string[]) => offloadcage(args, { cwd: folder.path, env });
const inProcess = (...args: string[]) => offloadcageProcess(args, { cwd: folder.path, env });
const runsKept = () => (existsSync(store) ? filesBelow(store) : []);
/** All files of a result, without the folder's name in them. */
const contents = (out: string) =>
  readdirSync(join(folder.path, out)).map((name) => [
    name,
    readFileSync(join(folder.path, out, name), 'utf8').replaceAll(`--out ${out}`, '--out OUT'),
  ]);

describe('results are the same with and without the store, and say what it had', () => {
  test('in one thread and in many', async () => {
    const first = await run(...THREE, '--out', 'first');
    const again = await run(...THREE, '--out', 'again');
    const without = await run(...THREE, '--out', 'none', '--no-cache');
    const more = await run(...RUN, '--seeds', '4', '--out', 'more');
    expect([first, again, without, more].map(({ stderr }) => stderr)).toEqual([
      'wrote 7 files to first\n',
      'wrote 7 files to again\n6 of 6 runs from the store\n',
      'wrote 7 files to none\n',
      'wrote 7 files to more\n6 of 8 runs from the store\n',
    ]);
    expect(contents('again')).toEqual(contents('first'));
    expect(contents('none')).toEqual(contents('first'));
    // Compiled it is another program.
    const threads = inProcess(...THREE, '--out', 'threads', '--jobs', '2');
    const found = inProcess(...THREE, '--out', 'found');
    expect(threads.stderr).toBe('wrote 7 files to threads\n');
    expect(found.stderr).toBe('wrote 7 files to found\n6 of 6 runs from the store\n');
    expect(contents('threads')).toEqual(contents('first'));
    expect(contents('found')).toEqual(contents('first'));
  });

  test.each([
    ['reproduce', ['reproduce', 'loop', ...SHORT, '--force']],
    ['report', ['report', FILE, '--seeds', '1', '--force']],
    ['verify', ['verify', 'M1', ...SHORT]],
    ['verify --readings', ['verify', 'M1', '--readings', ...SHORT, '--force']],
    ['sweep', [...SWEEP, '--seeds', '1', '--force']],
  ])('%s', async (_, args) => {
    const [first, again] = [await run(...args), await run(...args)];
    expect(first.stderr).not.toMatch(/from the store/);
    const [, found = 'none', asked] = /(\d+) of (\d+) runs from the store/.exec(again.stderr) ?? [];
    expect(found).toBe(asked);
    expect(again.stdout).toBe(first.stdout);
    const without = await run(...args, '--no-cache');
    expect(without.stdout).toBe(first.stdout);
    expect(without.stderr).not.toMatch(/from the store/);
  });

  test('nothing is said of it with --quiet and --json', async () => {
    for (const flag of ['--quiet', '--json']) {
      await run(...THREE, flag);
      expect((await run(...THREE, flag)).stderr).toBe('');
    }
  });
});

test('commands share runs: what differs in names only is one run', async () => {
  await run(...THREE, '--variant', 'double');
  const sweep = ['sweep', FILE, '--variant', 'double', '--vary', 'vm2.weight=512,1024'];
  const { stderr } = await run(...sweep, '--seeds', '3', '-o', 'sweep.csv');
  expect(stderr).toMatch(/^3 of 6 runs from the store$/m);
});

test('a damaged run is done again, with one line on stderr', async () => {
  await run(...THREE, '--out', 'first');
  const [first = '', second = ''] = runsKept();
  truncateSync(first, 10);
  writeFileSync(second, 'something else');
  const { status, stderr } = await run(...THREE, '--out', 'again');
  const warning = (path: string) =>
    `offloadcage: warning: ${path}: a damaged run; it is done again\n`;
  expect(stderr).toContain(warning(first));
  expect(stderr).toContain(warning(second));
  expect(stderr.split('\n')).toHaveLength(5);
  expect(stderr).toContain('4 of 6 runs from the store\n');
  expect([status, contents('again')]).toEqual([0, contents('first')]);
  expect((await run(...THREE)).stderr).toContain('6 of 6 runs from the store\n');
});

test.each([
  ['a file', () => writeFileSync(store, 'mine'), /ENOTDIR|EEXIST/],
  ['a device that is full', () => {}, /ENOTDIR|EEXIST/, FULL],
] as const)('%s in the place of the store: one line, and the same results', async (...of) => {
  const [, prepare, code, at] = of;
  prepare();
  if (at !== undefined) env = { OFFLOADCAGE_CACHE: at };
  const { status, stderr } = await run(...THREE, '--out', 'out');
  expect(stderr).toMatch(code);
  expect(stderr).toMatch(/^offloadcage: warning: the store keeps no more runs: .*\nwrote .*\n$/);
  await run(...THREE, '--out', 'none', '--no-cache');
  expect([status, contents('out')]).toEqual([0, contents('none')]);
  expect((await run(...THREE, '--out', 'out', '--quiet')).stderr).toBe('');
});

test('two processes at once share a store', async () => {
  const args = [...SWEEP, '--seeds', '4'];
  const start = (out: string) =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [bin, ...args, '-o', out], {
        cwd: folder.path,
        env: { ...process.env, ...env },
        stdio: 'ignore',
      });
      child.once('exit', resolve);
    });
  expect(await Promise.all(['a.csv', 'b.csv'].map(start))).toEqual([0, 0]);
  expect(inProcess(...args, '-o', 'd.csv').stderr).toMatch(/^20 of 20 runs from the store$/m);
  inProcess(...args, '-o', 'none.csv', '--no-cache');
  const table = (name: string) => readFileSync(join(folder.path, name), 'utf8');
  for (const name of ['a', 'b', 'd']) expect(table(`${name}.csv`)).toBe(table('none.csv'));
  // One file a run, and nothing that is half written.
  expect(runsKept().every((path) => /[/\\][0-9a-f]{64}$/.test(path))).toBe(true);
});

test('parallel commands that are killed at any moment leave no wrong run', async () => {
  const args = [...SWEEP, '--seeds', '8'];
  inProcess(...args, '-o', 'none.csv', '--no-cache');
  let kept = 0;
  for (let kill = 0; kill < 5; kill++) {
    const children = ['a.csv', 'b.csv'].map((out) =>
      spawn(process.execPath, [bin, ...args, '-o', out, '--force'], {
        cwd: folder.path,
        env: { ...process.env, ...env },
        stdio: 'ignore',
      }),
    );
    const ended = children.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    const until = kept + 1 + 4 * kill;
    while (children.some(({ exitCode }) => exitCode === null) && runsKept().length < until) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(ended);
    // What is there stays.
    expect(runsKept().length).toBeGreaterThanOrEqual(kept);
    kept = runsKept().filter((path) => /[0-9a-f]{64}$/.test(path)).length;
  }
  const { status, stderr } = inProcess(...args, '-o', 'end.csv');
  expect([status, stderr.match(/damaged|keeps no/)]).toEqual([0, null]);
  expect(stderr).toMatch(`${kept} of 40 runs from the store`);
  const table = (name: string) => readFileSync(join(folder.path, name), 'utf8');
  expect(table('end.csv')).toBe(table('none.csv'));
});

test('a trace is not from the store, nor does it go there', async () => {
  const args = ['trace', FILE, '--for', '100ms', '--force', '-o'];
  await run(...args, 'a.json');
  expect(runsKept()).toEqual([]);
  await run(...THREE);
  const { stderr } = await run(...args, 'b.json');
  expect(stderr).not.toMatch(/from the store/);
  const trace = (name: string) => readFileSync(join(folder.path, name), 'utf8');
  expect(trace('b.json')).toBe(trace('a.json'));
});

describe('cache', () => {
  test('info, prune and clear say what they find and do', async () => {
    await run(...THREE);
    const bytes = 6 * 4096;
    const info = JSON.parse((await run('cache', 'info', '--json')).stdout);
    expect(info).toMatchObject({ folder: store, limit_bytes: 1e9, runs: 6, bytes });
    expect([info.runs_of_program, info.bytes_of_program]).toEqual([6, bytes]);
    expect((await run('cache', 'info')).stdout).toContain(`${store}\n6 runs, 24.6 kB of 1 GB\n`);
    expect((await run('cache', 'prune')).stdout).toContain('removed 0 runs, 0 B');
    const pruned = JSON.parse((await run('cache', 'prune', '--limit', '20kB', '--json')).stdout);
    expect(pruned).toMatchObject({ limit_bytes: 20_000, removed_runs: 2, runs: 4 });
    expect(runsKept()).toHaveLength(4);
    const cleared = JSON.parse((await run('cache', 'clear', '--json')).stdout);
    expect(cleared).toEqual({ folder: store, removed_runs: 4, removed_bytes: 4 * 4096 });
    expect((await run('cache', 'clear')).stdout).toBe(`removed 0 runs, 0 B, from ${store}\n`);
    expect(runsKept()).toEqual([]);
  });

  test("is where the platform's caches are if nobody says where", async () => {
    const [home, xdg] = [join(folder.path, 'home'), join(folder.path, 'xdg')];
    env = { OFFLOADCAGE_CACHE: '', HOME: home, XDG_CACHE_HOME: xdg, LOCALAPPDATA: xdg };
    const { stdout } = inProcess('cache', 'info', '--json');
    const expected = process.platform === 'darwin' ? join(home, 'Library', 'Caches') : xdg;
    expect(JSON.parse(stdout).folder).toBe(join(expected, 'offloadcage'));
  });

  test.each([
    [{ OFFLOADCAGE_CACHE_LIMIT: 'much' }, 'OFFLOADCAGE_CACHE_LIMIT: got "much"; allowed: a number'],
    [{ OFFLOADCAGE_CACHE_LIMIT: '-1GB' }, 'OFFLOADCAGE_CACHE_LIMIT: got "-1GB"; allowed: a number'],
    [{ OFFLOADCAGE_CACHE: 'off' }, 'OFFLOADCAGE_CACHE: got off; allowed: a folder'],
  ])('%j is refused', async (more, message) => {
    env = { ...env, ...more };
    const { status, stderr } = await run('cache', 'info');
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test('off is as --no-cache, and --limit is checked', async () => {
    env = { OFFLOADCAGE_CACHE: 'off' };
    for (let i = 0; i < 2; i++) {
      const { status, stderr } = await run(...THREE);
      expect(stderr).not.toMatch(/from the store/);
      expect(status).toBe(0);
    }
    env = { OFFLOADCAGE_CACHE: store };
    const { status, stderr } = await run('cache', 'prune', '--limit', '5');
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^offloadcage: --limit: got "5"/)]);
  });

  test('a limit holds for what a command keeps', async () => {
    env = { ...env, OFFLOADCAGE_CACHE_LIMIT: '13kB' };
    const { status, stderr } = await run(...RUN, '--seeds', '8');
    expect(stderr).toMatch(/^offloadcage: warning: the store keeps no more runs: it is full; /);
    expect(status).toBe(0);
    expect(runsKept().length).toBeLessThanOrEqual(3);
    rmSync(store, { recursive: true });
  });
});
