/** `results/readings/` is what `verify --readings` writes with its defaults. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CLAIMS } from '../src/claims/catalog.js';
import { POINT_NAMES } from '../src/claims/readings/points.js';
import { READINGS } from '../src/claims/readings/readings.js';
import { choiceText } from '../src/claims/readings/set-up-under.js';
import { READINGS_FILES } from '../src/output/readings/files.js';
import { offloadcageProcess, root } from './commands/offloadcage.js';
import { readCsv } from './output/csv-reader.js';

const SHIPPED = join(root, 'results', 'readings');
const folder = mkdtempSync(join(tmpdir(), 'offloadcage-readings-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The rows of a table by the names of their columns. */
function rowsOf(path: string): Record<string, string>[] {
  const [head = [], ...rows] = readCsv(readFileSync(path, 'utf8'));
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
}

const cells = () => rowsOf(join(SHIPPED, 'matrix.csv'));
const document = () => readFileSync(join(SHIPPED, 'readings.md'), 'utf8');

describe('the shipped readings', () => {
  test('are complete, and of all claims, readings and points', () => {
    expect(readdirSync(SHIPPED).sort()).toEqual([...READINGS_FILES].sort());
    const wanted = CLAIMS.flatMap(({ id, conditions }) =>
      conditions.flatMap(({ label }) => READINGS.map((reading) => [id, label, reading.id])),
    );
    expect(cells().map((row) => [row.claim, row.condition, row.reading])).toEqual(wanted);
    const choices = READINGS.flatMap((reading) =>
      POINT_NAMES.map((point) => [
        reading.id,
        point,
        choiceText(reading, point),
        reading.choices[point].reason,
      ]),
    );
    const shipped = rowsOf(join(SHIPPED, 'choices.csv'));
    expect(shipped.map((row) => [row.reading, row.point, row.value, row.reason])).toEqual(choices);
  });

  test('have, under the reference, what the claims have in claims.csv', () => {
    const [reference] = READINGS;
    const own = cells().filter(({ reading }) => reading === reference?.id);
    const asked = CLAIMS.map(({ id }) => id);
    const claims = rowsOf(join(root, 'results', 'claims.csv')).filter(
      ({ claim = '', role }) => role === 'condition' && asked.includes(claim),
    );
    const told = (rows: readonly Record<string, string>[]) =>
      rows.map((row) =>
        ['claim', 'condition', 'verdict', 'measured', 'ci95_lo', 'ci95_hi', 'rule', 'n'].map(
          (name) => row[name],
        ),
      );
    expect(told(own)).toEqual(told(claims));
  });

  test('come to the sentence that they open with', () => {
    const [, , , , sentence = ''] = document().split('\n');
    const measured = cells().filter(({ evidence }) => evidence === 'measured');
    const counts = (rows: readonly Record<string, string>[]) => {
      const ids = [...new Set(rows.map(({ claim }) => claim))];
      const holds = ids.map((id) =>
        rows
          .filter((row) => row.claim === id && row.no_verdict === '')
          .map(({ verdict }) => verdict === 'holds'),
      );
      const every = holds.filter((all) => all.every(Boolean)).length;
      const none = holds.filter((all) => !all.some(Boolean)).length;
      return [ids.length, every, ids.length - every - none, none];
    };
    const [reference] = READINGS;
    const met = new Set(
      measured.flatMap(({ claim, reading, verdict }) =>
        reading === reference?.id && verdict === 'holds' ? [claim] : [],
      ),
    );
    const predicted = measured.filter(({ basis }) => basis === 'predicted');
    const numbers = sentence.match(/\b\d+\b/g)?.map(Number);
    expect(numbers).toEqual([...counts(measured), met.size, ...counts(predicted)]);
  });

  test('are, of the loops, to the byte what the command writes', { timeout: 600_000 }, () => {
    const ids = CLAIMS.filter(({ experiment }) => experiment === 'loop').map(({ id }) => id);
    const { status } = offloadcageProcess(['verify', '--readings', ...ids, '--out', folder]);
    expect([0, 3]).toContain(status);
    const shipped = cells().filter(({ claim = '' }) => ids.includes(claim));
    expect(rowsOf(join(folder, 'matrix.csv'))).toEqual(shipped);
  });
});
