/** SEDF-DC and ShareGuard on the whole machine: a VM with half a PCPU serves pages and loops. */
import { describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/files/load-definition.js';
import { runExperiment } from '../../src/run/runner.js';
import { definitionFile } from './definition-files.js';
import { messageFor } from './messages.js';

const text = (hypervisor: string) => `id: dc
title: A web server and a loop
duration: 6s
warmup: 2s
hypervisor: { scheduler: sedf${hypervisor} }
domains:
  vm1: { sedf: { period: 20ms, slice: 10ms, extratime: false } }
processes:
  web: { program: webserver, domain: vm1 }
  loop: { program: loop, domain: vm1, nice: 10 }
clients:
  httperf: { target: web, rate: 1500 }
variants:
  plain: { title: Plain }
  dc: { title: Debts, hypervisor: { debts: {} } }
  guard: { title: Guard, hypervisor: { debts: { guard: { limit: 5 } } } }
`;

describe('with 50% reserved, and no extra time', async () => {
  const path = definitionFile(text(''));
  const { variants } = await runExperiment(loadDefinition(path), { jobs: 1, seeds: [1] });
  const mean = (variant: string, metric: string) =>
    variants.find(({ id }) => id === variant)?.summary[metric]?.mean ?? Number.NaN;
  const vm = (variant: string) => mean(variant, 'domain_vm1_cpu_pct');
  const dom0 = (variant: string) => mean(variant, 'domain_dom0_cpu_pct');
  const charged = (variant: string) => mean(variant, 'domain_vm1_debt_cpu_pct');

  test('the VM has all of it, besides what domain 0 does for it', () => {
    expect(vm('plain')).toBeCloseTo(50, 0);
    expect(dom0('plain')).toBeGreaterThan(5);
    expect(charged('plain')).toBeNaN();
  });

  test('debts hold the VM to 50% together with domain 0', () => {
    expect(vm('dc') + charged('dc')).toBeCloseTo(50, 0);
    expect(charged('dc')).toBeGreaterThan(5);
    // All of domain 0 is charged to the only guest, its work for nobody included.
    expect(Math.abs(charged('dc') - dom0('dc'))).toBeLessThan(0.2);
    expect(charged('dc')).toBeGreaterThan(mean('dc', 'domain_vm1_dom0_net_cpu_pct'));
  });

  test('ShareGuard holds what domain 0 does for the VM to 5%, and loses its packets', () => {
    expect(charged('guard')).toBeLessThan(5.5);
    expect(mean('guard', 'client_httperf_replies_rps')).toBeLessThan(
      mean('dc', 'client_httperf_replies_rps') / 2,
    );
  });
});

test.each([
  [', debts: { received_weight: 0, sent_weight: 0 }', 'hypervisor.debts.sent_weight: got 0;'],
  [', debts: { guard: { limit: 5, every: 150ms } }', 'got 150ms; allowed: a whole multiple of'],
  [', debts: { guard: {} }', 'hypervisor.debts.guard.limit: got nothing; allowed: a number'],
])('it refuses %s', (hypervisor, message) => {
  const alone = text(hypervisor).split('variants:')[0] ?? '';
  expect(messageFor(alone)).toContain(message);
});
