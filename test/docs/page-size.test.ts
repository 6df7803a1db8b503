/** What docs/sweeps.md says of the size of the page without numbers. */
import { expect, test } from 'vitest';
import { readDocument } from './markdown.js';
import { LIMIT_PCT, PAGES, paged } from './page-size.js';

test('on a gigabit link the CPU is full, and domain 0 has the more of it the larger', () => {
  const parts = PAGES.map((page) => paged('gigabit', page, 'dom0_cpu_pct'));
  expect(parts).toEqual(parts.toSorted((a, b) => a - b));
  for (const page of PAGES) expect(paged('gigabit', page, 'idle_pct')).toBeLessThan(5);
  expect(parts.at(-1)).toBeLessThan(LIMIT_PCT);
  expect(parts.at(-1)).toBeGreaterThan(LIMIT_PCT - 5);
});

test('100 Mbit/s are full from 5 KB on, and domain 0 has the less of the CPU the larger', () => {
  const large = PAGES.filter((page) => page > 5000);
  const parts = large.map((page) => paged('fast-ethernet', page, 'dom0_cpu_pct'));
  expect(parts).toEqual(parts.toSorted((a, b) => b - a));
  for (const page of large) {
    // Page and HTTP header in segments, and three more packets of the server's.
    const payload = page + 230;
    const bytes = payload + 66 * Math.ceil(payload / 1448) + 74 + 66 + 66;
    const linkRps = 100e6 / (8 * bytes);
    expect(paged('fast-ethernet', page, 'throughput_rps') / linkRps).toBeCloseTo(1, 1);
    expect(paged('fast-ethernet', page, 'idle_pct')).toBeGreaterThan(25);
  }
});

test('the older machine is within what others measured, at every size', () => {
  const parts = PAGES.map((page) => paged('older', page, 'dom0_cpu_pct'));
  const [least, most] = [Math.min(...parts), Math.max(...parts)];
  expect(least).toBeGreaterThan(20);
  expect(most).toBeLessThan(45);
  expect(readDocument('docs/calibration.md')).toContain(
    `Apache's request of above, it is ${least.toFixed(0)} to ${most.toFixed(0)}%`,
  );
});
