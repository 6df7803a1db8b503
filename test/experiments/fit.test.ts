/** docs/model.md on the fitted costs, against the shipped results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { TARGETS, type Target } from '../../src/run/calibration.js';
import { root } from '../commands/offloadcage.js';
import { readingOf } from './documented-readings.js';

const document = readFileSync(join(root, 'docs/model.md'), 'utf8').replace(/\s+/g, ' ');
const mean = (variant: string, metric: string) =>
  readingOf(join(root, 'results/snort'), variant, metric).mean;

const costs = findExperiment('snort').variants[0]?.machine.costs;
const [web = 0, dom0 = 0, snort = 0] = [
  costs?.web_request.value,
  costs?.dom0_packet.value,
  costs?.snort_packet.value,
];

test('the shipped costs are the documented ones, within 0.3 points of the targets', () => {
  expect(document).toContain(`The machine has ${web}, ${dom0} and ${snort} us`);
  // S5's sum is what the variant adds up.
  const read = ({ variant, metrics }: Target) =>
    mean(variant, metrics.length > 1 ? 'total_cpu_pct' : (metrics[0] ?? ''));
  for (const target of Object.values(TARGETS)) {
    expect(Math.abs(read(target) - target.pct)).toBeLessThanOrEqual(0.3);
  }
});

test("every documented fit is within 8% of the others, in Snort's cost within 14%", () => {
  const rows = [...document.matchAll(/\| \d+ \| ([\d.]+), ([\d.]+) and ([\d.]+) us \|/g)];
  expect(rows.length).toBeGreaterThan(3);
  const spread = (column: number) => {
    const values = rows.map((row) => Number(row[column]));
    return Math.max(...values) / Math.min(...values) - 1;
  };
  expect(spread(1)).toBeLessThan(0.085);
  expect(spread(2)).toBeLessThan(0.085);
  expect(spread(3)).toBeLessThan(0.15);
});

test('a request costs the guest its packets, too', () => {
  const guest = costs?.guest_packet.value ?? 0;
  expect(document).toContain(`ours takes ${Math.round(web + 10 * guest)} us`);
});

test('throughput is as far from what the paper implies, as Snort misses packets', () => {
  const replies = ['offload', 'no-offload', 'offloadcage'].map((id) => mean(id, 'throughput_rps'));
  const [plain = 0, inside = 0, caged = 0] = replies;
  expect(document).toContain(
    `It is ${(inside / plain).toFixed(2)} and ${(caged / inside).toFixed(2)} here`,
  );
  const missed = mean('no-offload', 'ids_missed_packets_pct');
  expect(document).toContain(`Snort does not see ${Math.round(missed)}% of them`);
});
