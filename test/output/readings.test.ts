import { describe, expect, test } from 'vitest';
import { POINT_NAMES } from '../../src/claims/readings/points.js';
import { READINGS_FILES, readingsFiles } from '../../src/output/readings/files.js';
import { renderReadings } from '../../src/output/readings/readings-report.js';
import { sentenceOf } from '../../src/output/readings/sentence.js';
import { SYNTHETIC, syntheticMatrix } from '../claims/readings/synthetic.js';
import { readCsv } from './csv-reader.js';

const matrix = syntheticMatrix();
const SENTENCE = sentenceOf(matrix);

const print = (columns: number, unicode = true) =>
  renderReadings(matrix, { columns, color: false, unicode });

/** Words of a text, whatever the lines. */
const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('on a terminal', () => {
  test.each([40, 60, 80, 140, 200])('of %i columns every line fits, and all is said', (columns) => {
    const text = print(columns);
    const lines = text.split('\n');
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
    expect(flat(text).startsWith(SENTENCE)).toBe(true);
    for (const { id } of SYNTHETIC) expect(text).toMatch(new RegExp(`^${id}\\b`, 'm'));
    expect(flat(text)).toContain('X1 under three not asked: there is no such thing.');
    expect(flat(text)).toContain('two: reading two');
    expect(flat(text)).toContain('exact instead of sampled. As two has it.');
  });

  test('the matrix is a table where it fits, with a row per condition', () => {
    expect(print(100)).toMatch(
      /^ +What +Rule +one +two +three$\n^─+$\n^X1 +Value p +at least 10 % +✔ 11\.0 +✔ 11\.0 +-$/m,
    );
    expect(print(100)).toMatch(/^X2 +Value p .*✔ 11\.0$\n^ +Value q .*✔ 11\.0 +✘ 9\.0 +✔ 11\.0$/m);
    expect(print(100)).toMatch(/^X4 .*✔ 11\.0 +\? 10\.0 +✘ 9\.0$/m);
    expect(print(100)).toMatch(/^ +Measured ones that hold +3 of 4 +1 of 4 +1 of 3$/m);
  });

  test('and else a list: the readings by verdict', () => {
    expect(print(60)).toMatch(
      /^X4 +Value s \(at least 10 %\)$\n^ +✔ one 11\.0$\n^ +✘ three 9\.0$/m,
    );
    expect(print(60)).toMatch(/^ +\? two 10\.0$/m);
    expect(print(60)).toMatch(/^X1 .*\n +✔ one 11\.0, two 11\.0\n +- three$/m);
    expect(flat(print(60))).toContain('Measured ones that hold: one 3 of 4, two 1 of 4');
  });

  test('in plain ASCII what fails is marked, too', () => {
    const text = print(100, false);
    expect(text).toMatch(/^[ -~\n]*$/);
    expect(text).toMatch(/^ +Value q .* 11\.0 +!! 9\.0 +11\.0$/m);
  });
});

describe('the files', () => {
  const written = readingsFiles(matrix, 'offloadcage verify --readings');
  const files = new Map(written.map(({ name, content }) => [name, content]));
  const [cellHead = [], ...cells] = readCsv(files.get('matrix.csv') ?? '');
  const [choiceHead = [], ...choices] = readCsv(files.get('choices.csv') ?? '');
  const cell = (claim: string, condition: string, reading: string) => {
    const row = cells.find((one) => [claim, condition, reading].every((key, i) => one[i] === key));
    return Object.fromEntries(cellHead.map((name, i) => [name, row?.[i]]));
  };

  test('are those that are announced, and described', () => {
    expect([...files.keys()]).toEqual(READINGS_FILES);
    const { offloadcage, resources } = JSON.parse(files.get('datapackage.json') ?? '');
    expect(offloadcage.written_by).toBe('offloadcage verify --readings');
    expect(resources.map(({ path }: { path: string }) => path)).toEqual(READINGS_FILES.slice(0, 3));
    const fields = (r: number) =>
      resources[r].schema.fields.map(({ name }: { name: string }) => name);
    expect([fields(0), fields(1)]).toEqual([cellHead, choiceHead]);
  });

  test('have a row per condition and reading', () => {
    expect(cells).toHaveLength(6 * 3);
    expect(cell('X2', 'Value q', 'two')).toMatchObject({
      verdict: 'fails',
      condition_verdict: 'fails',
      measured: '9',
      ci95_lo: '9',
      rule: 'at least 10 %',
      margin: '-1',
      margin_unit: 'points',
      basis: 'predicted',
      evidence: 'measured',
      no_verdict: '',
    });
    expect(cell('X2', 'Value p', 'two')).toMatchObject({
      verdict: 'fails',
      condition_verdict: 'holds',
    });
    expect(cell('X1', 'Value p', 'three')).toMatchObject({
      verdict: '',
      measured: '',
      no_verdict: 'not asked: there is no such thing',
    });
    expect(cell('X5', 'Value r', 'one')).toMatchObject({ evidence: 'argued' });
  });

  test('have a row per reading and open point', () => {
    expect(choices).toHaveLength(3 * POINT_NAMES.length);
    const departing = choices.filter((row) => row[choiceHead.indexOf('departs')] === 'yes');
    expect(departing.map((row) => row.slice(0, 2))).toEqual([
      ['two', 'debit'],
      ['three', 'debit'],
    ]);
  });

  test('have all of it in a document that opens with the sentence', () => {
    const document = files.get('readings.md') ?? '';
    const [title, , record, , sentence] = document.split('\n');
    expect(title).toMatch(/^# /);
    expect(record).toBe('<!-- {"written_by":"offloadcage verify --readings"} -->');
    expect(sentence).toBe(SENTENCE);
    const table = document.split('\n').filter((line) => line.startsWith('|'));
    expect(table[0]).toBe('| Claim | What | Rule | one | two | three |');
    expect(table).toContain('| X4 | Value s | at least 10 % | ✔ 11.0 | ? 10.0 | ✘ 9.0 |');
    expect(table.at(-1)).toBe('|  | Measured ones that hold |  | 3 of 4 | 1 of 4 | 1 of 3 |');
  });
});
