/** docs/model.md on the two sets of costs, against the shipped results and a run of `other-fit`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { TARGETS, type Target, TOLERANCE } from '../../src/experiments/calibrate.js';
import { findExperiment } from '../../src/experiments/catalog.js';
import { offloadcage, root } from '../commands/offloadcage.js';
import { documentedRow, readingOf, rowsOf } from './documented-readings.js';

const document = readFileSync(join(root, 'docs/model.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'offloadcage-fits-'));
const run = offloadcage(['reproduce', 'other-fit', '--quiet', '--out', folder]);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const folders = [join(root, 'results/snort'), folder];

const readingsOf = (variant: string, metric: string) =>
  folders.map((results) => readingOf(results, variant, metric));

const row = (label: string, variant: string, metric: string, decimals: number, unit = '') =>
  documentedRow(label, readingsOf(variant, metric), decimals, unit);

test('the experiment runs', () => {
  expect([run.status, run.stderr]).toEqual([0, '']);
});

test('both sets meet the three targets', () => {
  // S5's sum is what the variant adds up.
  const read = ({ variant, metrics }: Target) =>
    readingsOf(variant, metrics.length > 1 ? 'total_cpu_pct' : (metrics[0] ?? ''));
  for (const target of Object.values(TARGETS)) {
    for (const { mean } of read(target)) {
      expect(Math.abs(mean - target.pct)).toBeLessThan(TOLERANCE);
    }
  }
});

test('the table is of the results', () => {
  const costs = ['snort', 'other-fit'].map((id) => {
    const machine = findExperiment(id).variants[0]?.machine.costs;
    const [web, dom0, snort] = ['web_request', 'dom0_packet', 'snort_packet'] as const;
    return `${machine?.[web].value}, ${machine?.[dom0].value} and ${machine?.[snort].value} us`;
  });
  expect(document).toContain(
    `| web request, domain 0's packet, Snort's packet | ${costs.join(' | ')} |`,
  );
  const own = folders.map(
    (results) =>
      rowsOf(results, 'breakdown').find(
        ([variant, part]) => variant === 'offloadcage' && part === 'Own work of the IDS',
      )?.[3],
  );
  const shares = own.map((share) => `${Number(share).toFixed(1)} %`).join(' | ');
  for (const line of [
    row('Snort (CR3), plain offload: fitted to 60%', 'offload', 'ids_cpu_pct', 1, ' %'),
    row('VM and domain 0, no offload: fitted to 80%', 'no-offload', 'total_cpu_pct', 1, ' %'),
    row('VM, plain offload: fitted to 36%', 'offload', 'vm_cpu_pct', 1, ' %'),
    row('VM and Snort (CR3), OffloadCage', 'offloadcage', 'total_cpu_pct', 1, ' %'),
    row('VM, OffloadCage', 'offloadcage', 'vm_cpu_pct', 1, ' %'),
    row('replies a second, plain offload', 'offload', 'throughput_rps', 0),
    row('replies a second, OffloadCage', 'offloadcage', 'throughput_rps', 0),
    row('replies a second, no offload', 'no-offload', 'throughput_rps', 0),
    row('packets that Snort missed, plain offload', 'offload', 'ids_missed_packets_pct', 1, ' %'),
    row('packets that Snort missed, OffloadCage', 'offloadcage', 'ids_missed_packets_pct', 1, ' %'),
    row('packets that Snort missed, no offload', 'no-offload', 'ids_missed_packets_pct', 1, ' %'),
    `| Snort's own work, of its CR3 time with OffloadCage | ${shares} |`,
  ]) {
    expect(document).toContain(line);
  }
});

test('the ratios of throughput are as far from what the paper implies', () => {
  const [plain, inside, caged] = ['offload', 'no-offload', 'offloadcage'].map((variant) =>
    readingsOf(variant, 'throughput_rps').map(({ mean }) => mean),
  );
  const ratio = (above: readonly number[] = [], below: readonly number[] = []) =>
    above.map((value, i) => (value / (below[i] ?? Number.NaN)).toFixed(2));
  expect(ratio(inside, plain)).toEqual(['0.69', '0.95']);
  expect(ratio(caged, inside)).toEqual(['0.75', '0.55']);
});

test('what the VM has besides Snort grows by 13 points, or by 5', () => {
  const [outside, inside, snort] = [
    readingsOf('offload', 'vm_cpu_pct'),
    readingsOf('no-offload', 'vm_cpu_pct'),
    readingsOf('no-offload', 'ids_cpu_pct'),
  ].map((readings) => readings.map(({ mean }) => mean));
  const gains = outside?.map((vm, i) => vm - ((inside?.[i] ?? 0) - (snort?.[i] ?? 0)));
  expect(gains?.map(Math.round)).toEqual([13, 5]);
});
