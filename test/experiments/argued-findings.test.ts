/**
 * What the descriptions of the experiments say that run what the paper argues, and what it does not
 * see, against the shipped results; and what these have to come to by arithmetic.
 */
import { expect, test } from 'vitest';
import { mean } from '../docs/results.js';
import { says } from '../docs/statements.js';
import { expectSaid, whole } from './described.js';

/** A point, to which a limit is kept in the long run; a tick of 10 ms is that of a second. */
const POINT = 1;

test('isolation: what a neighbour gets, and what a cage gets', async () => {
  const of = (metric: string) => (variant: string) => mean('isolation', variant, metric);
  const neighbour = of('domain_neighbour_cpu_pct');
  const customer = of('cage_customer_cpu_pct');
  const median = of('client_shoppers_response_p50_ms');
  await expectSaid('isolation', [
    says`With plain offload it gets ${whole(neighbour('offload'))}%, with a cage
      ${whole(neighbour('offloadcage'))}%.`,
    says`gets ${whole(neighbour('snort-offload'))}% with Snort and
      ${whole(neighbour('snort-no-ids'))}% without, and debited by run time
      ${whole(neighbour('snort-offload-exact'))}% and ${whole(neighbour('snort-no-ids-exact'))}%`,
    says`VM and IDS get ${whole(customer('heavy-neighbour'))} of their 50%.`,
    says`VM and Snort get ${whole(customer('snort-cage'))}%:`,
    says`Debited by run time they get ${whole(customer('snort-cage-exact'))}%, and with weights that
      keep the two in credit ${whole(customer('snort-cage-backed'))}%, too.`,
    says`is ${median('shop-alone').toFixed(1)} ms alone and with a cage,
      ${median('shop-no-ids').toFixed(1)} ms beside the web server alone, and
      ${median('shop-offload').toFixed(1)} ms with plain offload`,
  ]);
  expect(median('shop-cage').toFixed(1)).toBe(median('shop-alone').toFixed(1));
  // By weight: 512 of 1024 is a half, and 1024 of 1536 are two thirds.
  expect(Math.abs(neighbour('by-weight') - 50)).toBeLessThan(POINT);
  expect(Math.abs(neighbour('heavy-neighbour') - 200 / 3)).toBeLessThan(POINT);
});

test('static-split: the VM loses 20 points times the time in which the IDS is idle', () => {
  const vm = (variant: string) => mean('static-split', variant, 'vm_cpu_pct');
  for (const idle of [0, 25, 50, 75, 100]) {
    expect(Math.abs(vm(`split-${idle}`) - 30)).toBeLessThan(POINT);
    expect(Math.abs(vm(`cage-${idle}`) - (30 + (20 * idle) / 100))).toBeLessThan(POINT);
  }
});

test('weights: what a cage gets by cap, by weight, and by both', async () => {
  const customer = (variant: string) => whole(mean('weights', variant, 'cage_customer_cpu_pct'));
  await expectSaid('weights', [
    says`included: ${customer('weight')}% at half of the weight, ${customer('weight-60')}% at three
      fifths, ${customer('weight-75')}% at three quarters.`,
    says`leave VM and IDS ${customer('both-weight')}%, although`,
    says`the two together give ${customer('both-light')}%.`,
  ]);
  expect([customer('cap'), customer('both-cap')]).toEqual(['50', '50']);
});

test('evasion: b ms of every 10 are b/10 of a core, whatever the limit', async () => {
  const vm = (variant: string) => mean('evasion', variant, 'domain_vm1_cpu_pct');
  const cheat = (variant: string, by = 'cr3') =>
    mean('evasion', variant, `process_cheat_${by}_pct`);
  for (const variant of ['cap', 'cage']) expect(Math.abs(vm(variant) - 95)).toBeLessThan(POINT);
  expect(Math.abs(cheat('ids-cage') - 95)).toBeLessThan(POINT);
  for (const variant of ['cage-exact', 'honest-cage']) {
    expect(Math.abs(vm(variant) - 20)).toBeLessThan(POINT);
  }
  expect(Math.abs(cheat('process-o1') - 90)).toBeLessThan(POINT);
  expect(cheat('process-o1', 'proc')).toBeLessThanOrEqual(1);
  await expectSaid('evasion', [
    says`the VM still gets ${whole(vm('cage-ids'))}%, because`,
    says`OC-Limiter holds it to ${whole(cheat('ids-limiter'))} of its 20%`,
  ]);
});

test('blindness: what Snort misses under a flood', async () => {
  const missed = (variant: string) => whole(mean('blindness', variant, 'ids_missed_packets_pct'));
  const replies = (variant: string) => whole(mean('blindness', variant, 'throughput_rps'));
  await expectSaid('blindness', [
    says`With plain offload it misses ${missed('offload')}% of them. With a cage it misses
      ${missed('cage')}%:`,
    says`answers ${replies('cage')} requests a second instead of ${replies('offload')}.`,
    says`Snort misses ${missed('limiter')}%, and at an ordinary load of 2000 pages
      ${missed('usual-limiter')}% in place of ${missed('usual-cage')}%.`,
    says`it is ${missed('offload-exact')}% with plain offload and ${missed('cage-exact')}% with a
      cage`,
  ]);
});
