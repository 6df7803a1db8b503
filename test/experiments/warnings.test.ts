import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/experiments/catalog.js';
import type { Definition } from '../../src/experiments/definition.js';
import { loadDefinition } from '../../src/experiments/loader.js';
import { definitionFile, SMALL } from './definition-files.js';

/** What is said if a definition is run as it is. */
function spoken({ warnings, durationNs }: Definition): string[] {
  return warnings.filter(({ untilNs }) => durationNs < untilNs).map(({ line }) => line);
}

const warnings = (text: string) =>
  spoken(loadDefinition(definitionFile(text))).map((line) => line.replace(/^.*\/my/, 'my'));

const CAGE = `${SMALL}cages:
  cage: { vms: [vm1], processes: [one, two], cap: 50 }
`;

test('a process of a cage that runs in a VM of the same cage', () => {
  const warning =
    'my.yaml:12:35: cages.cage.processes.0: one adds nothing to RC.ids: it runs in vm1, ' +
    'which counts as a whole';
  expect(warnings(CAGE)).toEqual([warning]);
  expect(warnings(CAGE.replace('[one, two]', '[two]'))).toEqual([]);
});

test('is said where a variant puts it there', () => {
  const variants = `variants:
  apart: { title: Apart }
  inside: { title: Inside, cages: { cage: { processes: [two, one] } } }
`;
  expect(warnings(CAGE.replace('[one, two]', '[two]') + variants)).toEqual([
    expect.stringMatching(
      /^my\.yaml:15:\d+: variants\.inside\.cages\.cage\.processes\.1: one adds/,
    ),
  ]);
});

test('but not one that an OC-Limiter limits: it needs the measure', () => {
  const limiter = '  limiter: { program: oc-limiter, domain: vm1, target: one, limit: 20 }\n';
  expect(warnings(CAGE.replace('cages:', `${limiter}cages:`))).toEqual([]);
});

test('no shipped experiment says anything to no effect', () => {
  const said = loadCatalog().flatMap(spoken);
  expect(said).toEqual([]);
});
