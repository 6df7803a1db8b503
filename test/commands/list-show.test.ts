import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CLAIMS } from '../../src/claims/catalog.js';
import { type Explanation, explain } from '../../src/cli/show/explanation.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { experimentNames, sweepNames } from '../../src/files/shipped.js';
import { definitionFile } from '../experiments/definition-files.js';
import { offloadcage, root } from './offloadcage.js';

const yaml = (name: string) => parse(readFileSync(join(root, 'experiments', name), 'utf8'));

describe('list', async () => {
  const { status, stdout } = await offloadcage(['list']);

  test('names the experiments, the figures of the paper and all claims', () => {
    expect(status).toBe(0);
    for (const id of experimentNames()) expect(stdout).toMatch(new RegExp(`^${id}: `, 'm'));
    for (const number of [4, 5, 6, 7, 8, 9, 10, 11, 12]) {
      expect(stdout).toMatch(new RegExp(`^ +fig${number} +\\S`, 'm'));
    }
    for (const { id } of CLAIMS) expect(stdout).toMatch(new RegExp(`^ +${id} +\\S`, 'm'));
  });

  test('names the sweeps', () => {
    for (const id of sweepNames()) expect(stdout).toMatch(new RegExp(`^ +${id} +\\S`, 'm'));
  });

  test('says the same as JSON', async () => {
    const { experiments, sweeps } = JSON.parse((await offloadcage(['list', '--json'])).stdout);
    expect(sweeps.map(({ id }: { id: string }) => id)).toEqual(sweepNames());
    for (const { title } of sweeps) expect(stdout).toContain(title);
    for (const { id, claims } of experiments) {
      expect(stdout).toContain(`${id}: `);
      for (const claim of claims) expect(stdout).toContain(claim.statement);
    }
  });
});

describe('show', async () => {
  const { stdout } = await offloadcage(['show', 'snort']);
  const explanation: Explanation = JSON.parse(
    (await offloadcage(['show', 'snort', '--json'])).stdout,
  );
  const [first] = explanation.variants;

  test('says what every parameter means', () => {
    const { machine, hypervisor, domains, processes, clients, cages } = first ?? ({} as never);
    const entities = [...domains, ...processes, ...clients, ...cages];
    const parameters = [
      ...explanation.timing,
      ...machine.parameters,
      ...hypervisor,
      ...entities.flatMap((entity) => entity.parameters),
    ];
    expect(parameters.filter(({ description }) => description === '')).toEqual([]);
    expect(hypervisor.find(({ name }) => name === 'debit')?.description).toMatch(/takes credits/);
  });

  test('gives every cost of the machine with unit, origin and source', () => {
    const machine = yaml('machines/athlon-xen33.yaml');
    const { costs = [], network = [], disk = [] } = first?.machine ?? {};
    const shown = [...costs, ...network, ...disk];
    const inFile = Object.entries<Record<string, unknown>>({
      ...machine.costs,
      ...machine.network,
      ...machine.disk,
    });
    expect(shown.map(({ name }) => name).sort()).toEqual(inFile.map(([name]) => name).sort());
    for (const [name, { value, unit, origin, source }] of inFile) {
      const cost = shown.find((one) => one.name === name);
      expect(cost).toMatchObject({ value, unit, origin, source });
      expect(cost?.description).not.toBe('');
      expect(stdout).toContain(`${name} = ${value} ${unit}`);
    }
  });

  // What the paper leaves open: time, rounding, counting, who pays, kernels, load.
  test.each([
    ['timing', ['duration', 'warmup', 'sample', 'seeds']],
    ['cages', ['ids_window', 'excess', 'used_up', 'park_below', 'rounding', 'counts']],
    ['cages', ['several_ids', 'dom0']],
    ['domains', ['accounting', 'scheduler', 'vcpus']],
    ['processes', ['page', 'backlog']],
    ['clients', ['timeout', 'max_open']],
  ] as const)('gives what the paper leaves open, with value and reason: %s, %j', (group, names) => {
    const parameters =
      group === 'timing'
        ? explanation.timing
        : (first?.[group] ?? []).flatMap((entity) => entity.parameters);
    for (const name of names) {
      const parameter = parameters.find((one) => one.name === name);
      expect(parameter?.isDefault, name).toBe(true);
      expect(parameter?.description, name).toMatch(/.{20}/);
      expect(stdout).toMatch(new RegExp(`^ +${name} = .+ \\(default\\)\n +\\S`, 'm'));
    }
  });

  test('says so of the number of processors, OC-Limiter, and its law', async () => {
    expect(first?.machine.parameters).toMatchObject([{ name: 'pcpus', value: 1 }]);
    expect(stdout).toMatch(/^ +pcpus = 1\n +Physical CPUs\. The paper/m);
    expect(stdout).toContain('OC-Limiter does not\nrun');
    const tripwire = (await offloadcage(['show', 'tripwire'])).stdout;
    expect(tripwire).toMatch(/^ +law = cpulimit \(default\)\n +How/m);
  });

  test('says what is fitted, and to what', () => {
    const prose = stdout.replace(/\s+/g, ' ');
    expect(prose).toContain('(fitted to S3, S5, and 36% for the VM (a choice))');
    expect(prose).toContain('The last is a choice');
  });

  test('tells what was set from what is a default', () => {
    const parameters = first?.cages[0]?.parameters ?? [];
    const cap = parameters.find((one) => one.name === 'cap');
    expect(cap).toMatchObject({ value: yaml('snort.yaml').cages.cage.cap, isDefault: false });
  });

  test('explains further variants by what differs from the first', () => {
    const plain = explanation.variants.find((variant) => variant.id === 'offload');
    expect(first?.differences).toEqual([]);
    expect(plain?.differences).toEqual([
      { setting: 'domains.vm1.cap', first: 0, here: 50 },
      { setting: 'cages.cage.enforce', first: true, here: false },
    ]);
  });

  test('marks what a definition changes of the machine, its PCPUs among it', () => {
    const head = 'id: t\ntitle: T\nmachine_values: { snort_packet: 9 }\n';
    const variants = 'variants: { a: { title: A }, b: { title: B, machine_values: { pcpus: 2 } } }';
    const { variants: explained } = explain(loadDefinition(definitionFile(head + variants)));
    const [one, two] = explained;
    const cost = one?.machine.costs.find(({ name }) => name === 'snort_packet');
    expect(cost?.source).toMatch(/^Set by the experiment; the machine has \d/);
    expect(one?.machine.parameters[0]?.description).toMatch(/^Physical/);
    expect(two?.machine.parameters[0]).toMatchObject({
      value: 2,
      description: expect.stringMatching(/^Set by the experiment/),
    });
    expect(two?.differences).toEqual([{ setting: 'machine_values.pcpus', first: 1, here: 2 }]);
  });

  test('explains a file of the user’s own', async () => {
    const file = join(root, 'experiments/snort.yaml');
    expect(JSON.parse((await offloadcage(['show', file, '--json'])).stdout)).toEqual(explanation);
  });

  test('has no line longer than 80 columns of text in a pipe', () => {
    const long = stdout.split('\n').filter((line) => line.length > 80 && !line.includes(' = '));
    expect(long).toEqual([]);
  });
});

describe('show SWEEP', async () => {
  const { stdout } = await offloadcage(['show', 'snort-priority']);
  const explanation = JSON.parse((await offloadcage(['show', 'snort-priority', '--json'])).stdout);

  test('says what it varies, and how many runs that is', () => {
    const { vary, zip, seeds, metrics, chart } = yaml('sweeps/snort-priority.yaml');
    expect(explanation.axes).toEqual([
      [{ parameter: 'clients.httperf.rate', values: [2500, 3000, 3500, 4000, 4500, 5000, 5500] }],
      [
        { parameter: 'domains.vm1.scheduler', values: zip['vm1.scheduler'] },
        { parameter: 'processes.snort.nice', values: zip['snort.nice'] },
      ],
    ]);
    expect(vary).toEqual({ 'httperf.rate': '2500:5500:500' });
    expect(explanation).toMatchObject({ points: 28, runs: 28 * seeds, duration_s: 10, chart });
    expect(explanation.metrics.map(({ name }: { name: string }) => name)).toEqual(metrics);
    expect(stdout).toMatch(/28 points x 1 variants x 10 seeds = 280 runs of 10 s/);
    expect(stdout).toMatch(/^ {2}processes\.snort\.nice = -10, 0, 10, 0$/m);
  });

  test('an unknown name suggests the nearest, a sweep among them', async () => {
    const { status, stderr } = await offloadcage(['show', 'snort-cpa']);
    expect(stderr).toMatch(/did you mean snort-cap\?/);
    expect(status).toBe(2);
  });
});
