/** What the same command line wrote is replaced, anything else only with `--force`. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { offloadcage, root } from './offloadcage.js';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'offloadcage-replace-'));
});

afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const run = (...args: string[]) => offloadcage(args, { cwd });
const names = (folder: string) => readdirSync(join(cwd, folder)).sort();
const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
const SHORT = ['--seeds', '1', '--quiet'];

const definition = (variants: string, figure = 1) => `
id: mine
title: Mine
machine: athlon-xen33
duration: 1s
warmup: 0s
sample: 1s
seeds: 1
domains: { vm1: {} }
processes: { loop: { program: loop, domain: vm1 } }
variants: { ${variants} }
figures:
  - id: use
    number: ${figure}
    title: Use
    y_label: CPU
    lines: [{ metric: idle_pct, label: idle }]
`;

function write(path: string, text: string): void {
  mkdirSync(join(cwd, path, '..'), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

describe('results', () => {
  test('of an edited file replace those of before and what is left over; notes stay', async () => {
    write('my.yaml', definition('old: { title: Old }'));
    expect((await run('run', 'my.yaml', ...SHORT)).stderr).toBe('');
    expect(names('results/mine')).toEqual(expect.arrayContaining(['figure-1.svg', 'old.csv']));
    write('results/mine/notes.txt', 'mine');
    write('my.yaml', definition('new: { title: New }', 2));
    expect((await run('run', './my.yaml', ...SHORT)).stderr).toBe('');
    const now = names('results/mine');
    expect(now).toEqual(expect.arrayContaining(['figure-2.svg', 'new.csv', 'notes.txt']));
    for (const gone of ['figure-1.svg', 'old.csv']) expect(now).not.toContain(gone);
    // Of the user's own, under a name that the next run writes.
    write('results/mine/newer.csv', 'mine');
    write('my.yaml', definition('newer: { title: Newer }'));
    const refused = await run('run', 'my.yaml', ...SHORT);
    expect(refused.stderr).toMatch(
      /results\/mine: got newer\.csv not written by this command line/,
    );
    expect([refused.status, read('results/mine/newer.csv')]).toEqual([2, 'mine']);
  });

  test('of another file of the same id are refused, and replaced by --force', async () => {
    write('a/base.yaml', definition('a: { title: A }'));
    write('b/base.yaml', definition('b: { title: B }'));
    await run('run', 'a/base.yaml', ...SHORT);
    const before = read('results/mine/summary.csv');
    const refused = await run('run', 'b/base.yaml', ...SHORT, '--json');
    expect(refused.status).toBe(2);
    expect(JSON.parse(refused.stdout).error.message).toBe(
      'results/mine: got files written by `offloadcage run ../../a/base.yaml`; ' +
        'allowed: another name or folder, or --force to replace it',
    );
    expect(read('results/mine/summary.csv')).toBe(before);
    expect((await run('run', 'b/base.yaml', ...SHORT, '--force')).status).toBe(0);
    expect(names('results/mine')).toContain('b.csv');
    expect(names('results/mine')).not.toContain('a.csv');
    expect(JSON.parse(read('results/mine/datapackage.json')).offloadcage.written_by).toBe(
      'offloadcage run ../../b/base.yaml',
    );
  });

  test('of a changed copy do not replace those of the shipped experiment', async () => {
    cpSync(join(root, 'experiments/loop.yaml'), join(cwd, 'copy.yaml'));
    const short = [...SHORT, '--duration', '1'];
    expect((await run('reproduce', 'loop', ...short)).status).toBe(0);
    const shipped = join(root, 'experiments/loop.yaml');
    expect((await run('run', shipped, ...short)).status).toBe(0);
    const refused = await run('run', 'copy.yaml', ...short);
    expect(refused.stderr).toMatch(/loop: got files written by `offloadcage reproduce loop`/);
    // A figure has a folder of its own, with a source of its own.
    expect((await run('reproduce', 'fig10', ...short)).status).toBe(0);
    expect((await run('reproduce', 'fig10', ...short)).status).toBe(0);
    const figure = await run('reproduce', 'fig10', ...short, '--out', 'results/loop');
    expect(figure.status).toBe(2);
    const all = await run('reproduce', 'all', ...short, '--out', 'results/loop');
    expect(all.stderr).toMatch(/results of one experiment/);
  });
});

test('a trace of another command line is refused', async () => {
  const trace = ['trace', 'loop', '--for', '1ms', '-o', 'x.json'];
  expect((await run(...trace)).status).toBe(0);
  expect((await run(...trace)).status).toBe(0);
  expect(JSON.parse(read('x.json')).otherData.written_by).toMatch(
    /^offloadcage trace loop --variant [\w-]+ --seed 1 --from 0s --for 1ms$/,
  );
  const other = await run(...trace, '--seed', '2');
  expect(other.stderr).toMatch(/^offloadcage: x\.json: got a file written by `offloadcage trace/);
  expect(other.status).toBe(2);
  expect((await run(...trace, '--seed', '2', '--force')).status).toBe(0);
});

test('the table of an edited sweep is replaced, that of another command line is not', async () => {
  const block = (rates: string) =>
    `${definition('a: { title: A }')}sweep: { vary: { duration: [${rates}] } }\n`;
  write('my.yaml', block('1s, 2s'));
  const sweep = ['sweep', 'my.yaml', '--quiet', '-o', 'out/x.csv'];
  expect((await run(...sweep)).stderr).toBe('');
  const before = read('out/x.csv');
  write('my.yaml', block('1s, 3s'));
  expect((await run(...sweep)).stderr).toBe('');
  expect(read('out/x.csv')).not.toBe(before);
  const other = await run(...sweep, '--seeds', '2');
  expect(other.stderr).toMatch(
    /x\.csv: got a file written by `offloadcage sweep \.\.\/my\.yaml`; allowed: /,
  );
  expect(other.status).toBe(2);
  expect((await run(...sweep, '--seeds', '2', '--force')).status).toBe(0);
  write('out/datapackage.json', '{"resources":[{"path":"mine.csv"}]}');
  expect((await run(...sweep, '--seeds', '2')).stderr).toMatch(/got a data package not written by/);
  expect((await run(...sweep, '--seeds', '2', '--force')).status).toBe(0);
  expect(read('out/datapackage.json')).toContain('x.csv');
});

test('readings of the same claims are replaced, those of others are not', async () => {
  const ask = ['verify', '--readings', '--seeds', '2', '--duration', '1s', '--quiet'];
  const here = ['--out', 'here'];
  expect((await run(...ask, 'M2', ...here)).status).toBe(0);
  expect(names('here')).toEqual(['choices.csv', 'datapackage.json', 'matrix.csv', 'readings.md']);
  const before = read('here/matrix.csv');
  expect((await run(...ask, 'M2', ...here)).status).toBe(0);
  expect(read('here/matrix.csv')).toBe(before);
  const refused = await run(...ask, 'M3', ...here);
  expect([refused.status, refused.stderr]).toEqual([
    2,
    expect.stringMatching(/here: got files written by `offloadcage verify --readings M2 --seeds 2/),
  ]);
  expect((await run(...ask, 'M3', ...here, '--force')).status).toBe(0);
  expect(read('here/matrix.csv')).not.toBe(before);
});

test('a sensitivity survey of another command line is refused', async () => {
  const survey = ['verify', '--sensitivity', '--points', '8', '--duration', '1s', '--quiet'];
  write('here/points.csv', 'mine');
  const refused = await run(...survey, 'M1', '--out', 'here');
  expect(refused.stderr).toMatch(/here: got points\.csv not written by this command line/);
  expect([refused.status, existsSync(join(cwd, 'here/effects.csv'))]).toEqual([2, false]);
});
