/**
 * Damaged input: flags and files that were valid before some of their characters changed. What
 * comes of it may still be valid. So the property is: either the sweep is planned (`--emit` plans
 * and prints a script, and runs nothing), or a line on stderr for each fault, exit code 2, nothing
 * on stdout; in either case no file, and no stack trace. What is malformed whatever it is in has no
 * choice.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Outcome, offloadcage, root } from './offloadcage.js';

const PLAN_ONLY = ['--emit', 'parallel', '--seeds', '1', '-o', 'out/x.csv'];

let folder: string;
const file = () => join(folder, 'case.yaml');

/** In an empty folder, but for what a test has put there. */
const sweep = (...args: string[]) => offloadcage(['sweep', ...args], { cwd: folder });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-fuzz-'));
});

afterEach(() => rmSync(file(), { force: true }));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function expectRefusal({ status, stdout, stderr }: Outcome): void {
  expect(stderr).toMatch(/^(offloadcage: (?!warning)[^\n]+\n)+$/);
  expect(stderr).not.toMatch(/internal error|\bat .*:\d+:\d+\)/);
  expect([status, stdout]).toEqual([2, '']);
}

function expectPlanOrRefusal(outcome: Outcome, files: readonly string[]): void {
  if (outcome.status === 0) {
    expect(outcome.stderr).toMatch(/^(offloadcage: warning: [^\n]+\n)*$/);
    expect(outcome.stdout).toMatch(/^#!\/bin\/sh\n/);
  } else {
    expectRefusal(outcome);
  }
  expect(readdirSync(folder)).toEqual(files);
}

const odd = fc.constantFrom(
  ...['', ' ', ':', ',', '=', '.', '-', '#', '"', "'", '{', '[', '&a', '*a', '!!x', '|', '>', '%'],
  ...['\n', '\t', '\r\n', '\0', '\u2028', 'é', '<<', 'null', '~', '1e999', '.nan', '__proto__'],
  ...['constructor', '0x10', '-5', 'true', '10ms', '$(id)', '`id`', '../x.yaml', '99999999'],
);

interface Change {
  readonly at: number;
  readonly length: number;
  readonly by: string;
}

/** A text with a few places cut out, overwritten or doubled. */
function damaged(valid: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const change = fc.record<Change>({
    // Anywhere in the text: fast-check likes small numbers, which are all at its beginning.
    at: fc.noBias(fc.integer({ min: 0, max: 9999 })),
    length: fc.integer({ min: 0, max: 6 }),
    by: odd,
  });
  return fc.tuple(valid, fc.array(change, { minLength: 1, maxLength: 3 })).map(([text, changes]) =>
    changes.reduce((now, { at, length, by }) => {
      const from = Math.floor((at / 10_000) * now.length);
      return now.slice(0, from) + by + now.slice(from + length);
    }, text),
  );
}

const assignment = fc.constantFrom(
  'cage.cap=30:80:10',
  'httperf.rate=500,1000,2000',
  'cages.cage.ids_window.weight=log:0.1:1:3',
  'warmup=0s,1s',
  'cage.enforce=true,false',
  'vm1.scheduler=o1,cfs',
  'machine_values.snort_packet=5,6',
);
const flag = fc.constantFrom('--vary', '--set', '--zip');

test('100 damaged flags', async () => {
  const property = fc.asyncProperty(flag, damaged(assignment), async (name, text) => {
    expectPlanOrRefusal(await sweep('snort', `${name}=${text}`, ...PLAN_ONLY), []);
  });
  await fc.assert(property, { numRuns: 100 });
});

const sweepFiles = ['snort-cap', 'snort-priority'].map((id) =>
  readFileSync(join(root, `experiments/sweeps/${id}.yaml`), 'utf8'),
);
const block = `
sweep:
  duration: 2s
  seeds: 3
  variants: [offload]
  set: { httperf.tick: 1ms }
  vary: { cage.cap: '30:50:10' }
  zip: { vm1.weight: [256, 512], dom0.weight: [512, 256] }
  metrics: [vm_cpu_pct, throughput_rps]
  chart: [vm_cpu_pct]
`;
const limiterLaws = readFileSync(join(root, 'experiments/limiter-laws.yaml'), 'utf8');
const snort = readFileSync(join(root, 'experiments/snort.yaml'), 'utf8');

test('100 damaged files of sweeps and definitions', async () => {
  const valid = fc.constantFrom(...sweepFiles, `${snort}${block}`, limiterLaws);
  const damagedBlock = damaged(fc.constant(block)).map((text) => snort + text);
  const text = fc.oneof(damaged(valid), damagedBlock, damaged(fc.constantFrom(...sweepFiles)));
  const property = fc.asyncProperty(text, async (content) => {
    writeFileSync(file(), content);
    expectPlanOrRefusal(await sweep(file(), ...PLAN_ONLY), ['case.yaml']);
  });
  await fc.assert(property, { numRuns: 100 });
});

test('20 flags that are malformed whatever path they are about', async () => {
  const path = fc.constantFrom('cage.cap', 'cage', '', '__proto__.x', 'clients..rate', 'duration');
  const bad = fc.constantFrom(
    ...['', ',', '1:2', '::', '=', 'log:', '-5', 'x', '1:0:1', 'NaN', '1e999'],
  );
  const property = fc.asyncProperty(flag, path, bad, async (name, where, value) => {
    expectRefusal(await sweep('snort', `${name}=${where}=${value}`, '-o', 'x.csv'));
    expect(readdirSync(folder)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 20 });
});

test('20 files that cannot be sweeps', async () => {
  const [good = ''] = sweepFiles;
  const broken = fc.constantFrom<(text: string) => string>(
    () => '',
    () => '\0',
    () => '- a list',
    (text) => text.replace('id: ', 'id: "'),
    (text) => `${text}unknown: 1\n`,
    (text) => text.replace('experiment: snort', 'experiment: snrot'),
    (text) => text.replace('experiment: snort', 'experiment: ./no.yaml'),
    (text) => text.replace('cage.cap:', 'cage.cpa:'),
    (text) => text.replace("'30:80:10'", "'30:80'"),
    (text) => text.replace("'30:80:10'", '[30, 30]'),
    (text) => text.replace("'30:80:10'", '[]'),
    (text) => text.replace("'30:80:10'", '[-30]'),
    (text) => text.replace('seeds: 10', 'seeds: 0'),
    (text) => text.replace('10s', '10 years'),
    (text) => text.replace('[offloadcage]', '[offloadcage, none]'),
    (text) => text.replace('metrics: [total', 'metrics: [no_such, total'),
    (text) => text.replace('chart: [total', 'chart: [idle_pct, total'),
    (text) => `${text}{ a: 1 }: 2\n`,
    (text) => `${text}? [a]\n: 2\n`,
    (text) => text.replace('seeds: 10', 'seeds: !!x 10'),
    (text) => `${text}vary: {}\n`,
    (text) => `${text}zip: { httperf.rate: [1, 2], vm1.cap: [1] }\n`,
    (text) => `${text}set: { cage.cap: 50 }\n`,
  );
  const property = fc.asyncProperty(broken, async (change) => {
    writeFileSync(file(), change(good));
    expectRefusal(await sweep('case.yaml', '-o', 'x.csv'));
    expect(readdirSync(folder)).toEqual(['case.yaml']);
  });
  await fc.assert(property, { numRuns: 20 });
});
