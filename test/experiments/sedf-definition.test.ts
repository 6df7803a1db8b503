/** What a definition may say of SEDF, and what becomes of it. */
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/cli/show/explanation.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { definitionFile } from './definition-files.js';
import { messageFor, messagesFor } from './messages.js';

/** A definition under SEDF whose vm1 has these keys. */
const under = (vm1: string, more = '') => `id: small
title: Two loops
duration: 10s
warmup: 0
hypervisor: { scheduler: sedf }
domains:
  vm1: { ${vm1} }
  vm2: {}
processes:
  one: { program: loop, domain: vm1 }
  two: { program: loop, domain: vm2 }
${more}`;

const load = (text: string) => loadDefinition(definitionFile(text));

test('domains are set to what they are given, and left as they are created without', () => {
  const dom0 = '  dom0: { sedf: { extratime: false } }\n  vm2: {}\n';
  const text = under('sedf: { period: 20ms, slice: 5ms }').replace('  vm2: {}\n', dom0);
  expect(load(text).variants[0]?.input.hypervisor).toEqual({
    scheduler: 'sedf',
    debts: null,
    shares: [
      { periodNs: 20e6, sliceNs: 15e6, extratime: false, weight: 0 },
      { periodNs: 20e6, sliceNs: 5e6, extratime: true, weight: 0 },
      null,
    ],
  });
});

test('a weight takes what is not reserved, or with a period of 0 counts in extra time', () => {
  const shareOf = (sedf: string) => {
    const hypervisor = load(under(`sedf: { ${sedf} }`)).variants[0]?.input.hypervisor;
    return hypervisor?.scheduler === 'sedf' ? hypervisor.shares[1] : undefined;
  };
  expect(shareOf('weight: 5')).toMatchObject({ periodNs: 100e6, weight: 5, extratime: true });
  expect(shareOf('weight: 5, period: 0s')).toMatchObject({ periodNs: 0, weight: 5 });
});

const REFUSED: readonly [vm1: string, message: string][] = [
  ['cap: 20', 'domains.vm1.cap: got 20; allowed: 0: SEDF has no caps'],
  ['weight: 10', 'domains.vm1.weight: got 10; allowed: 256, the default: weights of SEDF are in'],
  ['sedf: { extratime: false }', 'domains.vm1.sedf: got no slice; allowed: a slice of 5us to the'],
  ['sedf: { slice: 4us }', 'domains.vm1.sedf.slice: got 4us; allowed: 5us to the period, 100ms'],
  [
    'sedf: { period: 10ms, slice: 20ms }',
    'domains.vm1.sedf.slice: got 20ms; allowed: 5us to the period, 10ms',
  ],
  ['sedf: { period: 11s, slice: 1s }', 'domains.vm1.sedf.period: got 11s; allowed: 10us to 10s'],
  ['sedf: { weight: 5, slice: 3ms }', 'domains.vm1.sedf.slice: got 3ms; allowed: none, as the'],
  ['sedf: { weight: 5, period: 3ms }', 'domains.vm1.sedf.period: got 3ms; allowed: none, as the'],
  [
    'sedf: { weight: 5, period: 0, extratime: false }',
    'domains.vm1.sedf.extratime: got false; allowed: true, as a period of 0',
  ],
  ['sedf: { weight: 32768 }', 'domains.vm1.sedf.weight: got 32768; allowed: at most 32767'],
  ['sedf: { slise: 1ms }', 'domains.vm1.sedf.slise: got an unknown key; allowed: period, slice,'],
];

describe('it refuses', () => {
  test.each(REFUSED)('%s', (vm1, message) => {
    expect(messageFor(under(vm1))).toContain(`my.yaml:7:`);
    expect(messageFor(under(vm1))).toContain(message);
  });

  test('what belongs to the credit scheduler', () => {
    const others = `  three:
    { program: periodic, domain: vm2, run: 1ms, every: 10ms, clock: exact, align: ticks }
cages:
  cage: { vms: [vm1], cap: 30 }
debit: exact
`;
    const messages = messagesFor(under('', others)).join('\n');
    expect(messages).toContain(
      'processes.three.align: got ticks; allowed: none: SEDF has no ticks',
    );
    expect(messages).toContain('cages.cage.enforce: got true; allowed: false: the limit of a cage');
    expect(messages).toContain('debit: got exact; allowed: nothing: SEDF takes no credits');
  });

  test('what belongs to SEDF, without it', () => {
    const text = under('sedf: { slice: 5ms }').replace('hypervisor: { scheduler: sedf }\n', '');
    expect(messageFor(text)).toContain(
      'domains.vm1.sedf: got a mapping; allowed: nothing, as the scheduler is credit; or hyp',
    );
  });

  test('a scheduler that there is not', () => {
    const message = messageFor(under('').replace('sedf', 'sdef'));
    expect(message).toContain('hypervisor.scheduler: got "sdef"; allowed: credit, sedf; did you');
  });
});

test('a latency is taken, and said to do nothing', () => {
  const { warnings } = load(under('sedf: { slice: 5ms, latency: 1ms }'));
  expect(warnings.map(({ line }) => line).join('\n')).toContain(
    'domains.vm1.sedf.latency: it does nothing: SEDF of Xen 3.3 makes no use of it',
  );
  expect(load(under('sedf: { slice: 5ms }')).warnings).toEqual([]);
});

test('debts that no slice can pay are said to do nothing', () => {
  const debts = (vm1: string) =>
    load(under(vm1).replace('scheduler: sedf', 'scheduler: sedf, debts: {}')).warnings;
  expect(
    debts('')
      .map(({ line }) => line)
      .join('\n'),
  ).toContain('hypervisor.debts: it takes nothing off: no guest has a reservation');
  expect(debts('sedf: { slice: 5ms }')).toEqual([]);
});

test('cages that only measure are allowed', () => {
  const cage = 'cages:\n  cage: { vms: [vm1], enforce: false }\n';
  expect(load(under('', cage)).variants).toHaveLength(1);
});

test('show has the shares of domains that have some', () => {
  const [variant] = explain(load(under('sedf: { period: 20ms, slice: 5ms }'))).variants;
  const sharesOf = (name: string) =>
    variant?.domains
      .find((domain) => domain.name === name)
      ?.parameters.find((parameter) => parameter.name === 'sedf')?.value;
  expect(sharesOf('vm1')).toMatchObject({ period: '20ms', slice: '5ms', extratime: true });
  expect(sharesOf('vm2')).toBeUndefined();
});
