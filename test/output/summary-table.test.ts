/** The table of means in a report. */
import { expect, test } from 'vitest';
import type { ExperimentResult } from '../../src/measure/experiment-result.js';
import { renderReport } from '../../src/output/terminal/terminal-report.js';
import { experimentFixture } from './experiment-fixture.js';

const fixture = experimentFixture();
const report = (result: ExperimentResult) =>
  renderReport(result, {
    columns: 80,
    color: false,
    unicode: true,
    charts: 'none',
    verbose: false,
  });

/** Cells of a metric's row: the fixture's three variants. */
const cells = (text: string, label: string) =>
  text
    .split('\n')
    .find((line) => line.startsWith(label))
    ?.slice(label.length)
    .trim()
    .split(/\s{2,}/);

test('gives mean and half width of the interval for each variant', () => {
  const expected = fixture.variants.map(({ summary }) => {
    const { mean, ci95 } = summary.vm_cpu_pct ?? { mean: 0, ci95: null };
    const half = ci95 === null ? 0 : ci95[1] - mean;
    return `${mean.toFixed(2)} ± ${half.toFixed(2)}`;
  });
  expect(cells(report(fixture), 'VM (%)')).toEqual(expected);
});

test('says once what the interval is', () => {
  expect(report(fixture).split('95% CI over 3 seeds')).toHaveLength(2);
});

test('has no interval with one seed, and says so', () => {
  const [seed] = fixture.seeds;
  const variants = fixture.variants.map((variant) => ({
    ...variant,
    summary: { vm_cpu_pct: { mean: 12.5, sd: null, ci95: null, n: 1, unit: '%' } },
  }));
  const text = report({ ...fixture, seeds: [seed ?? 1], variants, claims: [] });
  expect(text).toContain('One seed: no confidence interval');
  expect(text).not.toContain('±');
  expect(cells(text, 'VM (%)')).toEqual(['12.50', '12.50', '12.50']);
});

test('shows "-" for a metric that a variant lacks', () => {
  const variants = fixture.variants.map((variant, v) => {
    const { ids_cpu_pct: _, ...others } = variant.summary;
    return v === 1 ? { ...variant, summary: others } : variant;
  });
  expect(cells(report({ ...fixture, variants }), 'Snort, charged (CR3) (%)')?.[1]).toBe('-');
});

test('has a row for each thing that is added up if the variants differ', () => {
  const variants = fixture.variants.map((variant, v) => ({
    ...variant,
    metrics: variant.metrics.map((metric) =>
      metric.name === 'total_cpu_pct' && v === 2 ? { ...metric, label: 'VM + dom0' } : metric,
    ),
  }));
  const text = report({ ...fixture, variants });
  const [first, second, third] = cells(report(fixture), 'VM + Snort (%)') ?? [];
  expect(cells(text, 'VM + Snort (%)')).toEqual([first, second, '-']);
  expect(cells(text, 'VM + dom0 (%)')).toEqual(['-', '-', third]);
});

test('leaves out what is 0 in every variant, and says so', () => {
  // What rounds to 0 reads as 0.
  const zero = { mean: 0.001, sd: 0, ci95: [0, 0.002] as const, n: 3, unit: 'errors/s' };
  const variants = fixture.variants.map((variant, v) => {
    const summary = { ...variant.summary, connection_errors_rps: zero };
    // 0 in one variant only is a result.
    return { ...variant, summary: v === 0 ? { ...summary, idle_pct: zero } : summary };
  });
  const text = report({ ...fixture, variants });
  expect(cells(text, 'Connection errors')).toBeUndefined();
  expect(cells(text, 'Idle (%)')?.[0]).toBe('0.00 ± 0.00');
  expect(text).toContain('Left out, as 0.00 in every variant: Connection errors.');
  expect(report(fixture)).not.toContain('Left out');
  const [only] = variants.slice(0, 1);
  const alone = report({ ...fixture, variants: only ? [only] : [], figures: [], claims: [] });
  expect(alone.replaceAll('\n', ' ')).toMatch(/Left out, as 0\.00: Idle and Connection errors\./);
});

test('has the same number of digits throughout a row', () => {
  const summary = { mean: 0.5, sd: 1, ci95: [0, 1] as const, n: 3, unit: '%' };
  const variants = fixture.variants.map((variant, v) =>
    v === 0 ? variant : { ...variant, summary: { ...variant.summary, throughput_rps: summary } },
  );
  const row = cells(report({ ...fixture, variants }), 'Replies (replies/s)') ?? [];
  expect(
    row
      .join(' ')
      .match(/\.\d+/g)
      ?.map(({ length }) => length),
  ).toEqual(Array(6).fill(2));
});

test('warns of intervals from few seeds', () => {
  // t(0.975, 1) / sqrt 2 and t(0.975, 9) / sqrt 10: 12.706 / 1.414 is 12.56 of 2.262 / 3.162.
  const warning = 'the intervals are about 13 times as wide as those of 10';
  const ofSeeds = (seeds: number) =>
    report({ ...fixture, seeds: Array.from({ length: seeds }, (_, i) => i) });
  expect(ofSeeds(2).replaceAll('\n', ' ')).toContain(`2 seeds are few: ${warning}`);
  expect(ofSeeds(4)).toContain('seeds are few');
  for (const seeds of [1, 5, 10]) expect(ofSeeds(seeds)).not.toContain('seeds are few');
});

test('says where not every seed has a value', () => {
  const variants = fixture.variants.map(({ summary, ...variant }, v) => ({
    ...variant,
    summary: v === 0 ? { ...summary, idle_pct: { ...summary.idle_pct!, n: 2 } } : summary,
  }));
  const text = report({ ...fixture, variants }).replaceAll('\n', ' ');
  expect(text).toContain('Not every seed has a value of Idle (2 of 3).');
  expect(report(fixture)).not.toContain('Not every seed');
});

test('shows every metric of an experiment without subject', () => {
  // The idle time is measured with and without a subject.
  const metrics = [
    { name: 'idle_pct', unit: '%', label: 'Idle', description: 'x' },
    { name: 'domain_x_cpu_pct', unit: '%', label: 'Domain x', description: 'x' },
  ];
  const interval = { sd: 1, n: 3, unit: '%' };
  const summary = {
    idle_pct: { ...interval, mean: 95, ci95: [94, 96] as const },
    domain_x_cpu_pct: { ...interval, mean: 5, ci95: [4, 6] as const },
  };
  const variants = fixture.variants.map((one) => ({
    ...one,
    metrics,
    headlines: metrics.map(({ name }) => name),
    summary,
  }));
  const text = report({ ...fixture, variants, figures: [], claims: [] });
  expect(cells(text, 'Domain x (%)')?.[0]).toBe('5.00 ± 1.00');
  expect(cells(text, 'Idle (%)')?.[0]).toBe('95.00 ± 1.00');
});
