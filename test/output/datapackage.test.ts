import { describe, expect, test } from 'vitest';
import {
  breakdownCsv,
  claimsCsv,
  countersCsv,
  samplesCsv,
  summaryCsv,
} from '../../src/output/csv/csv.js';
import { datapackageJson } from '../../src/output/folder/datapackage.js';
import { readCsv } from './csv-reader.js';
import { experimentFixture } from './experiment-fixture.js';

interface Field {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly unit?: string;
}

interface Resource {
  readonly name: string;
  readonly path: string;
  readonly schema?: { readonly fields: readonly Field[]; readonly primaryKey: readonly string[] };
}

const WRITTEN_BY = 'offloadcage run ../../my.yaml';
const fixture = experimentFixture();
const descriptor = JSON.parse(datapackageJson(fixture, WRITTEN_BY));
const resources: Resource[] = descriptor.resources;
const tables: Readonly<Record<string, string[][]>> = Object.fromEntries([
  ...fixture.variants.map((variant) => [`${variant.id}.csv`, readCsv(samplesCsv(variant))]),
  ['summary.csv', readCsv(summaryCsv(fixture))],
  ['claims.csv', readCsv(claimsCsv(fixture))],
  ['breakdown.csv', readCsv(breakdownCsv(fixture))],
  ['counters.csv', readCsv(countersCsv(fixture))],
]);

describe('the descriptor', () => {
  test('says what the results came from, and no more', () => {
    expect(descriptor).toMatchObject({
      name: 'snort',
      offloadcage: {
        version: '0.1.0',
        written_by: WRITTEN_BY,
        definition_hash: '0123456789abcdef',
        seeds: [1, 2, 3],
        duration_s: 60,
        warmup_s: 5,
        sample_s: 1,
      },
    });
    expect(datapackageJson(fixture, WRITTEN_BY)).toBe(
      datapackageJson(experimentFixture(), WRITTEN_BY),
    );
  });

  test('lists every table and figure', () => {
    expect(resources.map(({ path }) => path)).toEqual([
      ...Object.keys(tables),
      ...fixture.figures.map(({ number }) => `figure-${number}.svg`),
    ]);
  });

  test.each(Object.entries(tables))('%s: describes each column, in order', (path, [header]) => {
    const fields = resources.find((one) => one.path === path)?.schema?.fields ?? [];
    expect(fields.map(({ name }) => name)).toEqual(header);
    for (const { description } of fields) expect(description).toMatch(/^\S.*\.$/);
  });

  test.each(Object.entries(tables))('%s: cells are of the types described', (path, table) => {
    const fields = resources.find((one) => one.path === path)?.schema?.fields ?? [];
    for (const row of table.slice(1)) {
      row.forEach((cell, c) => {
        const type = fields[c]?.type;
        if (type === 'integer') expect(cell).toMatch(/^\d+$/);
        if (type === 'number') expect(cell).toMatch(/^(-?\d+(\.\d+)?)?$/);
      });
    }
  });

  test.each(Object.entries(tables))('%s: the primary key tells rows apart', (path, table) => {
    const [header = [], ...rows] = table;
    const key = resources.find((one) => one.path === path)?.schema?.primaryKey ?? [];
    const keys = rows.map((row) => key.map((name) => row[header.indexOf(name)]).join('\n'));
    expect(new Set(keys).size).toBe(rows.length);
  });

  test('names meet the standard', () => {
    for (const { name } of resources) expect(name).toMatch(/^[a-z0-9._/-]+$/);
    expect(new Set(resources.map(({ name }) => name)).size).toBe(resources.length);
  });
});
