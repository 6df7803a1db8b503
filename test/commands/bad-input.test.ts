/** Wrong input: exit code 2, one line on stderr, nothing written. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { offloadcage, root } from './offloadcage.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-bad-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function expectRefusal(args: readonly string[], message: RegExp): Promise<void> {
  const before = readdirSync(folder);
  const { status, stdout, stderr } = await offloadcage(args, { cwd: folder });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toContain('internal error');
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(readdirSync(folder)).toEqual(before);
}

describe('the command line', () => {
  test.each<[string, string[], RegExp]>([
    [
      'an unknown experiment',
      ['reproduce', 'snrot'],
      /"snrot"; did you mean snort\? allowed: what `offloadcage list` shows, or all$/m,
    ],
    ['nearly all', ['reproduce', 'al'], /"al"; did you mean all\?/],
    ['all where one is meant', ['show', 'all'], /"all"; allowed: what `offloadcage list` shows$/m],
    [
      'variants of all experiments',
      ['reproduce', 'all', '--variant', 'offload'],
      /^offloadcage: --variant: got offload with all; allowed: with a single experiment only$/m,
    ],
    [
      'a duration of too many samples',
      ['reproduce', 'all', '--duration', '1.2345678'],
      /--duration: got 1\.2345678s, 6172839 samples of 200ns; allowed: at most 100000 samples/,
    ],
    ['no place for all', ['reproduce', 'all', '--out', ''], /output folder: got an empty path/],
    ['an unknown experiment to show', ['show', 'snortt'], /snortt.*did you mean snort\?/],
    [
      'a negative duration',
      ['reproduce', 'snort', '--duration=-5s'],
      /--duration: got "-5s"; allowed: .*, more than 0$/m,
    ],
    [
      'a duration of nothing',
      ['reproduce', 'snort', '--duration', '0'],
      /--duration: got "0"; allowed: .*, more than 0$/m,
    ],
    [
      'a duration in another unit',
      ['reproduce', 'snort', '--duration', '5x'],
      /--duration: got "5x"; allowed: .*seconds, or a number with ns, .*, min or h \(.*h\)$/m,
    ],
    ['a negative duration of a sweep', ['sweep', 'snort', '--duration=-5s'], /got "-5s"; allowed/],
    ['an unknown variant', ['reproduce', 'snort', '--variant', 'offlod'], /offlod.*offload\?/],
    ['a missing file', ['run', 'none.yaml'], /none\.yaml: no such file/],
    ['a trace of an unknown experiment', ['trace', 'snrot', '-o', 't'], /did you mean snort\?/],
    ['a trace of a missing file', ['trace', 'none.yaml', '-o', 't'], /none\.yaml: no such file/],
    [
      'an unknown variant to trace',
      ['trace', 'snort', '-o', 't', '--variant', 'offlod'],
      /offload\?/,
    ],
    ['a trace from nowhere', ['trace', 'snort', '-o', 't', '--from', 'x'], /--from.*"x".*allowed/],
    ['a trace before 0', ['trace', 'snort', '-o', 't', '--from=-1s'], /--from.*-1s.*allowed: 0s/],
    ['a trace after the end', ['trace', 'snort', '-o', 't', '--from', '60s'], /60s.*allowed.*60s/],
    ['a trace of nothing', ['trace', 'snort', '-o', 't', '--for', '0'], /--for: got 0s; allowed/],
    [
      'a trace beyond the end',
      ['trace', 'snort', '-o', 't', '--from', '59s', '--for', '2s'],
      /--for: got 2s; allowed: more than 0s, at most 1s from 59s to the run's end at 60s/,
    ],
    ['a trace into a folder', ['trace', 'snort', '-o', '.'], /--out: got "\."/],
    [
      'a trace into no folder',
      ['trace', 'snort', '-o', 'none/t'],
      /none\/t: cannot write.*allowed/,
    ],
    ['a missing file to show', ['show', 'none.yaml'], /none\.yaml: no such file/],
  ])('%s', (_, args, message) => expectRefusal(args, message));
});

/** What the framework finds is said in the same form. */
test.each([
  ['reproduse snort', 'command: got "reproduse"; did you mean reproduce? allowed: what `'],
  ['help nosuch', 'command: got "nosuch"; allowed: one that `offloadcage --help` lists'],
  ['reproduce', 'experiment: got nothing; allowed: name of an experiment or figure (see `list`)'],
  ['list all', 'list: got "all"; allowed: no argument'],
  ['list -- all', 'arguments: got "all"; allowed: none'],
  ['metrics snort loop', 'arguments: got "snort", "loop"; allowed: experiment only'],
  ['reproduce snort --sed 1', '--sed: got an unknown flag; allowed: --json, '],
  ['reproduce snort --seeds 0', '--seeds: got 0; allowed: a whole number, at least 1'],
  ['reproduce snort --seed=-1', '--seed: got -1; allowed: a whole number, at least 0'],
  [
    'calibrate --seeds 5000000000',
    '--seeds: got 5000000000; allowed: a whole number, at most 10000',
  ],
  ['calibrate --rounds 1001', '--rounds: got 1001; allowed: a whole number, at most 1000'],
  [
    'run mine.yaml --max-seeds 30',
    '--max-seeds: got no --precision; allowed: with --precision only',
  ],
  [
    'verify M1 --precision 1 --max-seeds 19',
    '--max-seeds: got 19; allowed: a whole number, at least 20',
  ],
  [
    'reproduce loop --precision 1 --seeds 100',
    '--max-seeds: got 100; allowed: more than the 100 seeds to begin with, up to 10000',
  ],
  [
    'verify M1 --precision 0%',
    '--precision: got "0%"; allowed: points such as 0.5, percent of the mean such as 1%, or 0.5,1%',
  ],
  ['verify --readings --precision 1', '--precision: got --readings, too; allowed: one of them'],
  ['reproduce snort --jobs 0.5', '--jobs: got 0.5; allowed: a whole number'],
  ['reproduce snort --jobs', '--jobs: got nothing; allowed: a value'],
  ['reproduce snort --seed 1 --seed 2', '--seed: got it twice; allowed: once'],
  ['reproduce snort --variant offlod --seeds 1', '--variant: got "offlod"; allowed: offloadcage, '],
  ['trace snort', '--out: got nothing; allowed: a value'],
  [
    'verify --format tab',
    '--format: got "tab"; allowed: text, junit, tap, markdown; did you mean tap?',
  ],
  ['verify --format junit --json', '--format: got --json, too; allowed: one of them'],
  ['verify --sensitivity --points 2', '--points: got 2; allowed: a whole number, at least 8'],
  ['verify --sensitivity --readings', '--readings: got --sensitivity, too; allowed: one of them'],
  [
    'verify --out here',
    '--out: got none of --sensitivity, --readings; allowed: with one of --sensitivity, --readings',
  ],
  ['verify --format tap --readings', '--format: got --readings, too; allowed: one of them'],
  ['verify --points 20', '--points: got no --sensitivity; allowed: with --sensitivity only'],
  ['reproduce snort -v --quiet', '--verbose: got --quiet, too; allowed: one of them'],
  ['reproduce snort --charts all --json', '--charts: got --json, too; allowed: one of them'],
  ['run my.yaml -v --json', '--verbose: got --json, too; allowed: one of them'],
  ['sweep snort -o x.csv --resume --force', '--resume: got --force, too; allowed: one of them'],
  ['sweep snort -o x --shard 0/2', '--shard: got "0/2"; allowed: i/n with 1 <= i <= n, e.g. 2/8'],
  ['sweep snort -o x --shard 2', '--shard: got "2"; allowed: i/n with 1 <= i <= n, e.g. 2/8'],
  ['sweep snort -o x --shard 1/2 --aggregate', '--shard: got --aggregate, too; allowed: one of'],
  ['sweep snort -o - --chart idle_pct', '--chart: got it with --out -; allowed: with a file'],
  ['init con', 'name: got "con"; allowed: a name that Windows does not reserve for a device, as'],
  ['verify --format tap --sensitivity', '--format: got --sensitivity, too; allowed: one of them'],
])('%s: %s', async (line, message) => {
  const { status, stderr } = await offloadcage(line.split(' '), { cwd: folder });
  expect(stderr.startsWith(`offloadcage: ${message}`)).toBe(true);
  expect(stderr.indexOf('\n')).toBe(stderr.length - 1);
  expect(status).toBe(2);
});

test('with --json an unknown command is an object on stdout, too', async () => {
  const { status, stdout, stderr } = await offloadcage(['nosuch', '--json']);
  const message = 'command: got "nosuch"; allowed: what `offloadcage --help` lists';
  expect(stderr).toBe(`offloadcage: ${message}\n`);
  expect(JSON.parse(stdout)).toEqual({ error: { message, code: 2 } });
  expect(status).toBe(2);
});

test('a broken definition names file, line and field', async () => {
  writeFileSync(join(folder, 'mine.yaml'), 'id: mine\ntitle: Mine\nduraton: 10s\n');
  await expectRefusal(
    ['run', 'mine.yaml'],
    /^offloadcage: mine\.yaml:3:1: duraton: .*duration\?$/m,
  );
});

test('a part of the variants does not replace all of them', async () => {
  const names = ['offloadcage.csv', 'offload.csv'];
  for (const name of names) writeFileSync(join(folder, name), '');
  const resources = names.map((path) => ({ path }));
  const origin = { written_by: 'offloadcage reproduce snort' };
  const descriptor = JSON.stringify({ name: 'snort', offloadcage: origin, resources });
  writeFileSync(join(folder, 'datapackage.json'), descriptor);
  const args = ['reproduce', 'snort', '--variant', 'offloadcage', '--out', folder];
  await expectRefusal(args, /got files written by `offloadcage reproduce snort`; allowed: /);
});

test('files of other programs are not replaced', async () => {
  for (const name of ['summary.csv', 'points.csv', 'claims.csv']) {
    writeFileSync(join(folder, name), 'mine\n');
  }
  const refused = (names: string) => new RegExp(`got ${names} not written by this command line`);
  await expectRefusal(['reproduce', 'fig4', '--out', folder], refused('claims.csv, summary.csv'));
  await expectRefusal(['reproduce', 'all', '--out', folder], refused('claims.csv'));
  await expectRefusal(['verify', 'S1', '--sensitivity', '--out', folder], refused('points.csv'));
});

test('with --json the error is an object on stdout, with the same exit code', async () => {
  const { status, stdout, stderr } = await offloadcage(['reproduce', 'snrot', '--json']);
  const { error } = JSON.parse(stdout);
  expect(Object.keys(error)).toEqual(['message', 'code']);
  expect(error.code).toBe(2);
  expect(stderr).toBe(`offloadcage: ${error.message}\n`);
  expect(status).toBe(2);
});

test('with --json a wrong flag is an object of the same form', async () => {
  const { status, stdout } = await offloadcage(['list', '--jsn', '--json']);
  expect(JSON.parse(stdout)).toEqual({ error: { message: expect.any(String), code: 2 } });
  expect(status).toBe(2);
});

test('DEBUG shows where an error comes from', async () => {
  const { stderr } = await offloadcage(['reproduce', 'snrot'], { env: { DEBUG: '1' } });
  expect(stderr).toMatch(/\n {4}at /);
});

test('what a definition says to no effect is a line on stderr, and no error', async () => {
  const text = readFileSync(join(root, 'experiments/snort.yaml'), 'utf8');
  // Snort runs in vm1 without offload.
  writeFileSync(join(folder, 'mine.yaml'), text.replace('cage: null', 'cage: { enforce: false }'));
  const { status, stderr } = await offloadcage(['show', 'mine.yaml'], { cwd: folder });
  expect(stderr).toMatch(/^offloadcage: warning: mine\.yaml:\d+:\d+: cages\..*: snort adds/);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(status).toBe(0);
});
