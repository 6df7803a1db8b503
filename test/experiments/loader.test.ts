import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withDuration } from '../../src/definition/resolve-definition.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { experimentFile } from '../../src/files/shipped.js';
import { definitionFile, SMALL } from './definition-files.js';
import { messageFor, messageOf } from './messages.js';

describe('a valid definition', () => {
  test('gets the defaults and becomes the input of the model', () => {
    const definition = loadDefinition(definitionFile(SMALL));
    expect(definition).toMatchObject({
      id: 'small',
      durationNs: 10e9,
      warmupNs: 0,
      sampleNs: 1e9,
      seedCount: 10,
      figures: [],
    });
    expect(definition.variants).toHaveLength(1);
    const [variant] = definition.variants;
    expect(variant).toMatchObject({ id: 'main', title: 'Two loops', subject: null });
    const kernel = { accounting: 'o1-steal', scheduler: 'o1-2.6.16', procTotal: 'without-steal' };
    const defaults = { capPct: 0, affinity: [0], ...kernel };
    expect(variant?.input.domains).toEqual([
      { name: 'dom0', weight: 256, ...defaults, scheduler: 'o1-2.6.18' },
      { name: 'vm1', weight: 256, ...defaults },
      { name: 'vm2', weight: 512, ...defaults },
    ]);
    expect(variant?.input.processes[1]).toEqual({
      name: 'two',
      program: 'loop',
      domain: 'vm2',
      nice: 0,
      startNs: 0,
    });
  });

  test('may use anchors and merge keys', () => {
    const text = SMALL.replace('vm1: {}', 'vm1: &vm { weight: 100 }').replace(
      'vm2: { weight: 512 }',
      'vm2: { <<: *vm, cap: 10 }',
    );
    const [variant] = loadDefinition(definitionFile(text)).variants;
    expect(variant?.input.domains[2]).toMatchObject({ weight: 100, capPct: 10 });
  });

  test('dom0 comes first wherever it is listed', () => {
    const text = SMALL.replace('  vm2:', '  dom0: { weight: 512 }\n  vm2:');
    const [variant] = loadDefinition(definitionFile(text)).variants;
    expect(variant?.input.domains.map((domain) => domain.name)).toEqual(['dom0', 'vm1', 'vm2']);
    expect(variant?.input.domains[0]?.weight).toBe(512);
  });

  test('a variant changes, adds and removes', () => {
    const text = `${SMALL}variants:
  base: { title: as above }
  changed:
    title: changed
    domains: { vm1: { cap: 20 }, vm3: {} }
    processes: { two: null }
`;
    const [base, changed] = loadDefinition(definitionFile(text)).variants;
    expect(base?.input.domains).toHaveLength(3);
    expect(changed?.input.domains.map(({ name, capPct }) => [name, capPct])).toEqual([
      ['dom0', 0],
      ['vm1', 20],
      ['vm2', 0],
      ['vm3', 0],
    ]);
    expect(changed?.input.processes.map((process) => process.name)).toEqual(['one']);
  });
});

/** What is replaced in SMALL, by what, and what the message says. */
const MISTAKES: readonly [string, string, string, string][] = [
  [
    'an unknown key',
    'warmup:',
    'warmpu:',
    'my.yaml:4:1: warmpu: got an unknown key; allowed: id, ',
  ],
  ['its hint', 'warmup:', 'warmpu:', 'did you mean warmup?'],
  ['an unknown key inside', 'weight', 'wieght', 'my.yaml:7:10: domains.vm2.wieght: got an unknown'],
  [
    'a negative duration',
    'duration: 10s',
    'duration: -10s',
    'my.yaml:3:11: duration: got "-10s"; allowed: a number of seconds',
  ],
  ['a duration that is none', '10s', 'soon', 'duration: got "soon"; allowed: a number of seconds'],
  ['a duration of another type', '10s', '[1]', 'duration: got a list; allowed: a number of sec'],
  [
    'a duration that is no multiple',
    '10s',
    '10.5s',
    'my.yaml:3:11: duration: got 10.5s; allowed: a whole multiple of the sample, 1s',
  ],
  ['too long a duration', '10s', '2000h', 'allowed: at most 100000 samples'],
  ['no seeds', 'warmup: 0', 'seeds: 0', 'my.yaml:4:8: seeds: got 0; allowed: at least 1'],
  ['half a seed', 'warmup: 0', 'seeds: 1.5', 'seeds: got 1.5; allowed: a whole number'],
  [
    'a cap above the machine',
    'weight: 512',
    'cap: 101',
    'my.yaml:7:15: domains.vm2.cap: got 101; allowed: 0 (no cap) to 100',
  ],
  ['a negative cap', 'weight: 512', 'cap: -1', 'domains.vm2.cap: got -1; allowed: at least 0'],
  ['a weight of 0', '512', '0', 'domains.vm2.weight: got 0; allowed: at least 1'],
  ['no VCPU', 'weight: 512', 'vcpus: 0', 'domains.vm2.vcpus: got 0; allowed: at least 1'],
  [
    'a cap of more than its VCPUs',
    'weight: 512',
    'vcpus: 2, cap: 300',
    'vm2.cap: got 300; allowed: 0 (no cap) to 200, all that its 2 VCPUs can use',
  ],
  [
    'a process on a VCPU that is not there',
    'domain: vm2',
    'domain: vm2, vcpu: 1',
    'processes.two.vcpu: got 1; allowed: 0, the only VCPU of vm2',
  ],
  ['a timer frequency', 'weight: 512', 'hz: 300', 'vm2.hz: got 300; allowed: 100, 250, 1000'],
  ['a PCPU that is not there', 'weight: 512', 'affinity: [1]', 'got 1; allowed: each once, 0 to 0'],
  [
    'an unknown domain',
    'domain: vm2',
    'domain: vm3',
    'my.yaml:10:33: processes.two.domain: got "vm3"; allowed: dom0, vm1, vm2; did you mean vm1?',
  ],
  ['a domain like a method', 'domain: vm2', 'domain: toString', 'got "toString"; allowed: dom0, '],
  [
    'an unknown program',
    'program: loop, domain: vm2',
    'program: lop',
    'got "lop"; allowed: loop, snort, tripwire, oc-limiter, webserver, periodic, batch, cgi; ' +
      'did you mean loop?',
  ],
  [
    'a program left out',
    'program: loop, domain: vm2',
    'nice: 0',
    'program: got nothing; allowed: l',
  ],
  ['a field left out', ', domain: vm2', '', 'processes.two.domain: got nothing; allowed: letters'],
  ['a nice value', 'domain: vm2', 'domain: vm2, nice: 20', 'got 20; allowed: at most 19'],
  ["a kernel thread's name", 'two:', 'ksoftirqd:', 'processes.ksoftirqd: got the name ksoftirqd'],
  ['a name with a space', 'vm1:', 'vm 1:', 'my.yaml:6:3: domains.vm 1: got "vm 1"; allowed: let'],
  ['a prototype', 'vm1:', '__proto__:', 'my.yaml:6:3: got the key __proto__; allowed'],
  ['nothing where a mapping is', 'vm1: {}', 'vm1:', 'domains.vm1: got nothing; allowed: a mapping'],
  ['an id for a path', 'id: small', 'id: ../small', 'id: got "../small"; allowed: lower-case'],
  [
    'a value out of a list',
    'vm1: {}',
    'vm1: { accounting: o1-stael }',
    'got "o1-stael"; allowed: o1, o1-steal, cfs, cfs-hvm; did you mean o1-steal?',
  ],
  ['an unknown machine', 'warmup: 0', 'machine: athlon', 'did you mean athlon-xen33?'],
  [
    'a machine file',
    'warmup: 0',
    'machine: ./athlon-xen.yaml',
    'my.yaml:4:10: machine: got "./athlon-xen.yaml"; allowed: athlon-xen33; did you mean ' +
      'athlon-xen33? (or the path of a file that can be read; ./athlon-xen.yaml: no such file)',
  ],
  [
    'a sample in the unit of the duration',
    '10s',
    '10500ms',
    'got 10500ms; allowed: a whole multiple of the sample, 1000ms',
  ],
  [
    'more than a month',
    '10s',
    '721h\nsample: 1h',
    'duration: got 721h; allowed: at most 720h, warm-up included',
  ],
  [
    'a duplicate key',
    'warmup: 0',
    'title: again',
    'my.yaml:4:1: title: got a key that is there already; allowed: each key once',
  ],
  [
    'a list as a key',
    'vm1: {}',
    '[a]: {}',
    'my.yaml:6:3: got a list or mapping as a key; allowed: a name',
  ],
  ['an anchor that is none', 'vm1: {}', 'vm1: *vm', 'my.yaml:6:8: got *vm; allowed: an anchor'],
  ['two documents', 'warmup: 0', '---', 'my.yaml:4:1: got a second document; allowed: one'],
];

describe('a mistake is told in one line', () => {
  test.each(MISTAKES)('%s', (_, from, to, expected) => {
    expect(SMALL).toContain(from);
    expect(messageFor(SMALL.replace(from, to))).toContain(expected);
  });

  test('several mistakes are counted', () => {
    const text = SMALL.replace('10s', '-1s').replace('512', '0');
    expect(messageFor(text)).toMatch(/^my\.yaml:3:11: duration: .* \(and 1 more\)$/);
  });

  test.each([
    ['an empty file', '', 'my.yaml: the file is empty'],
    ['comments only', '# nothing\n', 'my.yaml: the file is empty'],
    ['a list', '- id: x\n', 'my.yaml:1:1: got no mapping'],
    ['text', 'hello\n', 'my.yaml:1:1: got no mapping'],
    ['a binary file', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe), 'my.yaml: not UTF-8 text'],
    ['zero bytes', Uint8Array.of(0, 0), 'my.yaml: not text'],
  ])('%s', (_, text, expected) => expect(messageFor(text)).toContain(expected));

  test('files that cannot be read', () => {
    const path = definitionFile(SMALL);
    expect(messageOf(() => loadDefinition('no.yaml'))).toBe(
      'no.yaml: no such file; allowed: a readable YAML file',
    );
    expect(messageOf(() => loadDefinition(dirname(path)))).toContain('is a directory');
  });

  test('a value that contains itself', () => {
    expect(messageFor('domains: &d { vm1: *d }')).toMatch(/^my\.yaml:1:\d+: /);
  });

  test('an alias bomb', () => {
    const lists = Array.from(
      { length: 9 },
      (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}, *l${i}]`,
    );
    expect(messageFor(`l0: &l0 [1, 2]\n${lists.join('\n')}\n`)).toContain('anchors');
  });
});

describe('withDuration', () => {
  const snort = loadDefinition(experimentFile('snort'));

  test('changes every variant', () => {
    const short = withDuration(snort, 3e9);
    expect(short.durationNs).toBe(3e9);
    expect(short.variants.map((variant) => variant.input.durationNs)).toEqual([3e9, 3e9, 3e9]);
  });

  test('keeps the sampling period of a time that it divides, and all that hangs on it', () => {
    expect(withDuration(snort, snort.durationNs)).toEqual(snort);
    expect(withDuration(snort, 7e9).sampleNs).toBe(1e9);
  });

  test('samples another time at the longest period that divides both', () => {
    for (const [durationNs, sampleNs] of [
      [500e6, 500e6],
      [1500e6, 500e6],
      [2.5e9, 500e6],
      [1.3e9, 100e6],
      [1, 1],
    ] as const) {
      const short = withDuration(snort, durationNs);
      expect(short.sampleNs).toBe(sampleNs);
      for (const { input } of short.variants) expect(input).toMatchObject({ durationNs, sampleNs });
    }
  });

  test.each([
    [1.2345678e9, '1.2345678s, 6172839 samples of 200ns; allowed: at most 100000 samples'],
    [7.2e15, '7200000s, 7200000 samples of 1s; allowed: at most 100000 samples'],
  ])('refuses %d ns', (ns, message) => {
    expect(messageOf(() => withDuration(snort, ns))).toBe(`--duration: got ${message}`);
  });
});

test('every file name in messages is the one that was asked for', () => {
  const path = definitionFile('', 'other.yaml');
  expect(messageOf(() => loadDefinition(path))).toContain(`${basename(path)}: the file is empty`);
});
