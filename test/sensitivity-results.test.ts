/** `results/sensitivity/` is what `verify --sensitivity` writes with its defaults. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CLAIMS } from '../src/claims/catalog.js';
import { findExperiment } from '../src/files/experiment-catalog.js';
import { offloadcageProcess, root } from './commands/offloadcage.js';
import { readCsv } from './output/csv-reader.js';

const SHIPPED = join(root, 'results', 'sensitivity');
const TABLES = ['effects.csv', 'outcomes.csv', 'points.csv'] as const;
const folder = mkdtempSync(join(tmpdir(), 'offloadcage-sensitivity-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The rows of a table by the names of their columns. */
function rowsOf(from: string, table: (typeof TABLES)[number]): Record<string, string>[] {
  const [head = [], ...rows] = readCsv(readFileSync(join(from, table), 'utf8'));
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
}

describe('the shipped sensitivity', () => {
  test('is complete, and of all claims and all costs that nobody measured', () => {
    expect(readdirSync(SHIPPED).sort()).toEqual([...TABLES, 'datapackage.json'].sort());
    const effects = rowsOf(SHIPPED, 'effects.csv');
    const claims = CLAIMS.map(({ id }) => id);
    expect([...new Set(effects.map(({ claim }) => claim))]).toEqual(claims);
    const { costs, network, disk = {} } = findExperiment('tripwire').variants[0]!.machine;
    const unmeasured = Object.entries({ ...costs, ...network, ...disk })
      .filter(([, { origin }]) => origin === 'assumed' || origin === 'fitted')
      .map(([name]) => name);
    expect([...new Set(effects.map(({ cost }) => cost))].sort()).toEqual(unmeasured.sort());
  });

  test('counts the points at which a claim is borne out', () => {
    const outcomes = rowsOf(SHIPPED, 'outcomes.csv').filter(({ kind }) => kind === 'all');
    for (const { id } of CLAIMS) {
      const own = outcomes.filter(({ claim }) => claim === id);
      const met = own.filter(({ borne_out }) => borne_out === 'yes').length;
      const [effect] = rowsOf(SHIPPED, 'effects.csv').filter(({ claim }) => claim === id);
      expect(own).toHaveLength(200);
      expect([id, Number(effect?.borne_out_pct)]).toEqual([id, (100 * met) / 200]);
    }
  });

  test('is, of the loops, to the byte what the command writes', { timeout: 600_000 }, () => {
    const ids = ['M1', 'M2', 'M3', 'M7'];
    const { status } = offloadcageProcess(['verify', '--sensitivity', ...ids, '--out', folder]);
    expect([0, 3]).toContain(status);
    const shipped = rowsOf(SHIPPED, 'outcomes.csv').filter(({ claim = '' }) => ids.includes(claim));
    expect(rowsOf(folder, 'outcomes.csv')).toEqual(shipped);
  });
});
