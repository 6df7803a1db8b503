import { describe, expect, test } from 'vitest';
import type { Variant } from '../../src/definition/definition.js';
import { metricsOf } from '../../src/definition/metrics/metrics.js';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { BREAKDOWN_PARTS, breakDown } from '../../src/measure/breakdown.js';
import { measure } from '../../src/measure/measure.js';
import type { LedgerRow, RunResult } from '../../src/model/result.js';
import { definitionFile } from './definition-files.js';

function variantOf(id: string): Variant {
  const variant = findExperiment('snort').variants.find((one) => one.id === id);
  if (variant === undefined) throw new Error(`no variant ${id}`);
  return variant;
}

/** Two samples of half a second; series that are not given are 0. */
function resultOf(
  variant: Variant,
  given: Readonly<Record<string, readonly [number, number]>>,
  ledger: readonly LedgerRow[] = [],
): RunResult {
  const recipes = metricsOf(variant.input, variant.subject);
  const keys = recipes.flatMap((recipe) =>
    'numerator' in recipe
      ? [...recipe.numerator, ...(typeof recipe.denominator === 'string' ? [] : recipe.denominator)]
      : [],
  );
  return {
    sampleNs: 0.5e9,
    samples: 2,
    series: [...new Set(keys)].map((key) => ({
      key,
      unit: 'ns',
      values: Float64Array.from(given[key] ?? [0, 0]),
    })),
    ledger,
    histograms: recipes.flatMap((recipe) =>
      'histograms' in recipe
        ? recipe.histograms.map((key) => ({ key, counts: new Float64Array(1) }))
        : [],
    ),
    facts: [],
    runstates: [],
    counters: [{ name: 'NIC ring full', count: 30 }],
    events: 0,
  };
}

function measured(id: string, given: Readonly<Record<string, readonly [number, number]>>) {
  const variant = variantOf(id);
  const run = measure(resultOf(variant, given), variant.input, variant.subject, 7);
  const names = metricsOf(variant.input, variant.subject).map((metric) => metric.name);
  return {
    run,
    at: (name: string) => {
      const i = names.indexOf(name);
      return { values: [...(run.values[i] ?? [])], mean: run.means[i] };
    },
  };
}

describe('measure', () => {
  const { run, at } = measured('offload', {
    'domain:vm1:cpu': [0.1e9, 0.3e9],
    'process:snort:cr3': [0.25e9, 0.25e9],
    'client:httperf:replies': [1000, 3000],
    'client:httperf:errors': [0, 5],
    'sniffer:snort:offered': [100, 300],
    'sniffer:snort:missed': [50, 0],
  });

  test('CPU times are percent of one PCPU', () => {
    expect(at('vm_cpu_pct')).toEqual({ values: [20, 60], mean: 40 });
    expect(at('domain_vm1_cpu_pct')).toEqual(at('vm_cpu_pct'));
    expect(at('ids_cpu_pct').values).toEqual([50, 50]);
  });

  test('the total is the sum that the definition names', () => {
    expect(at('total_cpu_pct')).toEqual({ values: [70, 110], mean: 90 });
    const other = measured('no-offload', {
      'domain:vm1:cpu': [0.1e9, 0.1e9],
      'process:snort:cr3': [0.05e9, 0.05e9],
      'domain:dom0:cpu': [0.2e9, 0.3e9],
    });
    expect(other.at('total_cpu_pct').values).toEqual([60, 80]);
  });

  test('counts are per second', () => {
    expect(at('throughput_rps')).toEqual({ values: [2000, 6000], mean: 4000 });
    expect(at('connection_errors_rps')).toEqual({ values: [0, 10], mean: 5 });
    expect(run.counters).toEqual([{ name: 'NIC ring full', perS: 30 }]);
  });

  test('a ratio over the whole run is one of sums, not a mean of ratios', () => {
    expect(at('ids_missed_packets_pct')).toEqual({ values: [50, 0], mean: 12.5 });
  });

  test('a ratio to nothing has no value', () => {
    const idle = measured('offload', {}).at('ids_missed_packets_pct');
    expect(idle).toEqual({ values: [Number.NaN, Number.NaN], mean: Number.NaN });
  });

  test('a series that the model does not return is a defect', () => {
    const variant = variantOf('offload');
    const broken = { ...resultOf(variant, {}), series: [] };
    expect(() => measure(broken, variant.input, variant.subject, 1)).toThrow(
      'a metric reads the series domain:vm1:cpu, which this run does not have; ' +
        'allowed: none: there are none to choose from',
    );
  });
});

test("a VM's throughput is that of the clients of its own web servers, and of all of them", () => {
  const file = definitionFile(`id: two
title: Two customers
domains: { vm1: {}, vm2: {} }
processes:
  one: { program: webserver, domain: vm1 }
  other: { program: webserver, domain: vm1 }
  theirs: { program: webserver, domain: vm2 }
clients:
  a: { target: one, rate: 100 }
  b: { target: other, rate: 100 }
  c: { target: theirs, rate: 100 }
subject: { vm: vm1 }
`);
  const [variant] = loadDefinition(file).variants;
  if (variant === undefined) throw new Error('no variant');
  const given = Object.fromEntries(
    [1, 20, 300].flatMap((count, i) => {
      const client = ['a', 'b', 'c'][i] ?? '';
      return [
        [`client:${client}:replies`, [count, count] as const],
        [`client:${client}:errors`, [1000 * count, 1000 * count] as const],
      ];
    }),
  );
  const run = measure(resultOf(variant, given), variant.input, variant.subject, 1);
  const names = metricsOf(variant.input, variant.subject).map(({ name }) => name);
  const mean = (name: string) => run.means[names.indexOf(name)];
  // Twice so many in a second.
  expect(mean('throughput_rps')).toBe(2 * (1 + 20));
  expect(mean('connection_errors_rps')).toBe(2000 * (1 + 20));
  expect(mean('client_c_replies_rps')).toBe(2 * 300);
});

test('each metric is of its own series, in its own unit', () => {
  const file = definitionFile(`id: units
title: Units
domains: { vm1: {} }
processes:
  snort: { program: snort, domain: dom0, watches: vm1 }
  tripwire: { program: tripwire, domain: dom0, watches: vm1 }
  limiter: { program: oc-limiter, domain: dom0, target: tripwire, limit: 30 }
cages: { cage: { vms: [vm1], processes: [tripwire], cap: 50 } }
`);
  const [variant] = loadDefinition(file).variants;
  if (variant === undefined) throw new Error('no variant');
  // Over two samples of half a second.
  const given = {
    'sniffer:snort:offered': [100, 300],
    'sniffer:snort:missed': [0, 20],
    'scan:tripwire:bytes': [3e6, 5e6],
    'scan:tripwire:scans': [1, 1],
    'disk:busy': [0.1e9, 0.3e9],
    'disk:bytes': [1e6, 1e6],
    'limiter:limiter:allowed': [0.2e9, 0.1e9],
    'limiter:limiter:stops': [4, 5],
    'process:tripwire:proc': [0.1e9, 0.1e9],
    'domain:dom0:proc:steal': [0.25e9, 0.25e9],
    'domain:dom0:proc:total': [0.25e9, 0.25e9],
    'domain:vm1:dom0net': [0.01e9, 0.03e9],
    'cage:cage:used': [0.3e9, 0.2e9],
  } as const;
  const run = measure(resultOf(variant, given), variant.input, variant.subject, 1);
  const names = metricsOf(variant.input, variant.subject).map(({ name }) => name);
  const means = Object.fromEntries(names.map((name, i) => [name, run.means[i]]));
  const expected = {
    process_snort_missed_packets_pct: 5,
    process_tripwire_scan_mb_per_s: 8,
    process_tripwire_scans_per_h: 2 * 3600,
    disk_busy_pct: 40,
    disk_read_mb_per_s: 2,
    limiter_limiter_allowed_pct: 30,
    limiter_limiter_stops_per_s: 9,
    // Of what the tools see, and of the time that passes.
    process_tripwire_proc_pct: 40,
    process_tripwire_proc_wall_pct: 20,
    domain_dom0_proc_steal_pct: 50,
    cage_cage_cpu_pct: 50,
  };
  for (const [name, value] of Object.entries(expected)) {
    expect([name, means[name]]).toEqual([name, expect.closeTo(value, 9)]);
  }
});

describe('breakDown', () => {
  const { input, subject } = variantOf('offloadcage');
  const row = (changes: Partial<LedgerRow>): LedgerRow => ({
    domain: 'dom0',
    cr3: 'snort',
    task: 'snort',
    context: 'user',
    work: '',
    beneficiary: 'vm1',
    ns: 1,
    ...changes,
  });
  const partsOf = (...rows: LedgerRow[]) => {
    const breakdown = breakDown(rows, input, subject);
    const parts = BREAKDOWN_PARTS.map(({ id }, p) => [id, breakdown?.partsNs[p]]);
    return Object.fromEntries(parts.filter(([, ns]) => ns !== 0));
  };

  test.each([
    ['own', row({})],
    ['own', row({ context: 'kernel' })],
    ['network', row({ context: 'softirq' })],
    ['network', row({ context: 'interrupt' })],
    ['network', row({ context: 'softirq', task: 'idle' })],
    ['own', row({ context: 'kernel', device: 'disk' })],
    ['disk', row({ context: 'kernel', task: 'loop0', device: 'disk' })],
    ['disk', row({ context: 'softirq', task: 'idle', device: 'disk' })],
    ['disk', row({ context: 'interrupt', device: 'disk' })],
    ['kernel-threads', row({ context: 'softirq', task: 'ksoftirqd' })],
    ['kernel-threads', row({ context: 'interrupt', task: 'ksoftirqd', beneficiary: null })],
    ['other-interrupts', row({ context: 'interrupt', beneficiary: null })],
    ['other-interrupts', row({ context: 'softirq', beneficiary: 'vm2' })],
    ['switches', row({ context: 'hypervisor', beneficiary: null })],
    ['switches', row({ context: 'kernel', beneficiary: null })],
  ])('%s', (part, one) => expect(partsOf(one)).toEqual({ [part]: 1 }));

  test('what runs on other page tables is not in it', () => {
    expect(partsOf(row({ cr3: null }), row({ domain: 'vm1' }))).toEqual({});
  });

  test('domain 0 network work, inside and outside', () => {
    const breakdown = breakDown(
      [
        row({ context: 'softirq', ns: 6 }),
        row({ context: 'softirq', task: 'ksoftirqd', ns: 3 }),
        row({ context: 'softirq', cr3: 'other', ns: 1 }),
        row({ context: 'softirq', domain: 'vm1', ns: 5 }),
        // For another VM, and for a disk: none of it is network work for this one.
        row({ context: 'softirq', beneficiary: 'vm2', ns: 7 }),
        row({ context: 'softirq', device: 'disk', ns: 50 }),
        row({ context: 'interrupt', device: 'disk', cr3: 'other', ns: 50 }),
        row({ ns: 100 }),
      ],
      input,
      subject,
    );
    expect(breakdown?.networkInsidePct).toBe(90);
  });

  test('there is none without a subject', () => {
    expect(breakDown([row({})], input, null)).toBeNull();
    expect(breakDown([row({})], input, { vm: 'vm1', ids: null, total: [] })).toBeNull();
  });
});
