/** What docs/sweeps.md says, against the committed results and, where it is quick, a new run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sweepNames } from '../../src/experiments/shipped.js';
import { planSweep } from '../../src/sweep/plan.js';
import { asWritten } from '../../src/sweep/request.js';
import { findSweep } from '../../src/sweep/sweep-file.js';
import { offloadcage, root } from '../commands/offloadcage.js';
import { documentedTables, type Row, resultOf, summaryOf, where } from './documented-tables.js';

const document = readFileSync(join(root, 'docs/sweeps.md'), 'utf8');
const mean = (rows: readonly Row[], metric: string) => summaryOf(rows, metric).mean;
const numbers = (rows: readonly Row[], metric: string) => rows.map((row) => Number(row[metric]));
const MISSED = 'ids_missed_packets_pct';

describe('the committed results', () => {
  test.each(sweepNames())('%s: of the sweep as it is now', (id) => {
    const path = join(root, 'results/sweeps', id, 'datapackage.json');
    const { resources } = JSON.parse(readFileSync(path, 'utf8'));
    const { hash } = planSweep(asWritten(findSweep(id))).sweep;
    const found = resources.map((one: { path: string; offloadcage: { sweep_hash: string } }) => [
      one.path,
      one.offloadcage.sweep_hash,
    ]);
    expect(found).toEqual([
      [`${id}.csv`, hash],
      [`${id}.svg`, hash],
    ]);
  });

  test.each(sweepNames())('%s: the first seed gives the same bytes again', (id) => {
    const path = join(root, 'results/sweeps', id, `${id}.csv`);
    const [head, ...rows] = readFileSync(path, 'utf8').split('\r\n');
    const seed = head?.split(',').indexOf('seed') ?? -1;
    const first = rows.filter((row) => row.split(',')[seed] === '1');
    const again = offloadcage(['sweep', id, '--seeds', '1', '--quiet', '-o', '-']).stdout;
    expect(again).toBe(`${[head, ...first].join('\r\n')}\r\n`);
  });
});

test('every table is of the results', () => {
  const tables = documentedTables();
  expect(Object.keys(tables).sort()).toEqual(sweepNames());
  for (const table of Object.values(tables)) expect(document).toContain(table);
});

describe('cap', () => {
  const at = (cap: number) => where(resultOf('snort-cap'), { 'cages.cage.cap': String(cap) });
  const caps = [30, 40, 50, 60, 70, 80];

  test.each(caps)('%i: the sum is within 1.3 points of it', (cap) => {
    expect(Math.abs(mean(at(cap), 'total_cpu_pct') - cap)).toBeLessThan(1.3);
  });

  test('some 41 replies a second for each point', () => {
    for (const cap of caps) {
      const perPoint = mean(at(cap), 'throughput_rps') / cap;
      expect(perPoint).toBeGreaterThan(40);
      expect(perPoint).toBeLessThan(42);
    }
  });

  test('a reply costs the same everywhere, and the VM has the same share', () => {
    for (const cap of caps) {
      const [vm = 0, ids = 0, sum = 0, replies = 0] = [
        ...['vm_cpu_pct', 'ids_cpu_pct', 'total_cpu_pct', 'throughput_rps'],
      ].map((metric) => mean(at(cap), metric));
      const us = (pct: number) => Math.round((pct * 1e4) / replies);
      expect(us(vm)).toBeGreaterThanOrEqual(91);
      expect(us(vm)).toBeLessThanOrEqual(94);
      expect(us(ids)).toBeGreaterThanOrEqual(152);
      expect(us(ids)).toBeLessThanOrEqual(163);
      expect(['36', '37']).toContain(((100 * vm) / sum).toFixed(0));
      expect(mean(at(cap), MISSED)).toBeGreaterThan(20);
    }
  });
});

describe('rate', () => {
  const rows = resultOf('snort-rate');
  const at = (variant: string, rate: number) =>
    where(rows, { variant, 'clients.httperf.rate': String(rate) });
  const replies = (variant: string, rate: number) => mean(at(variant, rate), 'throughput_rps');

  test('the cage costs nothing up to 1500, and holds near 2000 from there', () => {
    for (const rate of [500, 1000, 1500]) {
      for (const variant of ['offloadcage', 'offload', 'no-offload']) {
        expect(replies(variant, rate) / rate).toBeGreaterThan(0.99);
      }
    }
    for (let rate = 2000; rate <= 6000; rate += 500) {
      expect(Math.abs(replies('offloadcage', rate) - 2000)).toBeLessThan(200);
    }
  });

  test('plain offload follows the load, then answers at Snort’s expense', () => {
    for (let rate = 500; rate <= 4000; rate += 500) {
      expect(replies('offload', rate) / rate).toBeGreaterThan(0.99);
    }
    expect(replies('offload', 6000)).toBeGreaterThan(replies('offload', 4000) * 1.2);
    expect(Math.round(mean(at('offload', 6000), MISSED))).toBe(70);
  });

  test('no offload: the seeds in each state are as many as the table says', () => {
    const rates = [3000, 3500, 4000, 4500, 5000, 5500, 6000];
    const missed = rates.map((rate) => numbers(at('no-offload', rate), MISSED));
    const few = missed.map((seeds) => seeds.filter((pct) => pct < 10).length);
    const row = (name: string, counts: readonly number[]) => `| ${name} | ${counts.join(' | ')} |`;
    expect(document).toContain(row('less than 10% of the packets', few));
    expect(document).toContain(
      row(
        'more',
        few.map((count) => 10 - count),
      ),
    );
    // At 3000 and at 3500 nothing is between the two: a gap wider than either group.
    for (const seeds of missed.slice(0, 2)) {
      const sorted = seeds.toSorted((a, b) => a - b);
      const gaps = sorted.slice(1).map((pct, i) => pct - (sorted[i] ?? 0));
      expect(Math.max(...gaps)).toBeGreaterThan(18);
    }
  });
});

describe('priority', () => {
  const rows = resultOf('snort-priority');
  const at = (rate: number, nice: number, scheduler: string) =>
    where(rows, {
      'clients.httperf.rate': String(rate),
      'processes.snort.nice': String(nice),
      'domains.vm1.scheduler': scheduler,
    });
  const rates = [3000, 3500, 4000, 4500, 5000, 5500];

  test('each state stands alone once the nice value decides, in every seed', () => {
    for (const rate of rates) {
      expect(Math.max(...numbers(at(rate, -10, 'o1'), MISSED))).toBeLessThan(10);
      expect(Math.min(...numbers(at(rate, 10, 'o1'), MISSED))).toBeGreaterThan(20);
    }
  });

  test('CFS has neither', () => {
    const all = rates.flatMap((rate) => numbers(at(rate, 0, 'cfs'), MISSED));
    expect(Math.min(...all)).toBeGreaterThan(10);
    expect(Math.max(...all)).toBeLessThan(20);
  });

  test('what the web server takes from Snort it turns into replies', () => {
    for (const rate of rates.slice(2)) {
      const first = mean(at(rate, 10, 'o1'), 'throughput_rps');
      expect(first / mean(at(rate, -10, 'o1'), 'throughput_rps')).toBeGreaterThan(1.3);
    }
  });
});

describe('limit', () => {
  const rows = resultOf('tripwire-limit');
  const at = (limit: number, variant: string) =>
    where(rows, { variant, 'processes.limiter.limit': String(limit) });
  const excess = (limit: number, variant: string) =>
    mean(at(limit, variant), 'ids_cpu_pct') - limit;

  test('the default law holds it within half a point up to 50%', () => {
    for (const limit of [10, 20, 30, 40, 50]) {
      expect(Math.abs(excess(limit, 'offloadcage'))).toBeLessThan(0.5);
    }
  });

  test('the law to the letter exceeds it by 19 points at 10 and 20%, then by less', () => {
    const excesses = [10, 20, 30, 40, 50, 60].map((limit) => excess(limit, 'law-paper'));
    expect(excesses.slice(0, 2).map(Math.round)).toEqual([19, 19]);
    expect(excesses).toEqual(excesses.toSorted((a, b) => b - a));
    // The mean of a run time and the next whose product is the limit is at least its root.
    expect(mean(at(10, 'law-paper'), 'ids_cpu_pct')).toBeLessThan(100 * Math.sqrt(0.1));
  });

  test('the law by run time granted falls short, the more the higher the limit', () => {
    const excesses = [10, 20, 30, 40, 50, 60].map((limit) => excess(limit, 'law-paper-rate'));
    expect(excesses).toEqual(excesses.toSorted((a, b) => b - a));
    expect(excesses[0]?.toFixed(1)).toBe('-0.2');
    expect(excesses.at(-1)?.toFixed(0)).toBe('-6');
  });

  test('scanning follows Tripwire’s own work', () => {
    const scanned = (limit: number) => mean(at(limit, 'offloadcage'), 'scan_mb_per_s');
    expect((scanned(60) / scanned(10)).toFixed(0)).toBe('8');
    for (const limit of [10, 20, 30, 40, 50, 60]) {
      const own = mean(at(limit, 'offloadcage'), 'ids_true_cpu_pct');
      expect((own / scanned(limit)).toFixed(1)).toMatch(/^1\.[67]$/);
      expect(own / scanned(limit)).toBeCloseTo(1.65, 1);
      const share = (100 * own) / mean(at(limit, 'offloadcage'), 'ids_cpu_pct');
      if (limit <= 40) expect(share).toBeGreaterThan(41);
      if (limit <= 40) expect(share).toBeLessThan(48.5);
      if (limit === 60) expect(Math.round(share)).toBe(63);
    }
  });
});
