/** `compare`: what it makes of variants that are run, of files and of folders of results. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCsv } from '../output/csv-reader.js';
import { offloadcage, root } from './offloadcage.js';

const folder = mkdtempSync(join(tmpdir(), 'offloadcage-compare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (...args: string[]) => offloadcage(['compare', ...args], { cwd: folder });

/** A web load and a loop, which takes what the cap leaves. */
const MINE = `id: mine
title: Mine
duration: 2s
warmup: 500ms
seeds: 3
domains:
  vm1: {}
processes:
  web: { program: webserver, domain: vm1 }
  job: { program: loop, domain: vm1, nice: 19 }
  snort: { program: snort, domain: dom0, watches: vm1 }
clients:
  c: { target: web, rate: 500 }
subject: { vm: vm1, ids: snort }
variants:
  open: { title: open }
  capped: { title: capped, domains: { vm1: { cap: 20 } } }
`;

beforeAll(async () => {
  writeFileSync(join(folder, 'mine.yaml'), MINE);
  const { status } = await offloadcage(['run', 'mine.yaml', '--quiet', '--out', 'results/mine'], {
    cwd: folder,
  });
  expect(status).toBe(0);
});

interface Compared {
  readonly sides: readonly { readonly name: string; readonly seeds: readonly number[] }[];
  readonly metrics: readonly {
    readonly name: string;
    readonly means: readonly ({ readonly mean: number } | null)[];
    readonly differences: readonly ({
      readonly mean: number;
      readonly ci95: readonly [number, number] | null;
      readonly paired: boolean;
    } | null)[];
  }[];
}

async function compared(...args: string[]): Promise<Compared> {
  const { stdout } = await inFolder(...args, '--json');
  return JSON.parse(stdout) as Compared;
}

describe('the variants of a file', () => {
  test('are paired by seed, the first being what the others are compared with', async () => {
    const { sides, metrics } = await compared('mine.yaml');
    expect(sides.map(({ name }) => name)).toEqual(['mine.yaml:open', 'mine.yaml:capped']);
    const vm = metrics.find(({ name }) => name === 'vm_cpu_pct');
    const [open, capped] = vm?.means ?? [];
    const [none, difference] = vm?.differences ?? [];
    expect(none).toBeNull();
    expect(difference?.paired).toBe(true);
    expect(difference?.mean).toBeCloseTo((capped?.mean ?? 0) - (open?.mean ?? 0), 9);
    expect(difference?.ci95?.[1]).toBeLessThan(-50);
  });

  test('print their means, differences and a chart that fit the terminal', async () => {
    const { stdout, status } = await inFolder('mine.yaml:capped', 'mine.yaml:open', '--seeds', '2');
    expect(status).toBe(0);
    expect(stdout).toContain('capped: mine.yaml:capped (seeds 1 to 2)');
    expect(stdout).toContain('Differences to capped');
    expect(stdout).toContain('open: paired, seed by seed.');
    expect(stdout).toMatch(/\n +VM|\nVM \(points\) /);
    expect(stdout).toContain('█');
    expect(stdout).toContain('2 seeds are few');
    for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });
});

describe('a folder of results', () => {
  test('is what was run, seed by seed where its samples tell', async () => {
    const { metrics } = await compared('mine.yaml:capped', 'results/mine:capped');
    const vm = metrics.find(({ name }) => name === 'vm_cpu_pct');
    expect(vm?.means[1]?.mean).toBeCloseTo(vm?.means[0]?.mean ?? Number.NaN, 3);
    expect(vm?.differences[1]?.paired).toBe(true);
    expect(vm?.differences[1]?.ci95?.[1]).toBeCloseTo(0, 2);
  });

  test('does not tell by seed what is a share of something that varies', async () => {
    const { stdout } = await offloadcage(
      ['compare', 'results/snort:offload', 'results/snort:no-offload'],
      { cwd: root },
    );
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /no offload: paired, seed by seed, but for [^:]*ids_missed_packets_pct[^:]*: the files do/,
    );
  });

  test('with other seeds is not paired, and the report says so', async () => {
    const { stdout } = await inFolder('results/mine:open', 'mine.yaml:open', '--seed', '7');
    expect(stdout).toContain('results/mine:open, open (seeds 1 to 3)');
    expect(stdout).toContain('mine.yaml:open: not paired, other seeds.');
  });

  test('runs nothing, so flags that say how to are refused', async () => {
    const { stderr, status } = await inFolder('results/mine', '--seeds', '5');
    expect(status).toBe(2);
    expect(stderr).toContain('--seeds 5: got it with folders of results only');
  });
});

test('the CSV file has a row per metric and variant, and is not replaced by the way', async () => {
  const args = ['results/mine', '--metrics', 'vm_cpu_pct,idle_pct', '-o', 'c.csv', '--quiet'];
  expect((await inFolder(...args)).status).toBe(0);
  const [head = [], ...rows] = readCsv(readFileSync(join(folder, 'c.csv'), 'utf8'));
  expect(rows.map((row) => [row[0], row[2], row[head.indexOf('pairing')]])).toEqual([
    ['vm_cpu_pct', 'results/mine:open', ''],
    ['vm_cpu_pct', 'results/mine:capped', 'paired'],
    ['idle_pct', 'results/mine:open', ''],
    ['idle_pct', 'results/mine:capped', 'paired'],
  ]);
  const again = await inFolder(...args);
  expect([again.status, again.stderr]).toEqual([
    2,
    expect.stringContaining('--force to replace it'),
  ]);
  expect((await inFolder(...args, '--force')).status).toBe(0);
});

test.each([
  ['no variant', [], 'compare: got nothing; allowed: two variants or more'],
  ['one', ['mine.yaml:open'], 'compare: got one variant, mine.yaml:open; allowed: two'],
  [
    'a mistyped one',
    ['mine.yaml:opne', 'loop'],
    'mine.yaml:opne: got variant "opne"; allowed: open',
  ],
  ['a mistyped experiment', ['snrot:offload', 'loop'], 'got "snrot"; did you mean snort?'],
  ['a mistyped metric', ['mine.yaml', '--metrics', 'vm_cpu_pc'], 'did you mean vm_cpu_pct?'],
  ['a file of another kind', ['mine.yaml', '-o', 'c.txt'], '--out: got "c.txt" for a comparison'],
])('%s is refused in one line', async (_, args, message) => {
  const { stderr, status } = await inFolder(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('shipped results of two experiments stand beside one another', async () => {
  const { stdout } = await offloadcage(
    ['compare', 'results/ids-vm:domain-0', 'results/multicore:one-core', '--metrics', 'vm_cpu_pct'],
    { cwd: root },
  );
  expect(stdout).toContain('one core: paired, seed by seed.');
});
