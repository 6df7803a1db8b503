/** What is said more finely than the machine can tell is said to be taken otherwise. */
import { describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/files/load-definition.js';
import { planSweep } from '../../src/sweep/plan.js';
import { sweepRequest } from '../../src/sweep/request.js';
import { findSweep } from '../../src/sweep/sweep-file.js';
import { definitionFile } from './definition-files.js';

const TEXT = `id: t
title: T
domains:
  vm1: { weight: 256 }
processes:
  web: { program: webserver, domain: vm1 }
  ids: { program: tripwire, domain: dom0, watches: vm1, every: 10s }
  limiter: { program: oc-limiter, domain: dom0, target: ids, limit: 30, slot: 100ms }
clients:
  c: { target: web, rate: 100, timeout: 2ms }
cages:
  a: { vms: [vm1], processes: [ids], cap: 50, ids_window: { kind: sliding, window: 300ms } }
`;

/** Without what would do something in a longer run. */
const warnings = (text: string) => {
  const said = loadDefinition(definitionFile(text)).warnings;
  return said.flatMap(({ line, untilNs }) =>
    untilNs === Infinity ? [line.replace(/^.*?:\d+:\d+: /, '')] : [],
  );
};

describe('a definition', () => {
  test('that says nothing too finely is silent', () => expect(warnings(TEXT)).toEqual([]));

  test.each([
    // RC.ids is read at ticks: 35 ms are 3.5 of them, and half a tick counts as one.
    [
      'window: 300ms',
      'window: 35ms',
      'cages.a.ids_window.window: 35ms is taken as 40ms: it counts',
    ],
    ['slot: 100ms', 'slot: 15ms', 'processes.limiter.slot: 15ms is taken as 20ms: sleeps end'],
    ['every: 10s', 'every: 1ms', 'processes.ids.every: 1ms is taken as 10ms: sleeps end with a'],
    ['timeout: 2ms', 'timeout: 700us', 'clients.c.timeout: 700us is taken as 1ms: it looks once'],
    // A hundredth of what one credit of 300 stands for.
    [
      'weight: 256 }',
      'weight: 1 }\n  dom0: { weight: 29999 }',
      'domains.vm1.weight: its share of 0.0033% is taken as one credit of 300, 0.33%',
    ],
  ])('%s as %s', (from, to, said) => {
    expect(warnings(TEXT.replace(from, to))).toEqual([expect.stringContaining(said)]);
  });

  test("a sleep ends with the jiffies of its domain's kernel", () => {
    const said = (hz: number) =>
      warnings(
        TEXT.replace('slot: 100ms', 'slot: 15ms').replace(
          'domains:',
          `domains:\n  dom0: { hz: ${hz} }`,
        ),
      );
    expect(said(100)).toEqual([expect.stringContaining('15ms is taken as 20ms: sleeps end with')]);
    expect(said(250)).toEqual([expect.stringContaining('16ms: sleeps end with a jiffy of 4ms')]);
    expect(said(1000)).toEqual([]);
  });

  test('a weight may be as small as it likes among the VMs of a cage', () => {
    const small = TEXT.replace('weight: 256 }', 'weight: 1 }\n  vm2: { weight: 29999 }');
    const taken = (text: string) => warnings(text).filter((line) => line.includes('is taken as'));
    expect(taken(small)).toHaveLength(1);
    const together = small.replace('vms: [vm1]', 'vms: [vm1, vm2]');
    expect(taken(together)).toEqual([]);
    expect(taken(together.replace('cap: 50', 'cap: 50, enforce: false'))).toHaveLength(1);
  });

  test('on more PCPUs a weight may be smaller', () => {
    const small = TEXT.replace('weight: 256 }', 'weight: 1 }\n  dom0: { weight: 599 }');
    expect(warnings(small)).toHaveLength(1);
    const machine = 'machine_values: { pcpus: 2 }\ndomains:';
    expect(warnings(small.replace('domains:', machine))).toEqual([]);
  });
});

test('a sweep says so of its points, and nothing that the definition says already', () => {
  const file = definitionFile(TEXT.replace('slot: 100ms', 'slot: 15ms'));
  const none = { set: [], zip: [], seed: 1, variants: [], metrics: [], chart: [] };
  const vary = ['ids_window.window=10ms,25ms,30ms'];
  const { warnings: said } = planSweep(sweepRequest(findSweep(file), { ...none, vary }));
  expect(said).toEqual([expect.stringMatching(/window: 25ms is taken as 30ms: /)]);
});
