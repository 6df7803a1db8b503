/** Sweeps from the command line: grids, crashes, parts and wrong input. */
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { filesBelow } from '../store/machine-run.js';
import { bin, offloadcage, offloadcageProcess } from './offloadcage.js';

const GRID = ['sweep', 'snort', '--vary', 'cage.cap=30:50:10', '--vary', 'httperf.rate=500,1000'];
const SHORT = ['--duration', '100ms', '--set', 'sample=100ms', '--set', 'warmup=0s'];
const SWEEP = [...GRID, ...SHORT, '--seeds', '2', '--metrics', 'ids_cpu_pct,throughput_rps'];

let folder: string;
let reference: string;

const inFolder = (args: readonly string[]) => offloadcage(args, { cwd: folder });
/** With threads for its runs, which only the built program has. */
const inThreads = (jobs: number, args: readonly string[]) =>
  offloadcageProcess([...args, '--jobs', `${jobs}`], { cwd: folder });
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-sweep-'));
  const { stdout, stderr } = await inFolder([...SWEEP, '-o', '-']);
  expect(stderr).toBe('');
  reference = stdout;
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-sweep-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a row a point, variant and seed, in grid order', () => {
  const [head, ...rows] = reference.trimEnd().split('\r\n');
  expect(head).toBe('cages.cage.cap,clients.httperf.rate,variant,seed,ids_cpu_pct,throughput_rps');
  const places = rows.map((row) => row.split(',').slice(0, 4).join(','));
  const expected = [30, 40, 50].flatMap((cap) =>
    [500, 1000].flatMap((rate) =>
      ['offloadcage', 'offload', 'no-offload'].flatMap((variant) =>
        [1, 2].map((seed) => `${cap},${rate},${variant},${seed}`),
      ),
    ),
  );
  expect(places).toEqual(expected);
});

test('the same bytes with any number of jobs, and nothing left over', () => {
  expect(inThreads(8, [...SWEEP, '--no-cache', '-o', 'sweep.csv']).status).toBe(0);
  expect(read('sweep.csv')).toBe(reference);
  expect(readdirSync(folder).sort()).toEqual(['datapackage.json', 'sweep.csv', 'sweep.svg']);
  const { resources } = JSON.parse(read('datapackage.json'));
  const names = resources[0].schema.fields.map(({ name }: { name: string }) => name);
  expect(names.join(',')).toBe(reference.split('\r\n')[0]);
});

test('shards join to the same bytes; gaps, overlaps and mixtures are refused', async () => {
  for (const i of [1, 2, 3]) {
    expect((await inFolder([...SWEEP, '--shard', `${i}/3`, '-o', `${i}.part`])).status).toBe(0);
  }
  const first = (...args: string[]) => inFolder([...SWEEP, ...args, '-o', '1.part']);
  const finished = await first('--shard', '1/3', '--resume');
  expect(finished.stderr).toBe('1.part is finished already\n');
  const another = await first('--shard', '2/3');
  expect(another.stderr).toMatch(/1\.part: got part 1\/3 of a sweep/);
  expect(another.status).toBe(2);
  const merge = (...parts: string[]) => inFolder(['sweep', 'merge', ...parts, '-o', '-']);
  expect((await merge('2.part', '3.part', '1.part')).stdout).toBe(reference);
  expect(await merge('1.part', '3.part')).toMatchObject({ status: 2, stdout: '' });
  expect(await merge('1.part', 'no.part')).toMatchObject({
    status: 2,
    stderr: 'offloadcage: no.part: no such file; allowed: a part of a sweep\n',
  });
  expect((await merge('1.part', '3.part')).stderr).toMatch(/no run 1 of 36 \(part 2\/3\)/);
  expect((await merge('1.part', '2.part', '3.part', '1.part')).stderr).toMatch(/each run once/);
  await inFolder([...SWEEP, '--set', 'debit=exact', '--shard', '2/3', '-o', 'other.part']);
  expect((await merge('1.part', 'other.part', '3.part')).stderr).toMatch(/another sweep/);
});

test('after kill -9 at any moment, the same command ends with the same bytes', async () => {
  const store = join(folder, 'store');
  const env = { ...process.env, OFFLOADCAGE_CACHE: store };
  const args = [...SWEEP, '--jobs', '1', '-o', 'sweep.csv'];
  const runsKept = () => (existsSync(store) ? filesBelow(store).length : 0);
  let kills = 0;
  for (const runs of [0, 9, 20, 33]) {
    // As happens anyway.
    const words = [bin, ...args, ...(kills % 2 === 0 ? [] : ['--resume'])];
    const child = spawn(process.execPath, words, { cwd: folder, env, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    while (child.exitCode === null && runsKept() <= runs) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    child.kill('SIGKILL');
    await ended;
    if (child.signalCode === 'SIGKILL') kills++;
  }
  expect(kills).toBeGreaterThan(0);
  const { status, stderr } = offloadcageProcess([...args, '--force'], { cwd: folder, env });
  expect([status, read('sweep.csv')]).toEqual([0, reference]);
  expect(stderr).toMatch(/of 36 runs from the store/);
  // Not even what was being written.
  const files = ['datapackage.json', 'store', 'sweep.csv', 'sweep.svg'];
  expect(readdirSync(folder).sort()).toEqual(files);
});

test('a sweep with one more value runs what is new', async () => {
  const env = { OFFLOADCAGE_CACHE: join(folder, 'store') };
  const rest = [...SHORT, '--variant', 'offloadcage', '--seeds', '1'];
  const sweep = (caps: string) => ['sweep', 'snort', '--vary', `cage.cap=${caps}`, ...rest];
  const small = await offloadcage([...sweep('30:70:10'), '-o', 'x.csv'], {
    cwd: folder,
    env,
  });
  expect(small.stderr).not.toMatch(/from the store/);
  const args = sweep('30:80:10');
  const larger = await offloadcage([...args, '-o', 'y.csv'], { cwd: folder, env });
  expect(larger.stderr).toMatch(/^5 of 6 runs from the store$/m);
  await inFolder([...args, '-o', 'z.csv', '--no-cache']);
  expect(read('y.csv')).toBe(read('z.csv'));
});

test('what is finished is not run again by --resume, nor replaced by another sweep', async () => {
  await inFolder([...SWEEP, '-o', 'sweep.csv']);
  const mtimeMs = () => statSync(join(folder, 'sweep.csv')).mtimeMs;
  const before = mtimeMs();
  expect(await inFolder([...SWEEP, '-o', 'sweep.csv', '--resume'])).toMatchObject({
    status: 0,
    stderr: 'sweep.csv is finished already\n',
  });
  expect(mtimeMs()).toBe(before);
  const another = [...SWEEP, '--set', 'debit=exact', '-o', 'sweep.csv'];
  const refused = await inFolder(another);
  expect(refused.stderr).toMatch(
    /^offloadcage: sweep\.csv: got a file written by `offloadcage sweep snort/,
  );
  expect(refused.status).toBe(2);
  expect(read('sweep.csv')).toBe(reference);
  expect((await inFolder([...another, '--force'])).status).toBe(0);
  expect(read('sweep.csv')).not.toBe(reference);
  writeFileSync(join(folder, 'notes.csv'), 'mine');
  const own = await inFolder([...SWEEP, '-o', 'notes.csv']);
  expect(own.stderr).toMatch(/notes\.csv: got a file not written by this command line/);
  expect([own.status, read('notes.csv')]).toEqual([2, 'mine']);
});

test('tables in one folder share a data package; one of other data is left alone', async () => {
  for (const name of ['b.csv', 'a.csv']) await inFolder([...SWEEP, '-o', name]);
  const paths = () =>
    JSON.parse(read('datapackage.json')).resources.map(({ path }: { path: string }) => path);
  expect(paths()).toEqual(['a.csv', 'a.svg', 'b.csv', 'b.svg']);
  for (const gone of ['a.csv', 'a.svg']) rmSync(join(folder, gone));
  await inFolder([...SWEEP, '-o', 'c.csv']);
  expect(paths()).toEqual(['b.csv', 'b.svg', 'c.csv', 'c.svg']);
  writeFileSync(join(folder, 'datapackage.json'), '{"resources":[{"path":"mine.csv"}]}');
  const { status, stderr } = await inFolder([...SWEEP, '-o', 'd.csv']);
  expect(stderr).toMatch(/datapackage\.json: got a data package not written by/);
  expect([status, existsSync(join(folder, 'd.csv'))]).toEqual([2, false]);
});

test.each(['xlsx', 'parquet', 'jsonl'])(
  '%s: the same bytes with any number of jobs',
  async (kind) => {
    expect((await inFolder([...SWEEP, '-o', `1.${kind}`])).status).toBe(0);
    expect(inThreads(3, [...SWEEP, '--no-cache', '-o', `3.${kind}`]).status).toBe(0);
    const [one, three] = [1, 3].map((jobs) => readFileSync(join(folder, `${jobs}.${kind}`)));
    expect(three).toEqual(one);
    const wrong = await inFolder([...SWEEP, '--format', kind, '-o', 'x.csv']);
    expect(wrong.stderr).toMatch(`--format: got ${kind} for x.csv; allowed: csv`);
    expect(wrong.status).toBe(2);
  },
);

test('a device that is full ends with code 1 and one line', async () => {
  const { status, stdout, stderr } = await inFolder([...SWEEP, '-o', '/dev/full']);
  expect(stderr).toBe('offloadcage: /dev/full: cannot write: the disk is full\n');
  expect([status, stdout, readdirSync(folder)]).toEqual([1, '', []]);
});

test('a device is written to, a folder refused', async () => {
  const link = join(folder, 'out');
  symlinkSync('/dev/null', link);
  expect((await inFolder([...SWEEP, '-o', 'out'])).status).toBe(0);
  expect(readlinkSync(link)).toBe('/dev/null');
  expect(statSync(link).isCharacterDevice()).toBe(true);
  expect(await inFolder([...SWEEP, '-o', '.'])).toMatchObject({ status: 2, stdout: '' });
  expect(readdirSync(folder)).toEqual(['out']);
});

test.each([
  ['of a process that runs', `${process.pid} ${hostname()}`],
  ['of another machine', '1 another-machine'],
  ['that is just being written', ''],
])('a lock %s: a second sweep into the same output is refused', async (_, holder) => {
  writeFileSync(join(folder, 'sweep.csv.lock'), holder);
  const { status, stderr } = await inFolder([...SWEEP, '-o', 'sweep.csv']);
  expect(stderr).toMatch(/lock.*one sweep at a time/);
  expect(status).toBe(2);
  expect(readdirSync(folder)).toEqual(['sweep.csv.lock']);
});

test('a lock of a process that has ended is taken over', async () => {
  // No process has the largest number that there may be.
  writeFileSync(join(folder, 'sweep.csv.lock'), `${2 ** 22 + 1} ${hostname()}`);
  expect((await inFolder([...SWEEP, '-o', 'sweep.csv'])).status).toBe(0);
  expect(readdirSync(folder)).not.toContain('sweep.csv.lock');
});

test('a file that cannot grow ends with code 1 and one line, and nothing is lost', () => {
  const command = [process.execPath, bin, ...SWEEP, '--quiet', '-o', 'sweep.csv'];
  // A limit on the size of files stops the writing as a full disk does, but not that of small ones.
  const script = 'ulimit -f 2 && exec "$@"';
  const env = { ...process.env, OFFLOADCAGE_CACHE: join(folder, 'store') };
  const limited = spawnSync('sh', ['-c', script, 'sh', ...command], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  expect(limited.stderr).toMatch(/^offloadcage: sweep\.csv: cannot write: .*\n$/);
  expect([limited.status, readdirSync(folder)]).toEqual([1, ['store']]);
  const again = offloadcageProcess([...SWEEP, '-o', 'sweep.csv'], { cwd: folder, env });
  expect([again.status, read('sweep.csv')]).toEqual([0, reference]);
  expect(again.stderr).toMatch(/of 36 runs from the store/);
});

test.each<[string, readonly string[], (at: (name: string) => string) => void]>([
  ['another kind of file', ['-o', 'x.tsv'], () => {}],
  ['another kind of file than --format', ['-o', 'x.csv', '--format', 'jsonl'], () => {}],
  ['a part that is named as a table', ['-o', 'x.csv', '--shard', '1/2'], () => {}],
  ['a part without a name', ['--shard', '1/2'], () => {}],
  ['stdout for the table and for JSON', ['-o', '-', '--json'], () => {}],
  ['a folder', ['-o', '.'], () => {}],
  ['a file of somebody else', ['-o', 'x.csv'], (at) => writeFileSync(at('x.csv'), 'mine')],
  ['a drawing of somebody else', ['-o', 'x.csv'], (at) => writeFileSync(at('x.svg'), 'mine')],
  ['a folder with other data', ['-o', 'x'], (at) => writeFileSync(at('datapackage.json'), '{}')],
  ['no part of a sweep', ['-o', 'x', '--shard', '1/2'], (at) => writeFileSync(at('x'), 'mine')],
  ['a file for a folder', ['-o', 'x/y.csv'], (at) => writeFileSync(at('x'), 'mine')],
  [
    'a lock',
    ['-o', 'x.csv'],
    (at) => writeFileSync(at('x.csv.lock'), `${process.pid} ${hostname()}`),
  ],
  ['a name that is too long', ['-o', `${'x'.repeat(250)}.csv`], () => {}],
])('--dry-run refuses what the run refuses: %s', async (_, args, prepare) => {
  prepare((name) => join(folder, name));
  const before = readdirSync(folder);
  const [tried, run] = [
    await inFolder([...SWEEP, ...args, '--dry-run']),
    await inFolder([...SWEEP, ...args]),
  ];
  expect(run.status).toBe(2);
  expect(run.stderr).toMatch(/^offloadcage: .*; allowed: .*\n$/);
  expect(tried).toEqual(run);
  expect(readdirSync(folder)).toEqual(before);
});

test('--emit: however flags are spelt, the script is the same', async () => {
  const rest = ['--vary', 'cage.cap=30:50:10', '--emit', 'parallel'];
  const scripts = [
    ['snort', '-o', 'out/x.csv', '--format', 'long', '--shards', '3', '--jobs', '9', ...rest],
    ['-oout/x.csv', '--format=long', '--shards=3', '--quiet', ...rest, '--', 'snort'],
    ['--out=out/x.csv', '--format=long', ...rest, '--shards=3', 'snort'],
  ].map(async (args) => (await inFolder(['sweep', ...args])).stdout);
  const [first = '', ...others] = await Promise.all(scripts);
  expect(others).toEqual([first, first]);
  expect(first.split('\n').slice(2)).toEqual([
    "part='offloadcage sweep snort --vary cage.cap=30:50:10 --jobs 1 --resume --quiet " +
      `--shard "$1"/3 -o out/parts/"$1".part'`,
    'export part',
    `seq 3 | parallel 'sh -c "$part" part {}'`,
    'offloadcage sweep merge out/parts/1.part out/parts/2.part out/parts/3.part --format long ' +
      '-o out/x.csv',
    '',
  ]);
  writeFileSync(join(folder, 'x.csv'), 'mine');
  const { status, stderr } = await inFolder([...SWEEP, '--emit', 'slurm', '-o', 'x.csv']);
  expect([status, stderr]).toEqual([2, expect.stringMatching(/^offloadcage: x\.csv: got a file/)]);
});

test('wrong paths name the nearest', async () => {
  const { status, stderr } = await inFolder([
    'sweep',
    'snort',
    '--vary',
    'cage.cpa=1,2',
    '-o',
    'x',
  ]);
  expect(stderr).toMatch(/--vary: got path "cage.cpa".*did you mean cage\.cap\?/);
  expect(status).toBe(2);
});
