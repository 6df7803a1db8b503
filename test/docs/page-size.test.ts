/** What docs/sweeps.md says of the size of the page, against the shipped results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { root } from '../commands/offloadcage.js';
import { type Row, resultOf, summaryOf, where } from './sweep-tables.js';

const document = readFileSync(join(root, 'docs/sweeps.md'), 'utf8');
const PAGE = 'processes.web.page';
const mean = (rows: readonly Row[], metric: string) => summaryOf(rows, metric).mean;
const numbers = (rows: readonly Row[], metric: string) => rows.map((row) => Number(row[metric]));

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
