import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/input-error.js';
import {
  definitionJsonSchema,
  machineJsonSchema,
  sweepJsonSchema,
} from '../../src/definition/json-schema.js';
import { findExperiment, loadCatalog } from '../../src/files/experiment-catalog.js';
import {
  experimentFile,
  experimentNames,
  machineFile,
  machineNames,
  sweepFile,
  sweepNames,
} from '../../src/files/shipped.js';

describe('shipped experiments', () => {
  test('are valid, and named like their files', () => {
    expect(
      loadCatalog()
        .map((definition) => definition.id)
        .sort(),
    ).toEqual(experimentNames());
    expect(experimentNames()).toContain('snort');
  });

  test('come in the order of the paper, then those that it does not have', () => {
    const numbers = loadCatalog().flatMap(({ figures }) => figures.map(({ number }) => number));
    const papers = numbers.filter((number) => typeof number === 'number');
    expect(papers).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('no two have a figure or an id in common, nor with a sweep', () => {
    const catalog = loadCatalog();
    const own = catalog.flatMap((one) => [one.id, ...one.figures.map((figure) => figure.id)]);
    const names = [...own, ...sweepNames()];
    expect(new Set(names).size).toBe(names.length);
    // `reproduce all` means every experiment.
    expect(names).not.toContain('all');
  });

  test('every shipped file begins with its schema', () => {
    const files = [
      ...experimentNames().map(experimentFile),
      ...machineNames().map(machineFile),
      ...sweepNames().map(sweepFile),
    ];
    for (const file of files) {
      expect(readFileSync(file, 'utf8')).toMatch(
        /^# yaml-language-server: \$schema=schema\.json\n/,
      );
    }
  });

  // `npx vitest run test/experiments/catalog.test.ts -u` writes them anew.
  test('the committed JSON Schemas are current', async () => {
    const text = (schema: object) => `${JSON.stringify(schema, null, 2)}\n`;
    await expect(text(definitionJsonSchema())).toMatchFileSnapshot('../../experiments/schema.json');
    await expect(text(machineJsonSchema())).toMatchFileSnapshot(
      '../../experiments/machines/schema.json',
    );
    await expect(text(sweepJsonSchema())).toMatchFileSnapshot(
      '../../experiments/sweeps/schema.json',
    );
  });
});

/** The fields of a JSON Schema, at any depth, that have no description. */
function undescribed(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((one, i) => undescribed(one, `${path}[${i}]`));
  const { properties = {}, description: _, ...others } = schema as Record<string, object>;
  const fields = Object.entries(properties).flatMap(([key, field]) => {
    const described = JSON.stringify(field).includes('"description"');
    const own = described ? [] : [`${path}.${key}`];
    return [...own, ...undescribed(field, `${path}.${key}`)];
  });
  return [...fields, ...Object.values(others).flatMap((one) => undescribed(one, path))];
}

test('every field that editors complete is explained', () => {
  expect(undescribed(definitionJsonSchema())).toEqual([]);
  expect(undescribed(machineJsonSchema())).toEqual([]);
  expect(undescribed(sweepJsonSchema())).toEqual([]);
});

describe('findExperiment', () => {
  test('by id', () => {
    const { variants, figures } = findExperiment('snort');
    expect(variants.map((variant) => variant.id)).toEqual(['offloadcage', 'offload', 'no-offload']);
    expect(figures.map((figure) => figure.number)).toEqual([4, 5, 6, 7]);
  });

  test.each([
    ['fig4', ['offloadcage']],
    ['fig5', ['offload']],
    ['fig6', ['offloadcage', 'offload', 'no-offload']],
    ['fig7', ['no-offload']],
  ])('%s has the variants that it shows', (name, variants) => {
    const found = findExperiment(name);
    expect(found.id).toBe('snort');
    expect(found.figures.map((figure) => figure.id)).toEqual([name]);
    expect(found.variants.map((variant) => variant.id)).toEqual(variants);
  });

  test.each([
    [
      'snrot',
      'experiment: got "snrot"; did you mean snort? allowed: what `offloadcage list` shows',
    ],
    ['fig44', 'did you mean fig4?'],
    ['something-else', 'got "something-else"; allowed: what `offloadcage list` shows'],
    ['../snort', 'got "../snort"; did you mean snort?'],
  ])('%s is refused', (name, hint) => {
    expect(() => findExperiment(name)).toThrow(InputError);
    expect(() => findExperiment(name)).toThrow(hint);
  });

  test('names what the caller takes besides', () => {
    expect(() => findExperiment('al', ['all'])).toThrow(/did you mean all\? .*, or all$/);
    expect(() => findExperiment('all')).toThrow(InputError);
  });

  test.each([
    ['fig8', 'tripwire'],
    ['fig9', 'tripwire'],
    ['fig10', 'loop'],
    ['fig11', 'accounting-snort'],
    ['fig12', 'accounting-tripwire'],
  ])('%s is of %s', (name, id) => {
    const found = findExperiment(name);
    expect(found.id).toBe(id);
    expect(found.figures.map((figure) => figure.id)).toEqual([name]);
  });
});

describe('the Snort experiment is the set-up of the paper', () => {
  const { variants, durationNs, figures } = findExperiment('snort');
  const input = (id: string) => {
    const found = variants.find((variant) => variant.id === id);
    if (found === undefined) throw new Error(`no variant ${id}`);
    return found.input;
  };

  test('in all variants', () => {
    expect(durationNs).toBe(60e9);
    for (const { input } of variants) {
      expect(input.pcpus).toBe(1);
      expect(input.domains.map((domain) => [domain.name, domain.weight])).toEqual([
        ['dom0', 256],
        ['vm1', 256],
      ]);
      expect(input.domains[0]?.capPct).toBe(0);
      expect(input.clients).toMatchObject([{ target: 'web', rate: 4000, maxOpen: 1020 }]);
      expect(input.network.linkBitsPerSecond).toBe(1e9);
    }
  });

  test('a cage of 50% around Snort in domain 0 and the VM', () => {
    const { cages, domains, processes } = input('offloadcage');
    expect(cages).toMatchObject([
      { vms: ['vm1'], processes: ['snort'], capPct: 50, enforce: true, counts: 'cr3' },
    ]);
    expect(domains[1]?.capPct).toBe(0);
    expect(processes).toMatchObject([
      { name: 'web', domain: 'vm1', pageBytes: 1024, backlog: 128 },
      { name: 'snort', domain: 'dom0', watches: 'vm1' },
    ]);
  });

  test('the VM capped at 50%, Snort in domain 0', () => {
    const { cages, domains, processes } = input('offload');
    expect(cages.filter((cage) => cage.enforce)).toEqual([]);
    expect(domains[1]?.capPct).toBe(50);
    expect(processes[1]?.domain).toBe('dom0');
  });

  test('the VM with Snort inside capped at 50%', () => {
    const { cages, domains, processes } = input('no-offload');
    expect(cages).toEqual([]);
    expect(domains[1]?.capPct).toBe(50);
    expect(processes[1]).toMatchObject({ domain: 'vm1', watches: 'vm1' });
  });

  test('costs come in nanoseconds and percent', () => {
    const { costs, network } = input('offload');
    for (const cost of Object.values(costs)) expect(Number.isInteger(cost)).toBe(true);
    expect(costs).toMatchObject({ guestPacketNs: 3000, vcpuSwitchNs: 4000, bridgeSharePct: 40 });
    expect(network).toMatchObject({ interruptGapNs: 125_000, snifferBufferBytes: 110_592 });
  });

  test('figures 4, 5 and 7 have the limit of 50%', () => {
    expect(figures.map((figure) => figure.limit?.value)).toEqual([50, 50, undefined, 50]);
  });
});
