/** What `sweep` draws, on stdout and beside the table. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCsv } from '../output/csv-reader.js';
import { expectWellFormed } from '../output/well-formed.js';
import { offloadcage } from './offloadcage.js';

const SHORT = ['--duration', '100ms', '--set', 'sample=100ms', '--set', 'warmup=0s'];
const METRICS = ['--metrics', 'ids_cpu_pct,throughput_rps'];
const COMMON = ['--variant', 'offloadcage', '--seeds', '2', ...SHORT];
const CAPS = ['sweep', 'snort', '--vary', 'cage.cap=30:50:10', ...COMMON];
const MAP = [...CAPS, '--vary', 'httperf.rate=500,1000', ...METRICS];

let folder: string;

const inFolder = (args: readonly string[], env = {}) => offloadcage(args, { cwd: folder, env });
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const withoutCode = (text: string) => !text.includes('\u001b');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-charts-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('sweep', () => {
  test('prints a telling metric over one parameter and writes it as SVG', async () => {
    const { status, stdout, stderr } = await inFolder([...CAPS, '-o', 'cap.csv']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Replies by cap of the cage\n/m);
    expect(withoutCode(stdout)).toBe(true);
    expect(stderr).toContain('wrote cap.csv, cap.svg');
    expect(readdirSync(folder).sort()).toEqual(['cap.csv', 'cap.svg', 'datapackage.json']);
    expectWellFormed(read('cap.svg'));
    const { resources } = JSON.parse(read('datapackage.json'));
    expect(resources.map(({ path }: { path: string }) => path)).toEqual(['cap.csv', 'cap.svg']);
  });

  test('draws the first of --metrics over two parameters; --chart takes others', async () => {
    expect((await inFolder([...MAP, '-o', 'a.csv'])).stdout).toMatch(
      /^Snort, charged \(CR3\) by cap of the cage and request rate of httperf\n/m,
    );
    const { stdout } = await inFolder([
      ...MAP,
      '--chart',
      'throughput_rps,ids_cpu_pct',
      '-o',
      'b.csv',
    ]);
    const titles = stdout.split('\n').filter((line) => line.includes(' by cap of '));
    expect(titles.map((line) => line.split(' ')[0])).toEqual(['Replies', 'Snort,']);
  });

  test('the means come first, as they are in the aggregated table', async () => {
    const { stdout } = await inFolder([...MAP, '-o', 'a.csv', '--aggregate', '--no-charts']);
    const rows = readCsv(read('a.csv')).slice(1);
    const body = stdout
      .slice(stdout.indexOf('───'))
      .split('\n')
      .slice(1, 1 + rows.length);
    expect(
      body.map((line) =>
        line
          .match(/\d[\d.]*/g)
          ?.slice(0, 3)
          .map(Number),
      ),
    ).toEqual(rows.map(([cap, rate, , mean]) => [cap, rate, Number(mean).toFixed(2)].map(Number)));
    expect(stdout).toContain('2 seeds are few');
  });

  test('--no-charts and --quiet print none and write the same; --json lists the file', async () => {
    const drawn = await inFolder([...MAP, '-o', 'a.csv', '--no-charts']);
    expect(drawn.stdout).toMatch(/^Means of 2 seeds/);
    expect(drawn.stdout).not.toContain(' by cap of ');
    const quiet = await inFolder([...MAP, '-o', 'b.csv', '--quiet']);
    expect([quiet.stdout, quiet.stderr]).toEqual(['', '']);
    const { stdout } = await inFolder([...MAP, '-o', 'c.csv', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'c.csv',
      files: ['c.csv', 'c.svg', 'datapackage.json'],
    });
    expect(read('b.svg')).toBe(read('a.svg'));
    expect(read('c.svg')).toBe(read('a.svg'));
  });

  test('a table on stdout has no charts', async () => {
    const { stdout } = await inFolder([...MAP, '-o', '-']);
    expect(stdout).toMatch(/^cages\.cage\.cap,/);
    expect(stdout).not.toContain(' by cap of ');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('says in a line why three parameters have no chart', async () => {
    const { status, stdout, stderr } = await inFolder([
      ...MAP,
      ...['--vary', 'debit=exact,sampled', '-o', 'x.csv'],
    ]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Means of 2 seeds/);
    expect(stdout).not.toContain(' by cap of ');
    expect(stderr).toMatch(/^no chart: 3 axes; fix all but two with --set/m);
    expect(readdirSync(folder).sort()).toEqual(['datapackage.json', 'x.csv']);
  });

  test('a chart of a former sweep does not stay beside a table without one', async () => {
    expect((await inFolder([...CAPS, '-o', 'x.csv'])).status).toBe(0);
    const plain = ['sweep', 'snort', ...COMMON, '-o', 'x.csv', '--force'];
    expect((await inFolder(plain)).stderr).toMatch(/no chart: no parameter varies/);
    expect(readdirSync(folder).sort()).toEqual(['datapackage.json', 'x.csv']);
    expect(read('datapackage.json')).not.toContain('x.svg');
  });

  test.each([
    [
      'a metric that there is not',
      ['--chart', 'thoughput_rps', '-o', 'x'],
      /did you mean throughput_rps\?/,
    ],
    [
      'one that is not among --metrics',
      ['--chart', 'total_cpu_pct', '-o', 'x'],
      /--chart: got .*ids_cpu_pct/,
    ],
    ['a table with the ending of its chart', ['--out=x.svg'], /got "x\.svg" for a table; allowed/],
  ])('refuses %s', async (_, args, message) => {
    const { status, stdout, stderr } = await inFolder([...MAP, ...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('does not replace a drawing that is not its own, unless --force', async () => {
    writeFileSync(join(folder, 'x.svg'), 'mine');
    const { status, stderr } = await inFolder([...MAP, '-o', 'x.csv']);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /x\.svg: got a file not written by this command line; allowed: .*--force/,
    );
    expect(readdirSync(folder)).toEqual(['x.svg']);
    expect(read('x.svg')).toBe('mine');
    expect((await inFolder([...MAP, '-o', 'x.csv', '--force'])).status).toBe(0);
    expectWellFormed(read('x.svg'));
  });

  test('colour follows NO_COLOR and FORCE_COLOR', async () => {
    const coloured = (await inFolder([...MAP, '-o', 'x.csv'], { FORCE_COLOR: '1' })).stdout;
    expect(withoutCode(coloured)).toBe(false);
    const plain = (await inFolder([...MAP, '-o', 'x.csv'], { FORCE_COLOR: '1', NO_COLOR: '1' }))
      .stdout;
    expect(withoutCode(plain)).toBe(true);
  });
});

describe('sweep merge', () => {
  test('draws the same as the sweep in one piece; parts have no charts', async () => {
    const args = [...MAP, '--chart', 'throughput_rps'];
    const whole = await inFolder([...args, '-o', 'whole.csv']);
    for (const i of [1, 2]) {
      expect((await inFolder([...args, '--shard', `${i}/2`, '-o', `${i}.part`])).stdout).toBe('');
    }
    const parts = ['sweep', 'merge', '1.part', '2.part'];
    expect((await inFolder([...parts, '-o', 'merged.csv'])).stdout).toBe(whole.stdout);
    expect(read('merged.svg')).toBe(read('whole.svg'));
    const other = await inFolder([...parts, '--chart', 'ids_cpu_pct', '-o', 'other.csv', '--json']);
    expect(JSON.parse(other.stdout).files).toEqual(['other.csv', 'other.svg', 'datapackage.json']);
    expect(read('other.svg')).toContain('Snort, charged (CR3) by cap of the cage');
    const unknown = await inFolder([...parts, '--chart', 'x', '-o', 'y.csv']);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toMatch(/--chart: got "x"; allowed: ids_cpu_pct, throughput_rps/);
  });
});
