/** `--set` of `reproduce` and `run`: the same as an edited copy, and not taken for the original. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { experimentFile } from '../../src/files/shipped.js';
import { offloadcage } from './offloadcage.js';

const cwd = mkdtempSync(join(tmpdir(), 'offloadcage-set-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const run = (...args: string[]) => offloadcage(args, { cwd });
const SHORT = ['--variant', 'offloadcage', '--seeds', '2', '--duration', '1'];

/** What is printed as JSON, without where it went. */
async function resultOf(...args: string[]) {
  const { stdout, stderr, status } = await run(...args, ...SHORT, '--json');
  expect([stderr, status]).toEqual([expect.any(String), 0]);
  const { files, ...result } = JSON.parse(stdout);
  return { files, result };
}

const SETS = ['--set', 'snort_packet=12.56', '--set', 'cage.cap=60'];

describe('reproduce --set', () => {
  test('is a run of a copy that says the same, and its claims are as little judged', async () => {
    const text = readFileSync(experimentFile('snort'), 'utf8')
      .replace(
        'cap: 50 }\n\nsubject',
        'cap: 60 }\nmachine_values: { snort_packet: 12.56 }\nsubject',
      )
      .replace(/^# yaml.*\n/, '');
    expect(text).toContain('machine_values');
    writeFileSync(join(cwd, 'copy.yaml'), text);
    const copy = await resultOf('run', 'copy.yaml', '--out', 'copy');
    const { result, files } = await resultOf('reproduce', 'snort', ...SETS);
    const set = ['cages.cage.cap=60', 'machine_values.snort_packet=12.56'];
    expect(result).toEqual({ ...copy.result, set });
    expect(copy.result.set).toEqual([]);
    expect(result.unjudged[0].reason).toMatch(/^not the shipped snort: .*12.56 us instead of 6.28/);
    expect(files[0]).toMatch(/^results.snort-cages\.cage\.cap=60-machine_values.*-offloadcage./);
  });

  test('is what the sweep has at that point', async () => {
    const { result } = await resultOf('reproduce', 'fig4', ...SETS, '--out', 'again');
    const metric = 'total_cpu_pct';
    const sweep = ['sweep', 'snort', ...SETS, ...SHORT, '--metrics', metric, '-o', 'table.csv'];
    expect((await run(...sweep)).status).toBe(0);
    const [head = '', ...rows] = readFileSync(join(cwd, 'table.csv'), 'utf8').trim().split('\n');
    const at = head.split(',').findIndex((name) => name.startsWith(metric));
    const values = rows.map((row) => Number(row.split(',')[at]));
    const mean = values.reduce((sum, value) => sum + value, 0) / 2;
    expect(result.variants.offloadcage.summary[metric].mean).toBeCloseTo(mean, 6);
  });

  test('says it in the report, on figures, and in the record, however it was said', async () => {
    const first = await run('reproduce', 'fig4', '--set', 'cap=1', ...SHORT, '--out', 'x');
    expect([first.status, first.stderr]).toEqual([2, expect.stringContaining('one of domains')]);
    const { stdout } = await run('reproduce', 'fig4', ...SETS, ...SHORT, '--out', 'said');
    const said = '(cages.cage.cap=60, machine_values.snort_packet=12.56)';
    expect(stdout.replaceAll('\n', ' ')).toContain(`Snort watches a web server ${said}`);
    const read = (name: string) => readFileSync(join(cwd, 'said', name), 'utf8');
    expect(read('figure-4.svg')).toContain('machine_values.snort_packet=12.56');
    expect(JSON.parse(read('datapackage.json'))).toMatchObject({
      title: `Snort watches a web server ${said}`,
      offloadcage: {
        written_by:
          'offloadcage reproduce fig4 --set cages.cage.cap=60 ' +
          '--set machine_values.snort_packet=12.56 --variant offloadcage',
      },
    });
    // Other words for the same, in another order, may replace it; nothing else may.
    const other = ['--set', 'cages.cage.cap=60.0', '--set', 'machine_values.snort_packet=12.56'];
    const again = await run('reproduce', 'fig4', ...other, ...SHORT, '--out', 'said', '--quiet');
    expect([again.stderr, again.status]).toEqual(['', 0]);
    const plain = await run('reproduce', 'fig4', ...SHORT, '--out', 'said');
    expect([plain.status, plain.stderr]).toEqual([2, expect.stringContaining('--set cages.cage')]);
  });
});

test('run --set ignores what the definition would sweep', async () => {
  const block = '\nsweep:\n  vary: { cage.cap: [30, 40] }\n';
  writeFileSync(
    join(cwd, 'swept.yaml'),
    `${readFileSync(experimentFile('snort'), 'utf8')}${block}`,
  );
  const { result } = await resultOf('run', 'swept.yaml', '--set', 'httperf.rate=100');
  expect(result.set).toEqual(['clients.httperf.rate=100']);
});

test.each([
  [
    'reproduce snort --set web_reqest=60',
    '--set: got path "web_reqest"; .*did you mean web_request',
  ],
  ['reproduce snort --set web_request=0', 'web_request: got 0; allowed: 0.002 to 1000000 us'],
  ['reproduce snort --set web_request', '--set: got "web_request"; allowed: path=value'],
  ['reproduce snort --set cage.cap=40 --set cages.cage.cap=50', '--set: got cages.cage.cap twice'],
  ['reproduce snort --set duration=2s --duration 3', '--set: got duration twice; allowed: once'],
  ['reproduce snort --set cage.cap=40 --duration x', '--duration: got "x"'],
  ['reproduce fig7 --set cage.cap=40', 'cages.cage.cap; allowed: a variant that has cages.cage'],
  ['reproduce all --set cage.cap=40', '--set: got cage.cap=40 with all; allowed: with a single'],
])('refuses %s', async (line, message) => {
  const { status, stderr } = await run(...line.split(' '));
  expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
