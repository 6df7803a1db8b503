/** The README's tables of readings, against the shipped results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../commands/offloadcage.js';
import { documentedRow, readingOf } from './documented-readings.js';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const VARIANTS = ['offloadcage', 'offload', 'no-offload'];

/** Label, metric, decimals and unit of a row. */
type Row = readonly [string, string, number, string];

const SNORT: readonly Row[] = [
  ['CPU of the VM', 'vm_cpu_pct', 1, ' %'],
  ['CPU of Snort as OC-Monitor measures it (CR3)', 'ids_cpu_pct', 1, ' %'],
  ['CPU of Snort, true', 'ids_true_cpu_pct', 1, ' %'],
  ["domain 0's network work for the VM", 'dom0_net_cpu_pct', 1, ' %'],
  ['sum, as the figure has it', 'total_cpu_pct', 1, ' %'],
  ['idle', 'idle_pct', 1, ' %'],
  ['replies a second', 'throughput_rps', 0, ''],
  ['connection errors a second', 'connection_errors_rps', 0, ''],
  ['packets that Snort missed', 'ids_missed_packets_pct', 1, ' %'],
];

const TRIPWIRE: readonly Row[] = [
  ['CPU of the VM', 'vm_cpu_pct', 1, ' %'],
  ['CPU of Tripwire as OC-Monitor measures it (CR3)', 'ids_cpu_pct', 1, ' %'],
  ['CPU of Tripwire, true', 'ids_true_cpu_pct', 1, ' %'],
  ['sum, as the figure has it', 'total_cpu_pct', 1, ' %'],
  ['replies a second', 'throughput_rps', 0, ''],
  ['checked, MB a second', 'scan_mb_per_s', 1, ''],
];

test.each([
  ['snort', 'Snort: figures 4 to 7', SNORT],
  ['tripwire', 'Tripwire: figures 8 and 9', TRIPWIRE],
] as const)('the table of %s', (experiment, title, rows) => {
  const results = join(root, 'results', experiment);
  const lines = rows.map(([label, metric, decimals, unit]) => {
    const readings = VARIANTS.map((variant) => readingOf(results, variant, metric));
    return documentedRow(label, readings, decimals, unit);
  });
  const section = readme.split('\n### ').find((part) => part.startsWith(title)) ?? '';
  const table = section.split('\n').filter((line) => line.startsWith('|'));
  expect(table.slice(2)).toEqual(lines);
});
