import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { loadDefinition } from '../../src/files/load-definition.js';
import { machineFile } from '../../src/files/shipped.js';
import { type DeclaredQuantity, QUANTITIES } from '../../src/model/quantities.js';
import { definitionFile, SMALL } from './definition-files.js';

const MACHINE = readFileSync(machineFile('athlon-xen33'), 'utf8');

/** A definition beside a machine file of its own, with `from` replaced by `to`. */
function withMachine(from: string | RegExp, to: string) {
  const machine = definitionFile(MACHINE.replace(from, to), 'machine.yaml');
  const path = definitionFile(SMALL.replace('warmup: 0', `machine: ${machine}`));
  return () => loadDefinition(path).variants[0]?.input;
}

test('a machine file of the user, with other units', () => {
  const input = withMachine(
    /web_request:\n {4}value: \S+\n {4}unit: us/,
    'web_request:\n    value: 0.12\n    unit: ms',
  )();
  expect(input?.costs.webRequestNs).toBe(120_000);
});

test('a path is relative to the definition', () => {
  const path = definitionFile(SMALL.replace('warmup: 0', 'machine: ./machine.yaml'));
  expect(() => loadDefinition(path)).toThrow(/machine: got .* \.\/machine\.yaml: no such file/);
  writeFileSync(join(dirname(path), 'machine.yaml'), MACHINE);
  expect(loadDefinition(path).variants[0]?.machine.pcpus).toBe(1);
});

test.each([
  [
    'a unit of another kind',
    'unit: us',
    'unit: bytes',
    'unit: got "bytes"; allowed: ns, us, ms, s',
  ],
  ['no origin', 'origin: fitted', 'origin: guessed', 'allowed: measured, published, fitted, assum'],
  [
    'a fit to nothing',
    / {4}fits: S3, S5.*\n/,
    '',
    'fits: got nothing; allowed: what it is fitted to',
  ],
  [
    'a cost of nothing',
    /web_request:\n {4}value: \S+/,
    'web_request:\n    value: 0',
    'web_request.value: got 0; allowed: 0.002 to 1000000 us',
  ],
  [
    'too dear a cost, in its unit',
    /web_request:\n {4}value: \S+\n {4}unit: us/,
    'web_request:\n    value: 5\n    unit: s',
    'web_request.value: got 5; allowed: 2e-9 to 1 s',
  ],
  [
    'a cost between two nanoseconds',
    /web_request:\n {4}value: \S+/,
    'web_request:\n    value: 0.0024',
    'web_request.value: got 0.0024; allowed: a whole number of ns; the nearest is 0.002 us',
  ],
  ['half a percent', 'value: 40', 'value: 40.5', 'got 40.5; allowed: a whole number of %'],
  ['a negative cost', /value: \S+/, 'value: -1', 'value: got -1; allowed: at least 0'],
  ['a whole share', 'value: 40', 'value: 100', 'bridge_share.value: got 100; allowed: 1 to 99 %'],
  ['no PCPU', 'pcpus: 1', 'pcpus: 0', 'pcpus: got 0; allowed: at least 1'],
  ['a missing cost', /guest_packet:/, 'guest_pocket:', 'did you mean guest_packet?'],
])('%s', (_, from, to, message) => {
  expect(withMachine(from, to)).toThrow(message);
  expect(withMachine(from, to)).toThrow(/machine\.yaml:\d+:\d+: /);
});

const declared = Object.values(QUANTITIES).flatMap((section): [string, DeclaredQuantity][] =>
  Object.entries(section),
);

test('no two quantities of a machine have one name: machine_values tells them apart by it', () => {
  const names = ['pcpus', ...declared.map(([, { name }]) => name)];
  expect(new Set(names).size).toBe(names.length);
});

/** How the model's names end, by unit. */
const SUFFIX = {
  ns: 'Ns',
  '%': 'Pct',
  packets: 'Slots',
  bytes: 'Bytes',
  'bit/s': 'BitsPerSecond',
  'bytes/s': 'BytesPerSecond',
};

test('the model calls a quantity as users do, and says in which unit it counts', () => {
  const others = declared.filter(([key, { name, unit }]) => {
    const camelCase = name.replace(/_(.)/g, (_, first: string) => first.toUpperCase());
    return key !== camelCase + SUFFIX[unit];
  });
  expect(others.map(([key, { name }]) => [key, name])).toEqual([
    ['pollBudget', 'poll_budget'],
    ['netdevBudget', 'netdev_budget'],
    ['netbackSlots', 'netback_slots'],
    ['bytesPerSecond', 'transfer'],
  ]);
});

test.each([
  ['link', '1 Gbit/s', { linkBitsPerSecond: 1e9 }],
  ['link', '100 Mbit/s', { linkBitsPerSecond: 100e6 }],
  ['link', '64 kbit/s', { linkBitsPerSecond: 64e3 }],
  ['latency', '2 ms', { latencyNs: 2e6 }],
  ['latency', '1 s', { latencyNs: 1e9 }],
  ['nic_ring', '8 packets', { nicRingSlots: 8 }],
  ['sniffer_buffer', '4 KiB', { snifferBufferBytes: 4096 }],
  ['sniffer_buffer', '2 MiB', { snifferBufferBytes: 2_097_152 }],
])('%s of %s', (name, quantity, expected) => {
  const [value, unit] = quantity.split(' ');
  const written = new RegExp(`(${name}):\\n {4}value: \\S+\\n {4}unit: \\S+`);
  const input = withMachine(written, `$1:\n    value: ${value}\n    unit: ${unit}`)();
  expect(input?.network).toMatchObject(expected);
});
