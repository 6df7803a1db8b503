/** docs/sweeps.md against the shipped results. */
import { describe, expect, test } from 'vitest';
import { sweepNames } from '../../src/files/shipped.js';
import { expectHeld } from './held.js';
import { pageSizeStatements } from './page-size.js';
import { mean as experimentMean } from './results.js';
import { says } from './statements.js';
import { documentedTables, type Row, resultOf, summaryOf, where } from './sweep-tables.js';
import { turnsTable } from './turns.js';

const MISSED = 'ids_missed_packets_pct';
const mean = (rows: readonly Row[], metric: string) => summaryOf(rows, metric).mean;
const numbers = (rows: readonly Row[], metric: string) => rows.map((row) => Number(row[metric]));
const whole = (value: number) => value.toFixed(0);
const least = (values: readonly number[]) => whole(Math.min(...values));
const most = (values: readonly number[]) => whole(Math.max(...values));

const CAPS = [30, 40, 50, 60, 70, 80];
const capped = (cap: number) => where(resultOf('snort-cap'), { 'cages.cage.cap': String(cap) });
const overCaps = (value: (cap: number) => number) => CAPS.map(value);
const perReplyUs = (metric: string) =>
  overCaps((cap) => (1e4 * mean(capped(cap), metric)) / mean(capped(cap), 'throughput_rps'));
const perPoint = overCaps((cap) => mean(capped(cap), 'throughput_rps') / cap);
const ofTheSum = overCaps(
  (cap) => (100 * mean(capped(cap), 'vm_cpu_pct')) / mean(capped(cap), 'total_cpu_pct'),
);
const missedByCap = overCaps((cap) => mean(capped(cap), MISSED));
const offBy = overCaps((cap) => Math.abs(mean(capped(cap), 'total_cpu_pct') - cap));

const byRate = resultOf('snort-rate');
const asked = (variant: string, rate: number) =>
  where(byRate, { variant, 'clients.httperf.rate': String(rate) });
const replies = (variant: string, rate: number) => mean(asked(variant, rate), 'throughput_rps');
const ratesFrom = (from: number, to: number) =>
  Array.from({ length: (to - from) / 500 + 1 }, (_, i) => from + 500 * i);
const full = ratesFrom(2000, 6000).map((rate) => replies('offloadcage', rate));

const byPriority = resultOf('snort-priority');
const O1 = 'o1-2.6.16';
const ranked = (rate: number, nice: number, scheduler = O1) =>
  where(byPriority, {
    'clients.httperf.rate': String(rate),
    'processes.snort.nice': String(nice),
    'domains.vm1.scheduler': scheduler,
  });
const overRates = (nice: number, metric: string) =>
  ratesFrom(3000, 5500).map((rate) => mean(ranked(rate, nice), metric));
const behind = (nice: number) =>
  whole(replies('offload', 4000) - mean(ranked(4000, nice), 'throughput_rps'));

const LIMITS = [10, 20, 30, 40, 50, 60];
const byLimit = resultOf('tripwire-limit');
const limited = (limit: number, variant = 'offloadcage') =>
  where(byLimit, { variant, 'processes.limiter.limit': String(limit) });
const excess = (limit: number, variant: string) =>
  mean(limited(limit, variant), 'ids_cpu_pct') - limit;
const scanned = (limit: number) => mean(limited(limit), 'scan_mb_per_s');
const own = (limit: number) => mean(limited(limit), 'ids_true_cpu_pct');
const ownShare = (limit: number) => (100 * own(limit)) / mean(limited(limit), 'ids_cpu_pct');
const perMb = LIMITS.map((limit) => own(limit) / scanned(limit));

const insideFull = ratesFrom(4500, 6000).map((rate) => replies('no-offload', rate));

const statements = [
  says`within ${Math.max(...offBy).toFixed(1)} points from 30 to 80%`,
  says`${least(perPoint)} to ${most(perPoint)} replies a second for each point`,
  says`${least(perReplyUs('vm_cpu_pct'))} to ${most(perReplyUs('vm_cpu_pct'))} us in the VM, and
    ${least(perReplyUs('ids_cpu_pct'))} to ${most(perReplyUs('ids_cpu_pct'))} us on Snort's`,
  says`gets ${least(ofTheSum)} to ${most(ofTheSum)}% of the sum`,
  says`misses ${least(missedByCap)} to ${most(missedByCap)}% of the packets at any cap`,
  says`stays between ${least(full)} and ${most(full)} replies`,
  says`Snort, which misses ${whole(mean(asked('offload', 6000), MISSED))}% of the packets at 6000`,
  says`but Snort misses ${whole(mean(asked('no-offload', 2500), MISSED))}% of the packets. From`,
  says`than the load, and from 4500 on they stay between ${least(insideFull)} and
    ${most(insideFull)}. Snort misses up to ${whole(mean(asked('no-offload', 6000), MISSED))}%`,
  says`next to nothing**, ${least(overRates(-10, MISSED))} to ${most(overRates(-10, MISSED))}% from
    3000 requests on. The web server answers no more than
    ${most(overRates(-10, 'throughput_rps'))} of them`,
  says`up to ${most(overRates(10, 'throughput_rps'))} replies, and Snort misses up to
    ${most(overRates(10, MISSED))}% of the packets`,
  says`by ${behind(-10)} replies with Snort first, ${behind(10)} with the web server first, and
    ${behind(0)} if the scheduler decides`,
  says`the law to the letter comes to
    ${whole(experimentMean('tripwire', 'law-paper', 'ids_cpu_pct'))}%, and under the default law
    Tripwire scans ${experimentMean('tripwire', 'offloadcage', 'scan_mb_per_s').toFixed(1)} MB/s`,
  says`within ${Math.max(
    ...LIMITS.slice(0, -1).map((limit) => Math.abs(excess(limit, 'offloadcage'))),
  ).toFixed(1)} points up to 50%`,
  says`a limit of 10% by ${whole(excess(10, 'law-paper'))} points, and one of 20% by
    ${whole(excess(20, 'law-paper'))}.`,
  says`by ${whole(-excess(20, 'law-paper-rate'))} point at 20% and by
    ${whole(-excess(60, 'law-paper-rate'))} at 60%`,
  says`${(scanned(60) / scanned(10)).toFixed(1)} times as much for 6 times the limit`,
  says`at ${Math.min(...perMb).toFixed(1)} to
    ${Math.max(...perMb).toFixed(1)}% of the CPU for 1 MB`,
  says`Own work is ${least([10, 20, 30, 40].map(ownShare))} to
    ${most([10, 20, 30, 40].map(ownShare))}% of what is charged to Tripwire up to a limit of 40%,
    and ${whole(ownShare(60))}% at 60%`,
];

const flooded = (variant: string, rate: number) =>
  whole(
    mean(where(resultOf('flood-rate'), { variant, 'clients.httperf.rate': String(rate) }), MISSED),
  );

const floodStatements = [
  says`At 3000 Snort misses ${flooded('cage', 3000)}% there, which`,
  says`Snort misses ${flooded('limiter', 2000)}% at 2000 requests, and ${flooded('limiter', 8000)}%
    at 8000.`,
];

test('docs/sweeps.md has the numbers of the results', async () => {
  const tables = documentedTables();
  expect(Object.keys(tables).sort()).toEqual(sweepNames());
  await expectHeld('docs/sweeps.md', {
    tables: [...Object.values(tables), await turnsTable()],
    statements: [...statements, ...floodStatements, ...pageSizeStatements()],
  });
});

describe('what docs/sweeps.md says without numbers', () => {
  test('a flood: plain offload is blind from 5000 requests on, and a cage sees more', () => {
    const missed = (variant: string, rate: number) => Number(flooded(variant, rate));
    for (const rate of [1000, 2000, 3000]) expect(missed('offload', rate)).toBeLessThan(3);
    for (const rate of [5000, 6000, 7000, 8000]) {
      expect(missed('offload', rate)).toBeGreaterThan(45);
      expect(missed('cage', rate)).toBeLessThan(missed('offload', rate));
      expect(missed('limiter', rate)).toBeGreaterThan(missed('offload', rate));
    }
  });

  test('the cage costs less than 2% of the replies up to 1500 requests', () => {
    for (const rate of ratesFrom(500, 1500)) {
      for (const variant of ['offloadcage', 'offload', 'no-offload']) {
        expect(replies(variant, rate) / rate).toBeGreaterThan(0.98);
      }
    }
  });

  test('plain offload follows the load to 4000, then answers at Snort’s expense', () => {
    for (const rate of ratesFrom(500, 4000)) {
      expect(replies('offload', rate) / rate).toBeGreaterThan(0.99);
    }
    expect(replies('offload', 6000)).toBeGreaterThan(replies('offload', 4000) * 1.2);
  });

  test('no offload follows the load to 2500, then grows more slowly up to 4500', () => {
    for (const rate of ratesFrom(500, 2500)) {
      expect(replies('no-offload', rate) / rate).toBeGreaterThan(0.99);
    }
    for (const rate of ratesFrom(3000, 4500)) {
      const more = replies('no-offload', rate) - replies('no-offload', rate - 500);
      expect(more).toBeGreaterThan(0);
      expect(more).toBeLessThan(450);
    }
  });

  test('with Snort first it misses next to nothing in every seed', () => {
    for (const rate of ratesFrom(3000, 5500)) {
      expect(Math.max(...numbers(ranked(rate, -10), MISSED))).toBeLessThan(10);
    }
  });

  test('plain offload is ahead whoever comes first', () => {
    for (const point of [ranked(4000, 10), ranked(4000, 0), ranked(4000, -10)]) {
      expect(mean(point, 'throughput_rps')).toBeLessThan(replies('offload', 4000));
    }
  });

  test('the excess of the law to the letter shrinks from 20% on, and is less than the root', () => {
    const excesses = LIMITS.slice(1).map((limit) => excess(limit, 'law-paper'));
    expect(excesses).toEqual(excesses.toSorted((a, b) => b - a));
    // The mean of a run time and the next whose product is the limit is at least its root.
    expect(mean(limited(10, 'law-paper'), 'ids_cpu_pct')).toBeLessThan(100 * Math.sqrt(0.1));
  });

  test('the law by run time granted falls short, the more the higher the limit', () => {
    const excesses = LIMITS.map((limit) => excess(limit, 'law-paper-rate'));
    expect(excesses).toEqual(excesses.toSorted((a, b) => b - a));
  });
});
