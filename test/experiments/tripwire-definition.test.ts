import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { metricsOf } from '../../src/definition/metrics/metrics.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { machineFile } from '../../src/files/shipped.js';
import { definitionFile, SMALL } from './definition-files.js';

const TRIPWIRE = `${SMALL}  guard: { program: tripwire, domain: dom0, watches: vm1 }\n`;

const load = (text: string) => loadDefinition(definitionFile(text)).variants[0]!;
const guard = (text: string) =>
  load(text).input.processes.find((process) => process.program === 'tripwire');

test('the default tree has files of 62 kB on average', () => {
  const tree = guard(TRIPWIRE)?.tree ?? [];
  const files = tree.reduce((sum, group) => sum + group.files, 0);
  const bytes = tree.reduce((sum, group) => sum + group.files * group.meanBytes, 0);
  expect(bytes / files / 1000).toBeCloseTo(62, -1);
});

test('a tree of its own, and a period', () => {
  const own = TRIPWIRE.replace(
    'watches: vm1 }\n',
    'watches: vm1, every: 1h, tree: [{ files: 3, mean: 5e4 }] }\n',
  );
  expect(guard(own)).toMatchObject({
    everyNs: 3600e9,
    tree: [{ files: 3, meanBytes: 50_000, contiguousPct: 50 }],
  });
});

test.each([
  [
    'domain 0 itself',
    'watches: vm1',
    'watches: dom0',
    'processes.guard.watches: got "dom0"; allowed: vm1, vm2',
  ],
  [
    'a domain that is not there',
    'watches: vm1',
    'watches: vm3',
    'processes.guard.watches: got "vm3"; allowed: ',
  ],
  [
    'no files',
    'watches: vm1',
    'watches: vm1, tree: []',
    'tree: got an empty list; allowed: a list',
  ],
  [
    'more files than memory',
    'watches: vm1',
    'watches: vm1, tree: [{ files: 1000000, mean: 1e9 }]',
    'processes.guard.tree: got 1.00e+6 GB; allowed: at most 100 GB of files',
  ],
  [
    "the name of a loop device's thread",
    'one: {',
    'loop0: {',
    'processes.loop0: got the name loop0; allowed: a name that no kernel thread has',
  ],
])('%s is refused', (_, from, to, message) => {
  const path = definitionFile(TRIPWIRE.replace(from, to));
  expect(() => loadDefinition(path)).toThrow(message);
  expect(() => loadDefinition(path)).toThrow(/^[^\n]*my\.yaml:\d+:\d+: [^\n]*$/);
});

test('a machine without a disk runs no Tripwire, and everything else', () => {
  const machine = readFileSync(machineFile('athlon-xen33'), 'utf8').replace(/\ndisk:.*/s, '\n');
  const path = definitionFile(machine, 'machine.yaml');
  const on = (text: string) => text.replace('warmup: 0', `machine: ${path}`);
  expect(() => load(on(TRIPWIRE))).toThrow(
    `processes.guard.program: got tripwire; allowed: programs without files: the machine ${path}`,
  );
  expect(load(on(SMALL)).input.disk).toBeNull();
});

test('the disk has metrics only if somebody reads it', () => {
  const names = (text: string) => {
    const { input, subject } = load(text);
    return metricsOf(input, subject).map(({ name }) => name);
  };
  const about = (name: string) => /disk|scan/.test(name);
  expect(names(SMALL).filter(about)).toEqual([]);
  expect(names(`${TRIPWIRE}subject: { vm: vm1, ids: guard }\n`).filter(about)).toEqual([
    'dom0_disk_cpu_pct',
    'scan_mb_per_s',
    'scan_files_per_s',
    'scans_per_h',
    'disk_busy_pct',
    'disk_read_mb_per_s',
    'process_guard_scan_mb_per_s',
    'process_guard_scan_files_per_s',
    'process_guard_scans_per_h',
  ]);
});
