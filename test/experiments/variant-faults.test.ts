/** What only a variant makes wrong says which variant, where to mend it, and what came of it. */
import { describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/files/load-definition.js';
import { definitionFile } from './definition-files.js';
import { messagesFor } from './messages.js';

/** 22 lines; variant b is on line 23. */
const BASE = `id: t
title: T
duration: 2s
warmup: 1s
machine_values: { snort_packet: 5 }
domains:
  vm1:
    weight: 256
  vm2: {}
processes:
  web: { program: webserver, domain: vm1 }
  snort: { program: snort, domain: dom0, watches: vm1 }
  tw: { program: tripwire, domain: dom0, watches: vm2 }
clients:
  httperf:
    target: web
    rate: 500
cages:
  cage: { vms: [vm1], processes: [snort], cap: 50 }
subject: { vm: vm1, ids: snort }
variants:
  a: { title: A, processes: { tw: null } }
  b:
    title: B
`;

/** What variant b changes, and all that is said of it. */
const FAULTS: readonly [string, string, readonly RegExp[]][] = [
  [
    'a new process without program',
    'processes:\n      p:\n        domain: vm1',
    [/^my\.yaml:27:9: variants\.b\.processes\.p\.program: got nothing; allowed: loop, /],
  ],
  [
    'a mistyped process',
    'processes:\n      snrot:\n        nice: 5',
    [/^my\.yaml:27:9: variants\.b\.processes\.snrot\.program: .*adds snrot: did you mean snort\?$/],
  ],
  [
    'another kind of process with the fields of the old one',
    'processes:\n      snort:\n        program: loop',
    [
      /^my\.yaml:23:3: variant b: processes\.snort\.watches: got an unknown key; allowed: /,
      /^my\.yaml:23:3: variant b: subject\.ids: got "snort"; allowed: an IDS process: tw/,
    ],
  ],
  [
    'a value of its own',
    'domains: { vm1: { cap: -1 } }',
    [/^my\.yaml:25:28: variants\.b\.domains\.vm1\.cap: got -1; allowed: /],
  ],
  [
    'a cap that the cage of the base does not allow',
    'domains: { vm1: { cap: 5 } }',
    [/^my\.yaml:25:28: variants\.b\.domains\.vm1\.cap: got 5; allowed: no cap of its own/],
  ],
  [
    'a server that the client of the base asks taken away',
    'processes: { web: null }',
    [/^my\.yaml:23:3: variant b: clients\.httperf\.target: got "web"; allowed: a web server/],
  ],
  [
    'a process that cage and subject of the base have taken away',
    'processes: { snort: null }',
    [
      /^my\.yaml:23:3: variant b: cages\.cage\.processes\.0: got "snort"; allowed: /,
      /^my\.yaml:23:3: variant b: subject\.ids: got "snort"; allowed: /,
    ],
  ],
  [
    'a domain that several things of the base are about taken away',
    'domains: { vm2: null }',
    [/^my\.yaml:23:3: variant b: processes\.tw\.watches: got "vm2"; allowed: vm1/],
  ],
  [
    'the cap of the cage taken away',
    'cages: { cage: { cap: null } }',
    [/^my\.yaml:\d+:\d+: variants\.b\.cages\.cage: got no cap and no weight; allowed: /],
  ],
  [
    'a mistyped cage',
    'cages: { cagee: { cap: 30 } }',
    [/^my\.yaml:25:21: variants\.b\.cages\.cagee: got no members; .*did you mean cage\?$/],
  ],
  [
    'too short a window',
    'cages: { cage: { ids_window: { kind: sliding, window: 1ms } } }',
    [/^my\.yaml:25:\d+: variants\.b\.cages\.cage\.ids_window\.window: got 1ms; allowed: /],
  ],
  [
    'a machine that is not there',
    'machine: athlon',
    [/^my\.yaml:25:14: variants\.b\.machine: got "athlon"; .*did you mean athlon-xen33\?/],
  ],
  [
    'a quantity that the machine does not have',
    'machine_values: { snort_packt: 4 }',
    [/^my\.yaml:25:23: variants\.b\.machine_values\.snort_packt: .* mean snort_packet\?/],
  ],
  [
    'a value that the machine cannot have',
    'machine_values: { bridge_share: 100 }',
    [/^my\.yaml:25:37: variants\.b\.machine_values\.bridge_share: got 100; allowed: /],
  ],
  [
    'a PCPU that the machine does not have',
    'domains: { vm2: { affinity: [0, 1] } }',
    [/^my\.yaml:25:37: variants\.b\.domains\.vm2\.affinity\.1: got 1; allowed: each once, 0 to 0/],
  ],
  [
    'a subject that is not there',
    'subject: { vm: vm3 }',
    [/^my\.yaml:25:20: variants\.b\.subject\.vm: got "vm3"; allowed: vm1, vm2/],
  ],
  ['a text for a section', 'domains: none', [/^my\.yaml:25:14: variants\.b\.domains: got "none"/]],
];

describe('of a variant', () => {
  test('the definition that they are made from is valid', () => {
    expect(loadDefinition(definitionFile(BASE)).variants).toHaveLength(2);
  });

  test.each(FAULTS)('%s', (_, changes, expected) => {
    const said = messagesFor(`${BASE}    ${changes}\n`);
    expect(said).toHaveLength(expected.length);
    for (const [i, line] of said.entries()) expect(line).toMatch(expected[i] ?? /$ /);
  });

  test("what is wrong with the base is said once, as the base's", () => {
    expect(messagesFor(BASE.replace('[snort]', '[snrot]'))).toEqual([
      'my.yaml:19:35: cages.cage.processes.0: got "snrot"; allowed: web, snort, tw; ' +
        'did you mean snort?',
    ]);
  });
});

/** Null takes away what is there; where nothing is, it is a mistake. */
describe.each([
  ['cages: { cagee: null }', 'cages.cagee', 'cage'],
  ['domains: { vm11: null }', 'domains.vm11', 'vm1'],
  ['processes: { snrot: null }', 'processes.snrot', 'snort'],
  ['clients: { htperf: null }', 'clients.htperf', 'httperf'],
  ['machine_values: { snort_packets: null }', 'machine_values.snort_packets', 'snort_packet'],
  ['cages: { cage: { capp: null } }', 'cages.cage.capp', 'cap'],
  ['domains: { vm1: { cap: null } }', 'domains.vm1.cap', null],
  ['subject: { id: null }', 'subject.id', 'ids'],
  ['debit: null', 'debit', null],
  ['processes: { p: { program: loop, domain: vm1, nice: null } }', 'processes.p.nice', null],
])('%s', (changes, path, nearest) => {
  test('names nothing', () => {
    const said = messagesFor(`${BASE}    ${changes}\n`);
    const line = said.find((one) => one.includes(`: variants.b.${path}: got `)) ?? '';
    expect(line).toMatch(/^my\.yaml:25:\d+: /);
    expect(line).toMatch(
      /: got (null, which takes nothing away|an unknown key|nothing); allowed: /,
    );
    if (nearest !== null) expect(line).toContain(`did you mean ${nearest}?`);
  });
});

test.each(['cages', 'domains', 'processes', 'clients', 'machine_values'])(
  'a null in %s of the base is refused, too',
  (section) => {
    const text = `id: t\ntitle: T\n${section}: { x: null }\n`;
    expect(messagesFor(text)).toEqual([
      expect.stringMatching(
        `^my.yaml:3:\\d+: ${section}\\.x: got (nothing|an unknown key); allowed: `,
      ),
    ]);
  },
);

test('a change to what is there already is none', () => {
  const text = `${BASE}    cages: { cage: { cap: 50 } }\n    processes: { web: { domain: vm1 } }\n`;
  expect(loadDefinition(definitionFile(text)).variants).toHaveLength(2);
});
