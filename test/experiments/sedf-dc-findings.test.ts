/** What the descriptions of sedf-dc-snort and sedf-dc-tripwire say is what the results have. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { root } from '../commands/offloadcage.js';
import { mean, share } from '../docs/results.js';
import { chargedVm, forVm, NEIGHBOUR, SNORT, TRIPWIRE } from '../docs/sedf-dc.js';
import { type Statement, says, withNumbers } from '../docs/statements.js';

const one = (value: number) => value.toFixed(1);
const whole = (value: number) => value.toFixed(0);

/** Expects of an experiment's description that it has these numbers. */
async function expectSaid(id: string, statements: readonly Statement[]): Promise<void> {
  const path = join(root, `experiments/${id}.yaml`);
  const text = readFileSync(path, 'utf8');
  await expect(withNumbers(text, statements)).toMatchFileSnapshot(path);
}

/** Of a VM and of domain 0 for it. */
const sum = (id: string, variant: string) => mean(id, variant, 'vm_cpu_pct') + forVm(id, variant);
const net = (id: string, variant: string) => mean(id, variant, NEIGHBOUR.net);

test('sedf-dc-snort: charged by packets, both VMs pay the same', () => {
  const at = (variant: string, metric: string) => mean(SNORT, variant, metric);
  expect(chargedVm(SNORT, 'sedf-dc')).toBeCloseTo(at('sedf-dc', NEIGHBOUR.debt), 1);
  const inside = chargedVm(SNORT, 'sedf-dc-inside') - forVm(SNORT, 'sedf-dc-inside');
  return expectSaid(SNORT, [
    says`for the VM take ${one(sum(SNORT, 'sedf'))}%.`,
    says`brings them down to ${one(sum(SNORT, 'sedf-dc'))}%.`,
    says`both VMs the same ${one(chargedVm(SNORT, 'sedf-dc'))}%:`,
    says`0 spends ${one(forVm(SNORT, 'sedf-dc'))}% on the VM and ${one(net(SNORT, 'sedf-dc'))}% on
      the neighbour.`,
    says`${one(chargedVm(SNORT, 'cage'))}% are charged for ${one(forVm(SNORT, 'cage'))}%.`,
    says`network work for the VM to ${one(at('share-guard', 'dom0_net_cpu_pct'))}%, half`,
    says`${whole(at('share-guard', 'throughput_rps'))} and
      ${whole(at('share-guard', NEIGHBOUR.replies))} replies are left of 1000`,
    says`Snort misses ${whole(at('share-guard', 'ids_missed_packets_pct'))}% of the packets.`,
    says`right within ${one(Math.abs(inside))} points`,
    says`nothing for ${one(at('cage-inside', 'dom0_net_cpu_pct'))}%.`,
  ]);
});

test('sedf-dc-tripwire: no packet tells of a disk', () => {
  const at = (variant: string, metric: string) => mean(TRIPWIRE, variant, metric);
  const inside = chargedVm(TRIPWIRE, 'sedf-dc-inside') - forVm(TRIPWIRE, 'sedf-dc-inside');
  expect(inside).toBeLessThan(0);
  const onItsPages = (part: string) =>
    (share(TRIPWIRE, 'cage', part) * chargedVm(TRIPWIRE, 'cage')) / 100;
  expect(onItsPages('Interrupts and softirqs for the VM')).toBeLessThan(
    at('cage', 'dom0_net_cpu_pct') - 1,
  );
  expect(onItsPages('Other interrupts and softirqs')).toBeGreaterThan(1);
  return expectSaid(TRIPWIRE, [
    says`charges the VM ${one(chargedVm(TRIPWIRE, 'sedf-dc'))}% where domain 0 spends
      ${one(forVm(TRIPWIRE, 'sedf-dc'))}% on it, and the neighbour
      ${one(at('sedf-dc', NEIGHBOUR.debt))}% for ${one(net(TRIPWIRE, 'sedf-dc'))}%`,
    says`answers ${whole(at('sedf-dc', NEIGHBOUR.replies))} of 1000 requests.`,
    says`own work is ${one(at('sedf', 'ids_true_cpu_pct'))}%, and with debts
      ${one(at('sedf-dc', 'ids_true_cpu_pct'))}%.`,
    says`work for the VM take ${one(sum(TRIPWIRE, 'sedf-dc'))}%, which is less than the
      ${one(sum(TRIPWIRE, 'sedf'))}% of plain SEDF`,
    says`and ${whole(at('share-guard', 'throughput_rps'))} replies are left of 1000.`,
    says`work it takes ${one(forVm(TRIPWIRE, 'share-guard'))}% of domain 0.`,
    says`all to ${one(sum(TRIPWIRE, 'cage'))}%, by OC-Limiter and a measure that is wrong by
      ${one(chargedVm(TRIPWIRE, 'cage') - forVm(TRIPWIRE, 'cage'))} points`,
    says`wrong by ${one(-inside)} points.`,
  ]);
});

test('both experiments are one set-up with two IDSes', () => {
  const [snort, tripwire] = [SNORT, TRIPWIRE].map((id) => findExperiment(id).variants);
  expect(snort?.map(({ id }) => id)).toEqual(tripwire?.map(({ id }) => id));
  for (const [v, one] of (snort ?? []).entries()) {
    const other = tripwire?.[v];
    for (const key of ['domains', 'clients'] as const) {
      const text = JSON.stringify(other?.settings[key]).replaceAll('tripwire', 'snort');
      expect([one.id, JSON.parse(text)]).toEqual([one.id, one.settings[key]]);
    }
  }
});
