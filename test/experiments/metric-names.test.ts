/** What tables, legends and data packages call metrics, and say that they mean. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { placeless } from '../../src/base/source.js';
import type { Definition } from '../../src/definition/definition.js';
import { variantMetrics } from '../../src/definition/metrics/metrics.js';
import { resolveDefinition } from '../../src/definition/resolve-definition.js';
import { DefinitionFiles } from '../../src/files/definition-files.js';
import { loadCatalog } from '../../src/files/experiment-catalog.js';
import { starterFiles } from '../../src/files/starter.js';
import { meaningsOf } from '../../src/measure/metric-meanings.js';
import { variantResult } from '../../src/measure/variant-result.js';
import { datapackageJson } from '../../src/output/folder/datapackage.js';
import { sweepColumns } from '../../src/output/sweep/sweep-columns.js';
import { summaryRows } from '../../src/output/words/summary-rows.js';
import { measuredExperiment } from '../claims/measured.js';

function definitionOf(value: unknown): Definition {
  return resolveDefinition(placeless({ name: 'here', folder: '.' }, value), new DefinitionFiles());
}

/** What a run of no seed yields: names and meanings without values. */
function unmeasured(definition: Definition) {
  const variants = definition.variants.map((one) => variantResult(one, [], definition));
  return { ...measuredExperiment(definition.id, variants), figures: definition.figures };
}

/** So many VMs, each with two of everything that a VM can have; names mean nothing. */
const severalOfAll = fc
  .record({
    vms: fc.integer({ min: 1, max: 3 }),
    names: fc.uniqueArray(
      fc.oneof(
        fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,6}$/),
        fc.constantFrom('vm', 'VM', 'web', 'snort', 'Snort', 'Domain', 'replies', 'a', 'A', 'a_b'),
      ),
      { minLength: 27, maxLength: 27 },
    ),
    hasSubject: fc.boolean(),
    others: fc.boolean(),
  })
  .map(({ vms, names, hasSubject, others }) => {
    const name = (i: number) => names[i] ?? '';
    const all = Array.from({ length: vms }, (_, i) => i);
    const perVm = <T>(entries: (at: number) => readonly (readonly [string, T])[]) =>
      Object.fromEntries(all.flatMap((i) => entries(9 * i)));
    const subject = { vm: name(0), ids: name(1) };
    return {
      id: 'several',
      title: 'Several of all',
      machine: 'athlon-xen33',
      domains: perVm((i) => [[name(i), {}]]),
      processes: perVm((i) => [
        [name(i + 1), { program: 'snort', domain: 'dom0', watches: name(i) }],
        [name(i + 2), { program: 'snort', domain: name(i), watches: name(i) }],
        [name(i + 3), { program: 'tripwire', domain: 'dom0', watches: name(i) }],
        [name(i + 4), { program: 'webserver', domain: name(i) }],
        [name(i + 5), { program: 'webserver', domain: name(i) }],
        [name(i + 6), { program: 'oc-limiter', domain: 'dom0', target: name(i + 1), limit: 30 }],
        [name(i + 7), { program: 'oc-limiter', domain: 'dom0', target: name(i + 3), limit: 30 }],
        [name(i + 8), { program: 'loop', domain: name(i) }],
      ]),
      // Domains, clients and cages may have the names of processes.
      clients: perVm((i) => [
        [name(i + 4), { target: name(i + 4), rate: 100 }],
        [name(i), { target: name(i + 5), rate: 100 }],
      ]),
      cages: perVm<object>((i) => [
        [name(i), { vms: [name(i)], processes: [name(i + 1)], cap: 10 }],
        [name(i + 1), { processes: [name(i + 3)], enforce: false }],
      ]),
      ...(hasSubject ? { subject } : {}),
      variants: {
        first: { title: 'First' },
        second: others
          ? {
              title: 'Second',
              domains: { another: {} },
              processes: { more: { program: 'snort', domain: 'dom0', watches: 'another' } },
              ...(hasSubject ? { subject: { total: ['vm_cpu_pct', 'dom0_cpu_pct'] } } : {}),
            }
          : { title: 'Second' },
      },
    };
  });

test('no two labels of a table, a legend or a data package are the same', () => {
  fc.assert(
    fc.property(severalOfAll, (value) => {
      const definition = definitionOf(value);
      for (const variant of definition.variants) {
        const labels = variantMetrics(variant, definition.variants).map(({ label }) => label);
        expect(new Set(labels).size).toBe(labels.length);
      }
      const rows = summaryRows(unmeasured(definition)).shown.map(({ label }) => label);
      expect(new Set(rows).size).toBe(rows.length);
    }),
    { numRuns: 40 },
  );
});

/** A field of the samples of a variant, as its data package describes it. */
interface Field {
  readonly name: string;
  readonly unit?: string;
  readonly title?: string;
  readonly description: string;
}

test.each(loadCatalog().map((one) => [one.id, one] as const))(
  'metrics and data package of %s say the same of each variant',
  (_, definition) => {
    const { resources } = JSON.parse(
      datapackageJson(unmeasured(definition), 'offloadcage run ../my.yaml'),
    );
    const meanings = meaningsOf(definition.variants);
    for (const { id } of definition.variants) {
      const own = meanings.names
        .flatMap((name) => meanings.of(name).filter(({ variants }) => variants.includes(id)))
        .map(({ name, unit, label, description }) => [name, unit, label, `${description}.`]);
      const samples = resources.find(({ path }: { path: string }) => path === `${id}.csv`);
      const fields: Field[] = samples.schema.fields.slice(2);
      const described = fields.map(({ name, unit, title, description }) => {
        return [name, unit, title, description];
      });
      expect(own.toSorted()).toEqual(described.toSorted());
    }
  },
);

/** By the end of a metric's name. */
const UNITS: Readonly<Record<string, RegExp>> = {
  pct: /^%$/,
  // "Replies per second", and errors.
  replies_rps: /^replies\/s$/,
  throughput_rps: /^replies\/s$/,
  errors_rps: /^errors\/s$/,
  ms: /^ms$/,
  makespan_s: /^s$/,
  connections: /^connections$/,
  per_s: /^\w+\/s$/i,
  per_h: /^\w+\/h$/,
};

test('the name of a metric ends with its unit', () => {
  const metrics = loadCatalog().flatMap(({ variants }) =>
    variants.flatMap((one) => variantMetrics(one, variants)),
  );
  for (const { name, unit } of metrics) {
    const ends = Object.keys(UNITS).filter((end) => name === end || name.endsWith(`_${end}`));
    expect([name, ...ends.map((end) => UNITS[end]?.test(unit))]).toEqual([name, true]);
    // What is counted is in the name, too: "scan_files_per_s".
    const [counted = ''] = unit.split('/');
    if (name.includes('_per_'))
      expect(name.toLowerCase()).toContain(`${counted.toLowerCase()}_per`);
  }
});

test('what a metric means is said for each variant in which it is something else', () => {
  const meanings = meaningsOf(loadCatalog().find(({ id }) => id === 'snort')?.variants ?? []);
  expect(meanings.of('total_cpu_pct')).toMatchObject([
    { label: 'VM + Snort', variants: ['offloadcage', 'offload'] },
    { label: 'VM + domain 0', variants: ['no-offload'] },
  ]);
  expect(meanings.of('ids_proc_wall_pct').map(({ variants }) => variants)).toEqual([
    ['offloadcage', 'offload'],
    ['no-offload'],
  ]);
  // A column of a sweep has rows of all variants.
  const metrics = meanings.joined('total_cpu_pct', ['offloadcage', 'offload', 'no-offload']);
  const axes = {
    experiment: 'snort',
    version: '',
    hash: '',
    axes: [],
    variants: [],
    looks: [],
    seeds: [1],
  };
  const columns = sweepColumns(
    { ...axes, metrics, chart: [] },
    { shape: 'wide', aggregate: false },
  );
  expect(columns.at(-1)).toMatchObject({
    title: 'VM + Snort or VM + domain 0',
    description:
      'offloadcage, offload: Sum of vm_cpu_pct and ids_cpu_pct, percent of one PCPU; ' +
      'no-offload: Sum of vm_cpu_pct and dom0_cpu_pct, percent of one PCPU.',
  });
});

test.each<readonly [string, Definition]>([
  ['the starter', definitionOf(parse(starterFiles('mine').definition.content))],
  ...loadCatalog().map((one) => [one.id, one] as const),
])('every metric in a figure of %s is in its table', (_, definition) => {
  for (const { id, headlines } of unmeasured(definition).variants) {
    const drawn = definition.figures.flatMap(({ lines }) =>
      lines.filter(({ variant }) => variant === id).map(({ metric }) => metric),
    );
    expect(headlines).toEqual(expect.arrayContaining(drawn));
  }
});

test('the table of the starter says what the neighbour gets, whatever its figure shows', () => {
  const starter = parse(starterFiles('mine').definition.content);
  const { shown } = summaryRows(unmeasured(definitionOf({ ...starter, figures: [] })));
  expect(shown.map(({ label }) => label)).toEqual([
    'VM web',
    'Snort, charged (CR3)',
    'Snort, own work',
    'Snort, by /proc',
    'Domain 0, network for web',
    'VM web + Snort',
    'Domain neighbour',
    'Idle',
    'VM web, replies',
    'VM web, connection errors',
    'Snort, missed packets',
    'VM web, response time',
    'VM web, response time, 95th percentile',
  ]);
});

test('lines and variants that a definition calls the same are told apart', () => {
  const starter = parse(starterFiles('mine').definition.content);
  const line = (variant: string, metric: string) => ({ variant, metric, label: 'CPU' });
  const lines = [
    line('caged', 'vm_cpu_pct'),
    line('uncaged', 'vm_cpu_pct'),
    line('uncaged', 'idle_pct'),
  ];
  const definition = definitionOf({
    ...starter,
    variants: { caged: { title: 'A' }, uncaged: { title: 'A' }, third: { title: 'B' } },
    figures: [
      { id: 'one', number: 1, title: 'One', lines },
      { id: 'two', number: 2, title: 'Two', lines: lines.slice(1) },
    ],
  });
  const labels = definition.figures.map((figure) => figure.lines.map(({ label }) => label));
  expect(labels).toEqual([
    ['CPU (caged)', 'CPU (uncaged, vm_cpu_pct)', 'CPU (uncaged, idle_pct)'],
    ['CPU (vm_cpu_pct)', 'CPU (idle_pct)'],
  ]);
  const titles = unmeasured(definition).variants.map(({ title }) => title);
  expect(titles).toEqual(['A (caged)', 'A (uncaged)', 'B']);
});

test('one figure at most is the main one', () => {
  const starter = parse(starterFiles('mine').definition.content);
  const [figure] = starter.figures;
  const figures = [1, 2].map((number) => ({ ...figure, id: `f${number}`, number, main: true }));
  expect(() => definitionOf({ ...starter, figures })).toThrow(
    /figures\.1\.main: got true; allowed: true in one figure/,
  );
});

test('an IDS inside its VM is not added to it a second time', () => {
  const total =
    (...metrics: string[]) =>
    () =>
      definitionOf({
        id: 'inside',
        title: 'An IDS inside',
        domains: { vm1: {} },
        processes: {
          web: { program: 'webserver', domain: 'vm1' },
          ids: { program: 'snort', domain: 'vm1', watches: 'vm1' },
        },
        clients: { c: { target: 'web', rate: 10 } },
        subject: { vm: 'vm1', ids: 'ids', total: metrics },
      });
  expect(total('vm_cpu_pct', 'ids_cpu_pct')).toThrow(
    'subject.total: got the IDS besides its VM; allowed: the VM alone: the IDS runs inside it',
  );
  expect(total('vm_cpu_pct', 'dom0_cpu_pct')).not.toThrow();
  expect(total('ids_cpu_pct', 'dom0_cpu_pct')).not.toThrow();
});
