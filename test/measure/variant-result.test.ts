/** What the runs of a variant come to together, of runs whose numbers are given. */
import { expect, test } from 'vitest';
import type { Variant } from '../../src/definition/definition.js';
import { variantMetrics } from '../../src/definition/metrics/metrics.js';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { headlinesOf } from '../../src/measure/headlines.js';
import { variantResult } from '../../src/measure/variant-result.js';
import { breakdown } from '../claims/measured.js';
import { definitionFile } from '../experiments/definition-files.js';

type Run = Parameters<typeof variantResult>[1][number];

const run = (seed: number, given: Partial<Run>): Run => ({
  seed,
  values: [],
  means: [],
  breakdownPct: [],
  networkInsidePct: null,
  counters: [],
  ...given,
});

function resultOf(experiment: string, ...runs: readonly Run[]) {
  const definition = findExperiment(experiment);
  const [variant] = definition.variants;
  if (variant === undefined) throw new Error('no variant');
  return variantResult(variant, runs, definition);
}

test('parts of the time of an IDS are means over the runs, and make up the whole', () => {
  const runs = [
    run(1, { breakdownPct: breakdown({ own: 10, network: 25, switches: 3 }) }),
    run(2, { breakdownPct: breakdown({ own: 14, network: 15, switches: 1, disk: 2 }) }),
  ];
  const parts = resultOf('snort', ...runs).breakdown;
  const cpu = Object.fromEntries(parts.map(({ label, cpu_pct }) => [label, cpu_pct]));
  expect(cpu['Own work of the IDS']).toBe(12);
  expect(cpu['Interrupts and softirqs for the VM']).toBe(20);
  expect(cpu['Switches of VCPU and process']).toBe(2);
  // Snort reads no disk, Tripwire does.
  expect(cpu).not.toHaveProperty('Disk work for the IDS');
  for (const { cpu_pct, share_pct } of parts)
    expect(share_pct).toBeCloseTo((100 * cpu_pct) / 34, 9);
  const withDisk = resultOf('tripwire', ...runs).breakdown;
  expect(withDisk.find(({ label }) => label === 'Disk work for the IDS')?.cpu_pct).toBe(1);
  expect(withDisk.reduce((sum, { share_pct }) => sum + share_pct, 0)).toBeCloseTo(100, 9);
});

test('an IDS that never ran has parts of nothing; without one there are none', () => {
  const nothing = resultOf('snort', run(1, { breakdownPct: breakdown({}) })).breakdown;
  expect(new Set(nothing.map(({ share_pct }) => share_pct))).toEqual(new Set([0]));
  expect(resultOf('loop', run(1, {})).breakdown).toEqual([]);
});

test('a counter is a mean over all runs, also those in which nothing was counted', () => {
  const full = (perS: number) => ({ counters: [{ name: 'NIC ring full', perS }] });
  const { counters } = resultOf('snort', run(1, full(30)), run(2, {}), run(3, full(60)));
  expect(counters).toEqual([{ name: 'NIC ring full', per_s: 30 }]);
});

test('a table shows CPU time, what is left of it, and then what came of it', () => {
  const file = definitionFile(`id: job
title: A job beside a web server
domains: { vm1: {}, vm2: {} }
processes:
  web: { program: webserver, domain: vm1 }
  ids: { program: snort, domain: dom0, watches: vm1 }
  job: { program: batch, domain: vm2, work: 1s }
clients: { c: { target: web, rate: 10 } }
subject: { vm: vm1, ids: ids }
`);
  const [variant] = loadDefinition(file).variants as [Variant];
  const recipes = variantMetrics(variant, [variant]);
  const shown = headlinesOf(variant, recipes, []);
  const units = shown.map((name) => recipes.find((one) => one.name === name)?.unit);
  const idle = shown.indexOf('idle_pct');
  expect(idle).toBeGreaterThan(4);
  for (const unit of units.slice(0, idle + 1)) expect(unit).toBe('%');
  // Packets that were missed are no CPU time.
  for (const [i, unit] of units.slice(idle + 1).entries()) {
    expect(unit !== '%' || shown[idle + 1 + i]?.includes('missed')).toBe(true);
  }
  const wanted = ['dom0_net_cpu_pct', 'domain_vm2_cpu_pct', 'process_job_makespan_s'];
  expect(shown).toEqual(expect.arrayContaining(wanted));
  // The subject's VM is there by its own name, and not all that is known is in the table.
  expect(shown).not.toContain('domain_vm1_cpu_pct');
  expect(new Set(shown).size).toBe(shown.length);
});
