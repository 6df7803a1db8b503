/** What is listed as a path, set in a sweep. What may be chosen is tested with the completion. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { machineFile } from '../../src/files/shipped.js';
import { listPaths } from '../../src/sweep/path-list.js';
import { planSweep } from '../../src/sweep/plan.js';
import { sweepRequest } from '../../src/sweep/request.js';
import { findSweep } from '../../src/sweep/sweep-file.js';
import { definitionFile } from '../experiments/definition-files.js';

const source = findSweep(
  definitionFile(`id: served
title: Served
machine: athlon-xen33
duration: 10s
seeds: 2
hypervisor: { scheduler: credit, boost: false }
domains: { vm1: { weight: 300 } }
processes:
  web: { program: webserver, domain: vm1 }
  ids: { program: snort, domain: dom0, watches: vm1, nice: 3 }
clients: { c: { target: web, rate: 10 } }
cages: { cage: { vms: [vm1], processes: [ids], cap: 50 } }
`),
);
const listed = listPaths(source);
const flags = { vary: [], zip: [], seed: 1, variants: [], metrics: [], chart: [] };
/** Enough to have some of each section: a sweep is planned for each. */
const everyNth = <T>(things: readonly T[], n: number) => things.filter((_, i) => i % n === 0);
/** Tells set-ups apart. */
const hashWith = (...set: string[]) =>
  planSweep(sweepRequest(source, { ...flags, set })).sweep.hash;

test('a path with the value that it has changes nothing', () => {
  const own = hashWith();
  const known = listed.filter(({ value }) =>
    ['number', 'boolean', 'string'].includes(typeof value),
  );
  for (const { path, value } of everyNth(known, 4)) {
    expect([path, hashWith(`${path}=${value}`)]).toEqual([path, own]);
  }
  // Those of times, domains, processes, clients, cages and the machine.
  const sections = new Set(known.map(({ path }) => path.split('.')[0]));
  for (const section of ['duration', 'domains', 'clients', 'cages', 'machine_values']) {
    expect(sections).toContain(section);
  }
});

test('the machine has its quantities with their units, and no path has an old name', () => {
  const { pcpus, costs, network, disk } = parse(readFileSync(machineFile('athlon-xen33'), 'utf8'));
  const quantities = { pcpus: { value: pcpus, unit: undefined }, ...costs, ...network, ...disk };
  for (const [name, { value, unit }] of Object.entries<{ value: number; unit?: string }>(
    quantities,
  )) {
    const path = listed.find((one) => one.path === `machine_values.${name}`);
    expect([name, path?.value]).toEqual([name, value]);
    if (unit !== undefined) expect([name, path?.allowed]).toEqual([name, unit]);
  }
  const paths = listed.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  // Of the hypervisor, where its kinds are.
  expect(paths).not.toContain('debit');
  expect(paths).toContain('hypervisor.debit');
});
