/** How long replies take, and how many connections are open: two ways to the same numbers. */
import { describe, expect, it } from 'vitest';
import { Histogram, quantileNs } from '../../../src/model/engine/histogram.js';
import { simulate } from '../../../src/model/index.js';
import { domain, httperf, machineInput, SECOND_NS, webLoad, webServer } from '../machine-input.js';
import { perSecond, total } from '../readings.js';

describe('response time', () => {
  it.each([
    ['a quarter of the load', 1000, 0, 1020],
    ['the full load', 4000, 0, 1020],
    // As many as the accept queue can hold: no SYN is dropped, and every connection gets its reply.
    ['a server that is too slow', 4000, 20, 100],
  ])("obeys Little's law with the open connections: %s", (_, rate, capPct, maxOpen) => {
    const domains = [domain('dom0'), domain('vm1', { capPct })];
    const clients = [httperf(rate, { maxOpen })];
    const result = simulate(
      webLoad(rate, 'dom0', { domains, clients, durationNs: 20 * SECOND_NS }),
      1,
    );
    const replies = perSecond(result, 'client:httperf:replies');
    const meanS =
      total(result, 'client:httperf:response') / total(result, 'client:httperf:replies') / 1e9;
    const open = total(result, 'client:httperf:open') / (20 * SECOND_NS);
    // Connections that are open at the ends of the measured time are in one and not in the other.
    expect(Math.abs(open - replies * meanS)).toBeLessThan(Math.max(0.05, 0.05 * open));
  });

  it('of an idle machine is that of its parts in a row', () => {
    const result = simulate(
      machineInput({ processes: [webServer('vm1')], clients: [httperf(10)] }),
      1,
    );
    const { counts } = result.histograms.find(({ key }) => key === 'client:httperf:response')!;
    // Four times over the link (30 us and up to 20 more), two answers of the client (40 us), one
    // interrupt gap at most, and CPU time of some 100 us on the way.
    expect(quantileNs(counts, 0)).toBeGreaterThan(4 * 30_000 + 40_000);
    expect(quantileNs(counts, 0.5)).toBeLessThan(4 * 50_000 + 2 * 40_000 + 125_000 + 200_000);
  });
});

describe('the histogram', () => {
  it('gives quantiles within its width of 1.6%', () => {
    const histogram = new Histogram();
    const values = Array.from({ length: 10_000 }, (_, i) => 5_000 + 700 * i);
    for (const value of values) histogram.add(value);
    for (const part of [0.01, 0.5, 0.95, 0.99]) {
      const exact = values[Math.ceil(part * values.length) - 1]!;
      expect(Math.abs(quantileNs(histogram.counts, part) / exact - 1)).toBeLessThan(0.017);
    }
  });

  it('tells a minute from two', () => {
    for (const s of [1, 60, 120, 250]) {
      const histogram = new Histogram();
      histogram.add(s * 1e9);
      expect(Math.abs(quantileNs(histogram.counts, 0.5) / (s * 1e9) - 1)).toBeLessThan(0.017);
    }
  });

  it('takes any time, and knows when there was none', () => {
    const histogram = new Histogram();
    expect(quantileNs(histogram.counts, 0.5)).toBeNaN();
    for (const ns of [0, 1, 1e15]) histogram.add(ns);
    expect(histogram.counts.reduce((sum, count) => sum + count)).toBe(3);
    expect(quantileNs(histogram.counts, 0.5)).toBeLessThan(1100);
  });
});
