/** What nobody has read or measured of the relatives is said to be so, and can be varied. */
import { expect, test } from 'vitest';
import { assumedBy } from '../../src/claims/assumed.js';
import { ALL_CLAIMS } from '../../src/claims/catalog.js';
import { experimentsOf } from '../../src/claims/claim.js';
import { assumedIn, withAssumed } from '../../src/definition/assumed-settings.js';
import { resolveInput } from '../../src/definition/model-input.js';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { offloadcage } from '../commands/offloadcage.js';
import { definitionFile } from './definition-files.js';

const DEFINITION = `id: assumed
title: SEDF-DC, LRP and containers
duration: 1s
hypervisor: { scheduler: sedf, debts: { received_weight: 0.5, guard: { limit: 5 } } }
domains:
  vm1: { network: { input: lrp, channel: 2 } }
  vm2: { network: { input: lrp }, containers: { held: { share: 10, limit: 10 } } }
`;

const settingsOf = (text: string) => loadDefinition(definitionFile(text)).variants[0]!;

test('lists what is assumed, with its values and the names of things', () => {
  const { settings } = settingsOf(DEFINITION);
  expect(assumedIn(settings).map(({ setting, written }) => `${setting} = ${written}`)).toEqual([
    'hypervisor.debts.feedback = 100ms',
    'hypervisor.debts.received_weight = 0.5',
    'hypervisor.debts.sent_weight = 1',
    'hypervisor.debts.guard.every = 500ms',
    'domains.vm1.network.demux_share = 8',
    'domains.vm1.network.channel = 2',
    'domains.vm2.network.demux_share = 8',
    'domains.vm2.network.channel = 50',
    'domains.vm2.containers.held.window = 100ms',
  ]);
  const { settings: plain } = settingsOf('id: t\ntitle: T\ndomains: { vm1: {} }\n');
  expect(assumedIn(plain)).toEqual([]);
});

test('varies them in all things alike, within what each may be', () => {
  const { settings, machine } = settingsOf(DEFINITION);
  const factors = new Map([
    ['debts.feedback', 1.15],
    ['network.channel', 0.1],
    ['network.demux_share', 20],
  ]);
  const varied = withAssumed(settings, factors);
  const timing = { durationNs: 1e9, warmupNs: 0, sampleNs: 1e9 };
  const input = resolveInput(varied, machine, timing, new Map());
  expect(input.hypervisor).toMatchObject({
    debts: { feedbackNs: 115e6, receivedWeight: 0.5, guard: { limitPct: 5, everyNs: 500e6 } },
  });
  const values = assumedIn(varied).map(({ setting, value }) => [setting, value]);
  expect(Object.fromEntries(values)).toMatchObject({
    'domains.vm1.network.channel': 1,
    'domains.vm2.network.channel': 5,
    'domains.vm1.network.demux_share': 99,
    'domains.vm2.containers.held.window': 100e6,
  });
  expect(withAssumed(settings, new Map())).toEqual(settings);
});

test('show says of each variant what is assumed, and once what that is', async () => {
  const path = definitionFile(
    `${DEFINITION}variants: { one: { title: One }, two: { title: Two } }\n`,
  );
  const { stdout } = await offloadcage(['show', path]);
  expect(
    stdout.match(/Assumed, not read or measured:\n +hypervisor\.debts\.feedback/g),
  ).toHaveLength(2);
  expect(stdout).toMatch(/network\.channel = 2\n +Packets that wait/);
  expect(stdout.match(/Tens, remembered/g)).toHaveLength(1);
});

test('a claim that is measured where something is assumed says so', () => {
  const silent = ALL_CLAIMS.filter((claim) => {
    const names = assumedBy(
      [claim],
      experimentsOf(claim).map((id) => findExperiment(id)),
    );
    return names.length > 0 && !/assumed/i.test(claim.reason);
  });
  expect(silent.map(({ id }) => id)).toEqual([]);
});
