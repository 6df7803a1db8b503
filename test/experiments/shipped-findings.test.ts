/** What the descriptions of shipped experiments say came out, against fresh runs. */
import { expect, test } from 'vitest';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { runExperiment, type Selection } from '../../src/run/runner.js';

/** The mean of a metric by variant. */
type Readings = (variant: string, metric: string) => number;

async function readings(id: string, selection: Selection = {}): Promise<Readings> {
  const { variants } = await runExperiment(findExperiment(id), { jobs: 1, ...selection });
  return (variant, metric) =>
    variants.find((one) => one.id === variant)?.summary[metric]?.mean ?? Number.NaN;
}

/** Whether `text` says `finding`, wherever its lines break. */
const says = (text: string, finding: string) =>
  expect(text.replace(/\s+/g, ' ')).toContain(finding);

test('ticks: what runs between two ticks is seen by CR3 only', async () => {
  const mean = await readings('ticks', { seeds: [1], durationNs: 5e9 });
  const vm = (variant: string) => mean(variant, 'domain_vm1_cpu_pct');
  // A look at the time-stamp counter may be late by 0.05 ms of 10.
  expect(Math.abs(vm('sampled') - 95)).toBeLessThan(0.6);
  expect(Math.abs(vm('exact') - 50)).toBeLessThan(1.5);
  expect(vm('no-boost')).toBeLessThan(0.1);
  expect(mean('process-o1', 'process_cheat_proc_pct')).toBe(0);
  expect(mean('process-o1', 'process_honest_proc_pct')).toBe(100);
  expect(mean('process-cfs', 'process_cheat_proc_pct')).toBeCloseTo(50, 0);
  for (const variant of ['process-o1', 'process-cfs']) {
    expect(mean(variant, 'process_cheat_cr3_pct')).toBeCloseTo(50, 0);
    expect(mean(variant, 'process_cheat_true_pct')).toBeCloseTo(50, 0);
  }
});

test('loop: no one formula for all kernels gives both lines of figure 10', async () => {
  const mean = await readings('loop', { seeds: [1] });
  // The loop has the CPU for half of the time, and half of it for the rest.
  const CR3 = 75;
  const shown = (variant: string) => mean(variant, 'process_loop1_proc_pct');
  for (const variant of ['o1-steal', 'cfs', 'cfs-old-tools']) {
    expect(mean(variant, 'process_loop1_cr3_pct')).toBeCloseTo(CR3, 0);
    expect(mean(variant, 'process_loop1_proc_wall_pct')).toBeCloseTo(CR3, 0);
  }
  // With tools of their time, the one stays at 100% and the other is what CR3 shows.
  expect([shown('o1-steal'), shown('cfs')].map(Math.round)).toEqual([100, CR3]);
  // Without steal in both, both stay at 100%; of the time that passes, neither does.
  expect(Math.round(shown('cfs-old-tools'))).toBe(100);
});

test('accounting-snort: what CFS does not charge to an IDS that waits', async () => {
  const mean = await readings('accounting-snort', { seeds: [1, 2], durationNs: 10e9 });
  const gap = (variant: string) => mean(variant, 'ids_cpu_pct') - mean(variant, 'ids_proc_pct');
  const PLOT = 2.5;
  expect(mean('cfs', 'idle_pct')).toBeGreaterThan(50);
  expect(gap('cfs')).toBeGreaterThan(PLOT);
  // "Most of it remains if switches cost nothing, and a busy VM leaves no time for it."
  expect(gap('cfs-free-switches')).toBeGreaterThan(gap('cfs') / 2);
  expect(Math.abs(gap('full-cfs'))).toBeLessThan(PLOT);
});

test('makespan: what a job loses to an offloaded IDS, and the IDS to it', async () => {
  const { description } = findExperiment('makespan');
  const mean = await readings('makespan');
  const makespan = (variant: string) => mean(variant, 'process_job_makespan_s');
  const tookS = (variant: string) => `${makespan(variant).toFixed(1)} s`;
  // Alone it waits for nothing but its process switches.
  expect(makespan('alone')).toBeCloseTo(4, 2);
  const missed = mean('offload', 'process_snort_missed_packets_pct').toFixed(0);
  says(description, `offloaded to domain 0 it takes ${tookS('offload')}`);
  says(description, `around VM and Snort ${tookS('offloadcage')}`);
  says(description, `without any IDS the job takes ${tookS('no-ids')}`);
  says(description, `misses ${missed}% of the packets`);
});

test('web-serving: what domain 0 takes, here and in what others measured', async () => {
  const { description } = findExperiment('web-serving');
  const mean = await readings('web-serving', { seeds: [1], durationNs: 5e9 });
  const dom0 = (variant: string) => mean(variant, 'dom0_cpu_pct');
  says(description, `has ${dom0('gigabit').toFixed(0)}% of the CPU`);
  says(description, `it is ${dom0('older').toFixed(0)}%`);
  expect(dom0('older')).toBeGreaterThan(20);
  expect(dom0('older')).toBeLessThan(45);
  for (const variant of ['gigabit', 'fast-ethernet', 'older']) {
    expect(mean(variant, 'idle_pct')).toBeLessThan(2);
  }
});
