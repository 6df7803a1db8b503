import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Definition } from '../../src/definition/definition.js';
import { loadCatalog } from '../../src/files/experiment-catalog.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { machineFile } from '../../src/files/shipped.js';
import { starterFiles } from '../../src/files/starter.js';
import { definitionFile, SMALL } from './definition-files.js';

/** What is said if a definition is run as it is. */
function spoken({ warnings, durationNs }: Definition): string[] {
  return warnings.filter(({ untilNs }) => durationNs < untilNs).map(({ line }) => line);
}

const warnings = (text: string) =>
  spoken(loadDefinition(definitionFile(text))).map((line) => line.replace(/^.*\/my/, 'my'));

const CAGE = `${SMALL}cages:
  cage: { vms: [vm1], processes: [one, two], cap: 50 }
`;

test('a process of a cage that runs in a VM of the same cage', () => {
  const warning =
    'my.yaml:12:35: cages.cage.processes.0: one adds nothing to RC.ids: it runs in vm1, ' +
    'which counts as a whole';
  expect(warnings(CAGE)).toEqual([warning]);
  expect(warnings(CAGE.replace('[one, two]', '[two]'))).toEqual([]);
});

test('is said where a variant puts it there', () => {
  const variants = `variants:
  apart: { title: Apart }
  inside: { title: Inside, cages: { cage: { processes: [two, one] } } }
`;
  expect(warnings(CAGE.replace('[one, two]', '[two]') + variants)).toEqual([
    expect.stringMatching(
      /^my\.yaml:15:\d+: variants\.inside\.cages\.cage\.processes\.1: one adds/,
    ),
  ]);
});

test('but not one that an OC-Limiter limits: it needs the measure', () => {
  const limiter = '  limiter: { program: oc-limiter, domain: vm1, target: one, limit: 20 }\n';
  expect(warnings(CAGE.replace('cages:', `${limiter}cages:`))).toEqual([]);
});

test('no shipped experiment says anything to no effect', () => {
  const said = loadCatalog().flatMap(spoken);
  expect(said).toEqual([]);
});

const SERVED = `id: served
title: Served
duration: 10s
warmup: 5s
domains:
  vm1: {}
processes:
  web: { program: webserver, domain: vm1 }
  ids: { program: snort, domain: dom0, watches: vm1 }
clients:
  c: { target: web, rate: 10 }
cages:
  cage: { vms: [vm1], processes: [ids], cap: 50 }
`;

/** What is changed in SERVED, into what, and what is said then. */
const EFFECTLESS: readonly [string, string, string, readonly string[]][] = [
  ['nothing', 'cap: 50', 'cap: 50', []],
  ['an idle domain', 'vm1: {}\n', 'vm1: {}\n  vm2: {}\n', ['7:3: domains.vm2: nothing runs in it']],
  [
    'many idle domains',
    'vm1: {}\n',
    `vm1: {}\n${Array.from({ length: 9 }, (_, i) => `  x${i}: {}\n`).join('')}`,
    ['7:3: domains.x0 and 8 more (x1, x2, x3, ...): nothing runs in it'],
  ],
  [
    'a domain whose files are checked',
    'vm1: {}\nprocesses:',
    'vm1: {}\n  vm2: {}\nprocesses:\n  tw: { program: tripwire, domain: dom0, watches: vm2 }',
    [],
  ],
  [
    'a process that starts at the end',
    'domain: vm1 }',
    'domain: vm1, start: 15s }',
    ['8:3: processes.web: it never runs: it starts at 15s, when the run is over'],
  ],
  ['a process that starts just before', 'domain: vm1 }', 'domain: vm1, start: 14.9s }', []],
  [
    'a client that is too slow',
    'rate: 10 ',
    'rate: 0.05 ',
    ['11:3: clients.c: it opens no connection in the time that is measured: its rate is too low'],
  ],
  ['a client that opens one, after 10s', 'rate: 10 ', 'rate: 0.1 ', []],
  [
    'a client that does not wait',
    'rate: 10 ',
    'rate: 10, timeout: 100us, tick: 100us ',
    ['11:31: clients.c.timeout: it gives every connection up: an answer takes at least 120 us'],
  ],
  [
    'a server and an IDS without a client',
    'clients:\n  c: { target: web, rate: 10 }\n',
    '',
    [
      '8:3: processes.web: no client asks it',
      '9:3: processes.ids: it sees no packets: no client asks a web server in vm1',
    ],
  ],
  [
    'a cage without the IDS',
    'processes: [ids], ',
    '',
    ['13:3: cages.cage: no IDS counts in it: ids watches its VM and is in no cage'],
  ],
  [
    'a window of a cage without processes',
    '  cage: { vms: [vm1], processes: [ids], cap: 50 }',
    '  ids: { processes: [ids], enforce: false }\n  cage: { vms: [vm1], cap: 5, counts: own }',
    ['14:31: cages.cage.counts: it changes nothing: the cage has no processes'],
  ],
  [
    'the total credit of all PCPUs, of which there is one',
    'processes: [ids], cap: 50',
    'processes: [ids], cap: 50, total_credit: all-pcpus',
    ['13:50: cages.cage.total_credit: it changes nothing: the machine has one PCPU'],
  ],
  [
    'a worker on each VCPU, of which there is one',
    'program: webserver, domain: vm1',
    'program: webserver, domain: vm1, workers: per-vcpu',
    ['8:43: processes.web.workers: it changes nothing: vm1 has one VCPU'],
  ],
  [
    'a cage without a VM',
    'vms: [vm1], ',
    '',
    ['13:3: cages.cage: it limits nothing: it has no VM, and processes are only measured'],
  ],
  [
    'a limiter of what never runs',
    'watches: vm1 }',
    'watches: vm1, start: 1h }\n  l: { program: oc-limiter, domain: dom0, target: ids, limit: 20 }',
    [
      '9:3: processes.ids: it never runs: it starts at 3600s, when the run is over',
      '10:3: processes.l: it limits nothing: ids never runs',
    ],
  ],
];

test.each(EFFECTLESS)('%s', (_, from, to, said) => {
  expect(SERVED).toContain(from);
  const found = warnings(SERVED.replace(from, to));
  expect(found).toHaveLength(said.length);
  for (const [i, line] of said.entries()) expect(found[i]).toContain(`my.yaml:${line}`);
});

test('a client of which nothing is recorded in the measured time', () => {
  const log = (times: string) => definitionFile(`time_s\n${times}\n`, 'log.csv');
  const replayed = (times: string) =>
    warnings(SERVED.replace('rate: 10', `kind: replay, file: ${log(times)}`));
  // Warm-up until 5 s, and 10 s more.
  for (const times of ['1\n4.9', '1\n15.1']) {
    expect(replayed(times)).toEqual([
      expect.stringContaining(
        'clients.c: it opens no connection in the time that is measured: its',
      ),
    ]);
  }
  for (const times of ['5', '1\n14.9\n16']) expect(replayed(times)).toEqual([]);
});

test('a client that does not wait, on a machine whose latency is in milliseconds', () => {
  const shipped = readFileSync(machineFile('athlon-xen33'), 'utf8');
  const far = shipped.replace(/latency:\n {4}value: 30\n {4}unit: us/, (text) =>
    text.replace('30', '2').replace('us', 'ms'),
  );
  const head = `machine: ${definitionFile(far, 'far.yaml')}\n`;
  const waiting = (timeout: string) =>
    warnings(head + SERVED.replace('rate: 10 ', `rate: 10, timeout: ${timeout} `));
  expect(waiting('7ms')).toEqual([
    expect.stringContaining('takes at least 8000 us on the network'),
  ]);
  expect(waiting('9ms')).toEqual([]);
});

test('a domain that only a variant has is perhaps another by a mistyped name', () => {
  const text = `${SERVED}variants:\n  a: { title: A, domains: { vm11: { cap: 5 } } }\n`;
  expect(warnings(text)).toEqual([
    'my.yaml:15:29: variants.a.domains.vm11: nothing runs in it; did you mean vm1?',
  ]);
});

test('what does something in one variant is there to be compared', () => {
  const variants = `variants:
  with: { title: With }
  without: { title: Without, clients: null, cages: { cage: { processes: [] } } }
`;
  expect(warnings(SERVED + variants)).toEqual([]);
});

test('a variant that is the same as one before', () => {
  const variants =
    'variants:\n  a: { title: A }\n  b: { title: B, clients: { c: { rate: 10 } } }\n';
  expect(warnings(SERVED + variants)).toEqual([
    'my.yaml:16:3: variants.b: has the same settings as a',
  ]);
});

test('how long it is measured decides what never runs', () => {
  const late = SERVED.replace('domain: vm1 }', 'domain: vm1, start: 9s }');
  const [warning, ...others] = loadDefinition(definitionFile(late)).warnings.filter(({ line }) =>
    line.includes('never runs'),
  );
  expect(others).toEqual([]);
  // It runs in the last nanosecond of 4s and a nanosecond after 5s of warm-up.
  expect(warning?.untilNs).toBe(4e9 + 1);
});

test('the starter says nothing to no effect', () => {
  expect(warnings(starterFiles('mine').definition.content)).toEqual([]);
});
