/** docs/calibration.md against the shipped machine and results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { FITTED_COSTS, TARGETS, type Target } from '../../src/run/calibration/targets.js';
import { root } from '../commands/offloadcage.js';
import { readingOf } from '../experiments/documented-readings.js';

const document = readFileSync(join(root, 'docs/calibration.md'), 'utf8').replace(/\s+/g, ' ');
const mean = (variant: string, metric: string, experiment = 'snort') =>
  readingOf(join(root, 'results', experiment), variant, metric).mean;

const costs = findExperiment('snort').variants[0]?.machine.costs;
const shipped = FITTED_COSTS.map((name) => costs?.[name].value ?? Number.NaN);
const [web = 0, dom0 = 0, snort = 0] = shipped;

test('the shipped costs are the documented ones, within half a point of the targets', () => {
  expect(document).toContain(`The machine has ${web}, ${dom0} and ${snort} us`);
  // S5's sum is what the variant adds up.
  const read = ({ experiment, variant, metrics }: Target) =>
    mean(variant, metrics.length > 1 ? 'total_cpu_pct' : (metrics[0] ?? ''), experiment);
  for (const target of TARGETS) {
    if (target.defaultPct === undefined) continue;
    expect(Math.abs(read(target) - target.defaultPct)).toBeLessThanOrEqual(0.5);
  }
});

test('every documented fit is within 2% of the shipped costs', () => {
  const rows = [...document.matchAll(/\| \d+ \| ([\d.]+), ([\d.]+) and ([\d.]+) us \|/g)];
  expect(rows.length).toBeGreaterThan(2);
  for (const [, ...ends] of rows) {
    for (const [i, cost] of shipped.entries()) {
      expect(Math.abs(Number(ends[i]) / cost - 1)).toBeLessThan(0.02);
    }
  }
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
