/**
 * What the descriptions of shipped experiments say came out, against fresh runs, or against the
 * shipped results if these have it. `--update` writes the numbers anew.
 */
import { expect, test } from 'vitest';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { runExperiment, type Selection } from '../../src/run/runner.js';
import { claimMean, share, mean as shippedMean } from '../docs/results.js';
import { says } from '../docs/statements.js';
import { sharedStore } from '../shared-store.js';
import { expectSaid, whole } from './described.js';

const store = sharedStore();

/** What a variant has of a metric. */
interface Readings {
  readonly mean: (variant: string, metric: string) => number;
  readonly bySeed: (variant: string, metric: string) => number[];
}

async function readings(id: string, selection: Selection = {}): Promise<Readings> {
  const { variants } = await runExperiment(findExperiment(id), {
    jobs: 1,
    store,
    ...selection,
  });
  const variantOf = (variant: string) => {
    const found = variants.find((one) => one.id === variant);
    if (found === undefined) throw new Error(`${id} has no variant ${variant}`);
    return found;
  };
  return {
    mean: (variant, metric) => variantOf(variant).summary[metric]?.mean ?? Number.NaN,
    bySeed: (variant, metric) => {
      const { metrics, runs } = variantOf(variant);
      const at = metrics.findIndex(({ name }) => name === metric);
      return runs.map(({ means }) => means[at] ?? Number.NaN);
    },
  };
}

test('ticks: what runs between two ticks is seen by CR3 only', async () => {
  const { mean } = await readings('ticks', { seeds: [1], durationNs: 5e9 });
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
  const { mean } = await readings('loop', { seeds: [1] });
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
  const { mean } = await readings('accounting-snort', { seeds: [1, 2], durationNs: 10e9 });
  const gap = (variant: string) => mean(variant, 'ids_cpu_pct') - mean(variant, 'ids_proc_pct');
  const PLOT = 2.5;
  expect(mean('cfs', 'idle_pct')).toBeGreaterThan(50);
  expect(gap('cfs')).toBeGreaterThan(PLOT);
  // "Most of it remains if switches cost nothing, and a busy VM leaves no time for it."
  expect(gap('cfs-free-switches')).toBeGreaterThan(gap('cfs') / 2);
  expect(Math.abs(gap('full-cfs'))).toBeLessThan(PLOT);
});

test('makespan: what a job loses to an offloaded IDS, and the IDS to it', async () => {
  const { mean } = await readings('makespan');
  const makespan = (variant: string) => mean(variant, 'process_job_makespan_s');
  // Alone it waits for nothing but its process switches.
  expect(makespan('alone')).toBeCloseTo(4, 2);
  await expectSaid('makespan', [
    says`offloaded to domain 0 it takes ${makespan('offload').toFixed(1)} s, with a cage of 50%
      around VM and Snort ${makespan('offloadcage').toFixed(1)} s.`,
    says`without any IDS the job takes ${makespan('no-ids').toFixed(1)} s`,
    says`Snort alone is charged ${whole(shippedMean('snort', 'offload', 'ids_cpu_pct'))}%.`,
    says`it misses ${whole(mean('offload', 'process_snort_missed_packets_pct'))}% of the packets`,
  ]);
});

test('kernel-threads: what is left of the cage if less is charged to Snort', () => {
  const OWN = "Only Snort's own work charged";
  const apart = claimMean('S1', 'Kernel threads charged to nobody');
  return expectSaid('kernel-threads', [
    says`VM and Snort use ${whole(apart)}% of the CPU`,
    says`they use ${whole(claimMean('S1', OWN))}%, in spite of their cage's 50%, and the web server
      is only ${whole(claimMean('S4', `${OWN}, no offload - OffloadCage`))} replies a second behind
      no offload, instead of ${whole(claimMean('S4', 'No offload - OffloadCage'))}.`,
  ]);
});

test('debiting: what Snort misses if credits are taken by run time', async () => {
  const MISSED = 'ids_missed_packets_pct';
  const variants = ['exact', 'offload-exact', 'inside-exact'];
  const { mean, bySeed } = await readings('debiting', { variants });
  const missed = (variant: string) => whole(mean(variant, MISSED));
  // Sampled debiting is the machine's own.
  const sampled = (variant: string) => whole(shippedMean('snort', variant, MISSED));
  const exact = bySeed('inside-exact', MISSED);
  const replies = mean('inside-exact', 'throughput_rps');
  const less = 100 - (100 * replies) / shippedMean('snort', 'no-offload', 'throughput_rps');
  await expectSaid('debiting', [
    says`Snort misses ${missed('exact')}% of the packets instead of ${sampled('offloadcage')}%.`,
    says`With plain offload it misses ${missed('offload-exact')}% instead of
      ${sampled('offload')}%`,
    says`Snort misses ${whole(Math.min(...exact))} to ${whole(Math.max(...exact))}%, depending on
      the seed, instead of ${sampled('no-offload')}%`,
    says`costs the web server ${whole(less)}% of its replies`,
  ]);
});

test('arrivals: how far the sum depends on the phase of the bursts', async () => {
  const { bySeed } = await readings('arrivals', { variants: ['locked'] });
  const sums = bySeed('locked', 'total_cpu_pct');
  await expectSaid('arrivals', [
    says`is between ${whole(Math.min(...sums))} and ${whole(Math.max(...sums))}%, depending`,
  ]);
});

test('ids-window: the gain of the loop, and where the last period alone ends', async () => {
  const vm = shippedMean('snort', 'offloadcage', 'vm_cpu_pct');
  const ids = shippedMean('snort', 'offloadcage', 'ids_cpu_pct');
  const gain = ids / vm;
  await expectSaid('ids-window', [
    says`${ids.toFixed(1)} / ${vm.toFixed(1)} = ${gain.toFixed(1)}`,
    says`2 / (1 + g) = ${(2 / (1 + gain)).toFixed(2)}, and`,
    says`1 / (1 + g) = ${(1 / (1 + gain)).toFixed(2)}.`,
    says`the sum settles at ${whole(claimMean('S1', 'RC.ids of the last period alone'))}%`,
  ]);
});

test('web-serving: what domain 0 takes, here and in what others measured', async () => {
  const { mean } = await readings('web-serving', { seeds: [1], durationNs: 5e9 });
  const dom0 = (variant: string) => mean(variant, 'dom0_cpu_pct');
  expect(dom0('older')).toBeGreaterThan(20);
  expect(dom0('older')).toBeLessThan(45);
  for (const variant of ['gigabit', 'fast-ethernet', 'older']) {
    expect(mean(variant, 'idle_pct')).toBeLessThan(2);
  }
  await expectSaid('web-serving', [
    says`packets and takes ${whole(dom0('gigabit'))}% of the CPU`,
    says`it is ${whole(dom0('older'))}%, because`,
  ]);
});

test('multicore: what two cores make of a cage', () => {
  const cage = (variant: string) => shippedMean('multicore', variant, 'total_cpu_pct');
  const idle = (variant: string) => shippedMean('multicore', variant, 'idle_pct');
  expect(cage('one-core')).toBeGreaterThan(45);
  for (const variant of ['shared', 'split-company', 'unpinned']) expect(idle(variant)).toBe(0);
  return expectSaid('multicore', [
    says`the ${whole(idle('split') - idle('split-plain'))} points that the cage takes off it`,
    says`so that VM and Snort get ${whole(cage('shared'))} of their 50%, and the neighbour, of the
      same weight, ${whole(shippedMean('multicore', 'shared', 'domain_neighbour_cpu_pct'))}.`,
  ]);
});

test('ids-vm: a cage of one VM is a cap, and an IDS-VM takes domain 0 out of the cage', () => {
  const used = (variant: string, ...domains: string[]) =>
    ['vm', ...domains].reduce((sum, domain) => {
      return sum + shippedMean('ids-vm', variant, `${domain}_cpu_pct`);
    }, 0);
  expect(used('plain-vm')).toBe(used('plain-cap'));
  for (const variant of ['domain-0', 'process', 'whole-vm']) {
    expect(shippedMean('ids-vm', variant, 'cage_cage_cpu_pct')).toBeLessThan(52.5);
  }
  return expectSaid('ids-vm', [
    says`together take ${whole(used('process', 'domain_ids', 'dom0'))}%, where it was
      ${whole(used('domain-0', 'dom0'))}% with Snort in domain 0.`,
    says`${whole(shippedMean('ids-vm', 'process', 'ids_cpu_pct'))}% instead of
      ${whole(shippedMean('ids-vm', 'domain-0', 'ids_cpu_pct'))}%`,
  ]);
});

test('two-tenants: each cage keeps its own limit, and what tenant 1 pays for tenant 2', () => {
  const cage = (variant: string, tenant: number) =>
    shippedMean('two-tenants', variant, `cage_tenant${tenant}_cpu_pct`);
  const replies = (variant: string) => shippedMean('two-tenants', variant, 'throughput_rps');
  expect(Math.abs(replies('overload') - replies('calm'))).toBeLessThan(5);
  expect(cage('overload', 1)).toBeLessThan(cage('calm', 1) + 1);
  const others = (variant: string) =>
    whole(share('two-tenants', variant, 'Other interrupts and softirqs'));
  return expectSaid('two-tenants', [
    says`its cage holds it to ${whole(cage('overload', 2))} of its 25%`,
    says`Without cages tenant 2 has ${whole(cage('plain', 2))}%.`,
    says`${others('dom0-overload')}% of what tenant 1 is charged for it. In the IDS-VM it is
      ${others('overload')}%.`,
  ]);
});

test('two-ids: the one that sleeps last pays', () => {
  const of = (variant: string, metric: string) => whole(shippedMean('two-ids', variant, metric));
  const own = of('two-apart', 'process_snort_true_pct');
  expect(of('two-apart', 'process_provider_true_pct')).toBe(own);
  return expectSaid('two-ids', [
    says`do the same work, ${own}% each`,
    says`is charged ${of('two-apart', 'process_provider_cr3_pct')}% where the other is charged
      ${of('two-apart', 'process_snort_cr3_pct')}%.`,
    says`gets ${of('two-apart', 'vm_cpu_pct')}% or ${of('two-swapped', 'vm_cpu_pct')}% of the CPU`,
    says`Tripwire has ${of('both', 'process_tripwire_cr3_pct')}% and the VM
      ${of('both', 'vm_cpu_pct')}%; held to 20% by OC-Limiter, it leaves the VM
      ${of('both-limited', 'vm_cpu_pct')}%.`,
  ]);
});

test('multicore-cap: what the formulas do on several cores', () => {
  const of = (variant: string, metric = 'total_cpu_pct') =>
    shippedMean('multicore-cap', variant, metric);
  // Credit = total x (cap - ids) / 100, the total being that of three PCPUs.
  const left = 3 * (50 - of('all-pcpus', 'ids_cpu_pct'));
  expect(Math.abs(of('all-pcpus', 'vm_cpu_pct') - left)).toBeLessThan(1);
  expect(of('all-pcpus-150', 'vm_cpu_pct')).toBe(200);
  expect(Math.abs(of('one-busy') - 100)).toBeLessThan(1);
  expect(of('uneven', 'process_burst_true_pct')).toBeCloseTo(20, 1);
  // Two VCPUs, one worker: the other VCPU has nothing to do.
  expect(of('long-one', 'vm_cpu_pct')).toBeCloseTo(100, 0);
  return expectSaid('multicore-cap', [
    says`VM and Snort use ${whole(of('one-pcpu'))}%.`,
    says`50% of the machine come to ${whole(of('all-pcpus'))}% of a core`,
    says`VM and Snort get ${whole(of('uneven'))} of 100%.`,
    says`makes use of ${whole(of('long-prefork'))}% if its pages take long`,
    says`${whole(of('short-prefork'))} instead of ${whole(of('short-one'))}%`,
  ]);
});
