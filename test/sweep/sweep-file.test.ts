/** Sweeps in files of their own: what they say, and what the command line says instead. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { experimentFile, sweepFile, sweepNames } from '../../src/files/shipped.js';
import { planSweep, type SweepPlan } from '../../src/sweep/plan.js';
import { asWritten, type SweepFlags, sweepRequest } from '../../src/sweep/request.js';
import { findSweep, loadSweeps } from '../../src/sweep/sweep-file.js';
import { taskMaker } from '../../src/sweep/tasks.js';

let folder: string;

const SWEEP = `
duration: 3s
seeds: 4
variants: [offload]
set: { debit: exact }
vary: { cage.cap: '30:50:10', warmup: [0s, 1s] }
zip: { vm1.weight: [256, 512], dom0.weight: [512, 512] }
metrics: [vm_cpu_pct, idle_pct]
chart: [idle_pct]
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-sweep-file-'));
  mkdirSync(join(folder, 'below'));
  const snort = readFileSync(experimentFile('snort'), 'utf8');
  const block = SWEEP.trim().replaceAll(/^/gm, '  ');
  writeFileSync(join(folder, 'below/own.yaml'), `${snort}sweep:\n${block}\n`);
  const head = 'id: own-sweep\ntitle: A sweep\n';
  writeFileSync(join(folder, 'shipped.yaml'), `${head}experiment: snort\n${SWEEP}`);
  writeFileSync(join(folder, 'relative.yaml'), `${head}experiment: below/own.yaml\n${SWEEP}`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plan = (file: string, flags: Partial<SweepFlags> = {}): SweepPlan => {
  const none = { set: [], vary: [], zip: [], seed: 1, variants: [], metrics: [], chart: [] };
  return planSweep(sweepRequest(findSweep(join(folder, file)), { ...none, ...flags }));
};
const taskOf = ({ work }: SweepPlan, run = 0) => taskMaker(work)(run);
const columns = ({ sweep }: SweepPlan) =>
  sweep.axes.map((axis) => axis.map(({ column }) => column));

describe('a file', () => {
  test.each(['shipped.yaml', 'relative.yaml', 'below/own.yaml'])('%s: every key counts', (file) => {
    const planned = plan(file);
    expect(planned.sweep.axes).toMatchObject([
      [{ column: 'cages.cage.cap', values: [30, 40, 50] }],
      [{ column: 'warmup_s', isDuration: true, values: ['0s', '1s'] }],
      [
        { column: 'domains.vm1.weight', values: [256, 512] },
        { column: 'domains.dom0.weight', values: [512, 512] },
      ],
    ]);
    expect(planned.sweep).toMatchObject({ variants: ['offload'], seeds: [1, 2, 3, 4] });
    // The second variant of the experiment, under its title.
    expect(planned.sweep.looks).toEqual([{ title: 'plain offload', place: 1 }]);
    expect(planned.sweep.metrics.map(({ name }) => name)).toEqual(['vm_cpu_pct', 'idle_pct']);
    expect(planned.sweep.chart).toEqual(['idle_pct']);
    expect(taskOf(planned).input).toMatchObject({
      durationNs: 3e9,
      warmupNs: 0,
      hypervisor: { debit: 'exact' },
    });
    expect(taskOf(planned, 47).input).toMatchObject({ warmupNs: 1e9 });
  });

  test('names its sweep; without one an experiment has its own name and seeds', () => {
    expect(findSweep(join(folder, 'shipped.yaml')).id).toBe('own-sweep');
    const snort = findSweep('snort');
    expect(snort.id).toBe('snort');
    expect(planSweep(asWritten(snort)).sweep.seeds).toHaveLength(snort.definition.seedCount);
  });

  test('the shipped ones are named like their files', () => {
    expect(loadSweeps().map(({ id }) => id)).toEqual(sweepNames());
    for (const id of sweepNames()) expect(findSweep(id)).toEqual(findSweep(sweepFile(id)));
  });
});

describe('flags', () => {
  test('replace lists and counts as a whole', () => {
    const { sweep } = plan('shipped.yaml', {
      seed: 7,
      seeds: 2,
      variants: ['offload'],
      metrics: ['vm_cpu_pct'],
      duration: '2s',
    });
    expect(sweep).toMatchObject({ variants: ['offload'], seeds: [7, 8] });
    expect(sweep.metrics.map(({ name }) => name)).toEqual(['vm_cpu_pct']);
    // What the file charts is left out: the first of the metrics stands in.
    expect(sweep.chart).toEqual(['vm_cpu_pct']);
    expect(taskOf(plan('shipped.yaml', { duration: '2s' })).input.durationNs).toBe(2e9);
  });

  test('replace a path however either says it, and leave the others', () => {
    const set = plan('shipped.yaml', { set: ['cages.cage.cap=70', 'debit=sampled'] });
    expect(columns(set)).toEqual([['warmup_s'], ['domains.vm1.weight', 'domains.dom0.weight']]);
    expect(taskOf(set).input).toMatchObject({ hypervisor: { debit: 'sampled' } });
    expect(taskOf(set).input.cages).toMatchObject([{ capPct: 70 }]);
    const vary = plan('shipped.yaml', { vary: ['dom0.weight=1,2', 'duration=1s,2s'] });
    expect(columns(vary)).toEqual([
      ...[['cages.cage.cap'], ['warmup_s'], ['domains.dom0.weight'], ['duration_s']],
      ['domains.vm1.weight'],
    ]);
    const zip = plan('shipped.yaml', { zip: ['cage.cap=35,45'] });
    expect(columns(zip)).toEqual([
      ['warmup_s'],
      ['domains.vm1.weight', 'domains.dom0.weight', 'cages.cage.cap'],
    ]);
  });

  test('add axes', () => {
    expect(columns(plan('shipped.yaml', { vary: ['httperf.rate=1,2'] }))).toHaveLength(4);
  });
});

describe('--zip', () => {
  const zipped = (...zip: string[]) =>
    planSweep(sweepRequest(findSweep('snort'), { ...plain, zip, vary: ['cage.cap=30,40'] })).sweep;
  const plain = { set: [], seed: 1, seeds: 1, variants: ['offload'], metrics: [], chart: [] };

  test('advances together, as one more axis; a value may come again', () => {
    const { axes } = zipped('httperf.rate=500,500,1000', 'vm1.weight=256:512:128');
    expect(axes.map((axis) => axis.map(({ values }) => values))).toEqual([
      [[30, 40]],
      [
        [500, 500, 1000],
        [256, 384, 512],
      ],
    ]);
  });

  test.each<[string[], RegExp]>([
    [['httperf.rate=1,2', 'vm1.weight=1,2,3'], /--zip: got 3 values of vm1\.weight; allowed: 2/],
    [['httperf.rate=5,5', 'vm1.weight=6,6'], /httperf\.rate=5, vm1\.weight=6 twice/],
    [['httperf.rate=5,5'], /httperf\.rate=5 twice/],
    [['cage.cap=30,40'], /got cages\.cage\.cap twice; allowed: once/],
    [['httperf.rate='], /--zip: got "httperf\.rate="; allowed: path=value/],
    [['httperf.rat=1,2'], /--zip: got path "httperf\.rat".*did you mean httperf\.rate\?/],
  ])('%j is refused', (zip, message) => expect(() => zipped(...zip)).toThrow(message));
});

test.each<[string, string, RegExp]>([
  ['cage.cap:', 'cage.cpa:', /bad\.yaml:9:\d+: vary\.cage\.cpa: got path "cage\.cpa"/],
  ["'30:50:10'", "'30:50'", /bad\.yaml:9:\d+: vary\.cage\.cap: got "30:50"/],
  ['[offload]', '[offlod]', /bad\.yaml:7:\d+: variants: got "offlod"; .*did you mean offload\?/],
  ['[vm_cpu_pct, idle', '[vm_cpu_pct, idl', /metrics: got "idl_pct"; .*did you mean idle_pct\?/],
  ['[idle_pct]', '[dom0_cpu_pct]', /chart: got "dom0_cpu_pct"; allowed: vm_cpu_pct, idle_pct/],
  ['experiment: snort', 'experiment: snrot', /:3:\d+: experiment: got "snrot".*mean snort\?/],
  [
    'experiment: snort',
    'experiment: snort.yml',
    /:3:\d+: experiment: got "snort\.yml".*did you mean snort\? .*snort\.yml: no such file/,
  ],
  ['seeds: 4', 'seed: 4', /:6:1: seed: got an unknown key; allowed: .*did you mean seeds\?/],
  ['duration: 3s', 'duration: -3s', /:5:\d+: duration: got "-3s"/],
])('%s as %s: one line with file, line and field', (from, to, message) => {
  const text = readFileSync(join(folder, 'shipped.yaml'), 'utf8').replace(from, to);
  writeFileSync(join(folder, 'bad.yaml'), text);
  expect(() => plan('bad.yaml')).toThrow(message);
});
