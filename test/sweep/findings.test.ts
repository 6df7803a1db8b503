/** What docs/sweeps.md says, against the committed results and, where it is quick, a new run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { sweepNames } from '../../src/files/shipped.js';
import { planSweep } from '../../src/sweep/plan.js';
import { asWritten } from '../../src/sweep/request.js';
import { findSweep } from '../../src/sweep/sweep-file.js';
import { offloadcageProcess, root } from '../commands/offloadcage.js';
import { documentedTables, type Row, resultOf, summaryOf, where } from './documented-tables.js';

const document = readFileSync(join(root, 'docs/sweeps.md'), 'utf8');
const mean = (rows: readonly Row[], metric: string) => summaryOf(rows, metric).mean;
const numbers = (rows: readonly Row[], metric: string) => rows.map((row) => Number(row[metric]));
const PAGE = 'processes.web.page';
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
    const again = offloadcageProcess(['sweep', id, '--seeds', '1', '--quiet', '-o', '-']).stdout;
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

  test.each(caps)('%i: the sum is within 1.6 points of it', (cap) => {
    expect(Math.abs(mean(at(cap), 'total_cpu_pct') - cap)).toBeLessThan(1.6);
  });

  test('41 to 43 replies a second for each point', () => {
    for (const cap of caps) {
      const perPoint = mean(at(cap), 'throughput_rps') / cap;
      expect(Math.round(perPoint)).toBeGreaterThanOrEqual(41);
      expect(Math.round(perPoint)).toBeLessThanOrEqual(43);
    }
  });

  test('a reply costs the same everywhere, and the VM has the same share', () => {
    for (const cap of caps) {
      const [vm = 0, ids = 0, sum = 0, replies = 0] = [
        ...['vm_cpu_pct', 'ids_cpu_pct', 'total_cpu_pct', 'throughput_rps'],
      ].map((metric) => mean(at(cap), metric));
      const us = (pct: number) => Math.round((pct * 1e4) / replies);
      expect(us(vm)).toBeGreaterThanOrEqual(89);
      expect(us(vm)).toBeLessThanOrEqual(93);
      expect(us(ids)).toBeGreaterThanOrEqual(141);
      expect(us(ids)).toBeLessThanOrEqual(152);
      expect(['38', '39']).toContain(((100 * vm) / sum).toFixed(0));
      expect(Math.round(mean(at(cap), MISSED))).toBeGreaterThanOrEqual(16);
      expect(Math.round(mean(at(cap), MISSED))).toBeLessThanOrEqual(22);
    }
  });
});

describe('rate', () => {
  const rows = resultOf('snort-rate');
  const at = (variant: string, rate: number) =>
    where(rows, { variant, 'clients.httperf.rate': String(rate) });
  const replies = (variant: string, rate: number) => mean(at(variant, rate), 'throughput_rps');

  test('the cage costs nothing up to 1500, and holds near 2100 from there', () => {
    for (const rate of [500, 1000, 1500]) {
      for (const variant of ['offloadcage', 'offload', 'no-offload']) {
        expect(replies(variant, rate) / rate).toBeGreaterThan(0.99);
      }
    }
    for (let rate = 2000; rate <= 6000; rate += 500) {
      expect(Math.abs(replies('offloadcage', rate) - 2100)).toBeLessThan(200);
    }
  });

  test('plain offload follows the load, then answers at Snort’s expense', () => {
    for (let rate = 500; rate <= 4000; rate += 500) {
      expect(replies('offload', rate) / rate).toBeGreaterThan(0.99);
    }
    expect(replies('offload', 6000)).toBeGreaterThan(replies('offload', 4000) * 1.2);
    expect(Math.round(mean(at('offload', 6000), MISSED))).toBe(65);
  });

  test('no offload follows the load up to 3000, then gains at Snort’s expense', () => {
    const missed = (rate: number) => mean(at('no-offload', rate), MISSED);
    for (let rate = 500; rate <= 3000; rate += 500) {
      expect(replies('no-offload', rate) / rate).toBeGreaterThan(0.99);
    }
    expect(Math.round(missed(3000) / 10)).toBe(3);
    for (let rate = 3500; rate <= 6000; rate += 500) {
      const more = replies('no-offload', rate) - replies('no-offload', rate - 500);
      expect(more).toBeGreaterThan(0);
      expect(more).toBeLessThan(450);
    }
    expect(Math.round(replies('no-offload', 6000))).toBe(4072);
    expect(Math.round(missed(6000))).toBe(59);
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
  const O1 = 'o1-2.6.16';

  test('with Snort first it misses next to nothing, in every seed', () => {
    for (const rate of rates) {
      expect(Math.round(mean(at(rate, -10, O1), MISSED))).toBeGreaterThanOrEqual(1);
      expect(Math.round(mean(at(rate, -10, O1), MISSED))).toBeLessThanOrEqual(4);
      expect(Math.max(...numbers(at(rate, -10, O1), MISSED))).toBeLessThan(10);
    }
    for (const rate of rates.slice(2)) {
      const replies = mean(at(rate, -10, O1), 'throughput_rps');
      expect(Math.abs(replies - 2700)).toBeLessThan(100);
    }
  });

  test('with the web server first it answers up to 4300, and Snort misses up to 68%', () => {
    const first = rates.map((rate) => at(rate, 10, O1));
    const most = (metric: string) => Math.max(...first.map((point) => mean(point, metric)));
    expect(Math.round(most('throughput_rps') / 100)).toBe(43);
    expect(Math.round(most(MISSED))).toBe(68);
  });

  test('at 4000 plain offload is ahead in any order', () => {
    const plain = { variant: 'offload', 'clients.httperf.rate': '4000' };
    const replies = mean(where(resultOf('snort-rate'), plain), 'throughput_rps');
    const behind = [at(4000, 10, O1), at(4000, 0, O1), at(4000, 0, 'cfs'), at(4000, -10, O1)].map(
      (point) => replies - mean(point, 'throughput_rps'),
    );
    expect(behind).toEqual(behind.toSorted((a, b) => a - b));
    expect(Math.round((behind[0] ?? 0) / 100)).toBe(1);
    expect(Math.round((behind[1] ?? 0) / 50)).toBe(7);
    expect(Math.round((behind.at(-1) ?? 0) / 100)).toBe(13);
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

  test('the law to the letter exceeds it by 19 points at 10%, then by less and less', () => {
    const excesses = [10, 20, 30, 40, 50, 60].map((limit) => excess(limit, 'law-paper'));
    expect(excesses.slice(0, 2).map(Math.round)).toEqual([19, 18]);
    expect(excesses).toEqual(excesses.toSorted((a, b) => b - a));
    // The mean of a run time and the next whose product is the limit is at least its root.
    expect(mean(at(10, 'law-paper'), 'ids_cpu_pct')).toBeLessThan(100 * Math.sqrt(0.1));
  });

  test('the law by run time granted falls short, the more the higher the limit', () => {
    const excesses = [10, 20, 30, 40, 50, 60].map((limit) => excess(limit, 'law-paper-rate'));
    expect(excesses).toEqual(excesses.toSorted((a, b) => b - a));
    expect(excesses[1]?.toFixed(0)).toBe('-1');
    expect(excesses.at(-1)?.toFixed(0)).toBe('-7');
  });

  test('scanning follows Tripwire’s own work', () => {
    const scanned = (limit: number) => mean(at(limit, 'offloadcage'), 'scan_mb_per_s');
    expect((scanned(60) / scanned(10)).toFixed(1)).toBe('6.7');
    for (const limit of [10, 20, 30, 40, 50, 60]) {
      const own = mean(at(limit, 'offloadcage'), 'ids_true_cpu_pct');
      expect((own / scanned(limit)).toFixed(1)).toMatch(/^1\.[67]$/);
      expect(own / scanned(limit)).toBeCloseTo(1.65, 1);
      const share = (100 * own) / mean(at(limit, 'offloadcage'), 'ids_cpu_pct');
      if (limit <= 40) expect(Math.round(share)).toBeGreaterThanOrEqual(51);
      if (limit <= 40) expect(Math.round(share)).toBeLessThanOrEqual(55);
      if (limit === 60) expect(Math.round(share)).toBe(66);
    }
  });
});

describe('page size', () => {
  const rows = resultOf('page-size');
  const pages = [...new Set(numbers(rows, PAGE))];
  const at = (variant: string, page: number, metric: string) =>
    mean(where(rows, { variant, [PAGE]: String(page) }), metric);

  test('on a gigabit link the CPU is full, and domain 0 has the more of it the larger', () => {
    const parts = pages.map((page) => at('gigabit', page, 'dom0_cpu_pct'));
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    for (const page of pages) expect(at('gigabit', page, 'idle_pct')).toBeLessThan(1);
    // What is left is a segment and its acknowledgement, at so much for each packet.
    const { costs } = findExperiment('web-serving').variants[0]!.machine;
    const perPacket = costs.dom0_packet.value + costs.guest_packet.value;
    const limit = (100 * costs.dom0_packet.value) / perPacket;
    expect(parts.at(-1)).toBeLessThan(limit);
    expect(parts.at(-1)).toBeGreaterThan(limit - 5);
    expect(document).toContain(`the part tends to ${limit.toFixed(0)}%`);
  });

  test('100 Mbit/s are full from 5 KB on, and domain 0 has the less of the CPU the larger', () => {
    const large = pages.filter((page) => page > 5000);
    const parts = large.map((page) => at('fast-ethernet', page, 'dom0_cpu_pct'));
    expect(parts).toEqual(parts.toSorted((a, b) => b - a));
    const rps = at('fast-ethernet', pages.at(-1)!, 'throughput_rps').toFixed(0);
    expect(document).toContain(`carry ${rps} pages of 70 KB a second`);
    for (const page of large) {
      // Page and HTTP header in segments, and three more packets of the server's.
      const payload = page + 230;
      const bytes = payload + 66 * Math.ceil(payload / 1448) + 74 + 66 + 66;
      const linkRps = 100e6 / (8 * bytes);
      expect(at('fast-ethernet', page, 'throughput_rps') / linkRps).toBeCloseTo(1, 1);
      expect(at('fast-ethernet', page, 'idle_pct')).toBeGreaterThan(25);
    }
  });

  test('the older machine is within what others measured, at every size', () => {
    const parts = pages.map((page) => at('older', page, 'dom0_cpu_pct'));
    const [least, most] = [Math.min(...parts), Math.max(...parts)];
    expect(least).toBeGreaterThan(20);
    expect(most).toBeLessThan(45);
    const model = readFileSync(join(root, 'docs/model.md'), 'utf8');
    expect(model).toContain(`Apache's of above, it is ${least.toFixed(0)} to ${most.toFixed(0)}%`);
  });

  test('a cost per byte of the guest would change this much', () => {
    const [small, large] = [pages[0]!, pages.at(-1)!];
    const requestUs = (page: number) => 1e6 / at('gigabit', page, 'throughput_rps');
    const dom0Pct = at('gigabit', large, 'dom0_cpu_pct');
    const kilobytes = (page: number) => (page + 230) / 1000;
    // At 1 ns a byte.
    const slower = 1 + kilobytes(large) / requestUs(large);
    expect(document).toContain(
      `from ${dom0Pct.toFixed(0)} to ${(dom0Pct / slower).toFixed(0)}%, and ` +
        `${(100 - 100 / slower).toFixed(0)}% of the replies`,
    );
    const neededNs = (requestUs(large) * (dom0Pct / 45 - 1)) / kilobytes(large);
    expect(document).toContain(`would have to cost ${neededNs.toFixed(1)} ns`);
    const { costs } = findExperiment('web-serving').variants[0]!.machine;
    const { dom0_packet: dom0, guest_packet: guest, web_request: request } = costs;
    const ownUs = request.value + 10 * (dom0.value + guest.value);
    expect(document).toContain(`${kilobytes(small).toFixed(1)} of ${ownUs.toFixed(0)} us`);
  });
});
