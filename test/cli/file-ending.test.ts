/** Names of files: each either says what is written, or nothing, or is refused. */
import { expect, test, vi } from 'vitest';
import { fileEnding } from '../../src/cli/output/file-ending.js';
import { defaultOutput, tableOf } from '../../src/cli/sweep/sweep-table.js';
import { sweepOf } from '../output/sweep/fixture.js';

const tableAt = (out: string, format: Parameters<typeof defaultOutput>[1] = 'wide', part = false) =>
  tableOf({ out, format, aggregate: false }, sweepOf([]), part).format;

test.each([
  ['x.csv', 'csv'],
  ['x.csv.gz', 'csv'],
  ['X.CSV.GZ', 'csv'],
  ['v1.2/x', 'csv'],
  ['cap.50.csv', 'csv'],
  ['x.jsonl', 'jsonl'],
  ['x.ndjson', 'jsonl'],
  ['x.ndjson.gz', 'jsonl'],
  ['x.Xlsx', 'xlsx'],
  ['x.parquet', 'parquet'],
  ['-', 'csv'],
  ['/dev/null', 'csv'],
])('a table named %s is %s', (out, format) => expect(tableAt(out)).toBe(format));

test.each([
  ...['x.json', 'x.tsv', 'x.ods', 'x.pdf', 'x.csv.xz', 'x.csv.zip', 'x.gz', 'x.xlsx.gz', 'x.svg'],
  ...['x.parquet.gz', 'x.csv.gz.gz', 'x.csv~', 'x.', 'x.part', 'x.txt', 'datapackage.json'],
])('a table named %s is refused', (out) => {
  expect(() => tableAt(out)).toThrow(
    `--out: got "${out}" for a table; allowed: a name with the ending .csv, .csv.gz, .jsonl, ` +
      '.jsonl.gz, .ndjson, .ndjson.gz, .xlsx, .parquet or none',
  );
});

test.each(['.x.csv', '~x.csv', 'a\\b.csv', 'dir/.csv'])(
  '%s has no place in a data package',
  (out) => {
    expect(() => tableAt(out)).toThrow(/which no data package can list; allowed: a name without/);
  },
);

test('--format tells the kind where the name does not, and may not contradict it', () => {
  const formats = ['csv', 'jsonl', 'xlsx', 'parquet'] as const;
  for (const format of formats) {
    expect(tableAt('x', format)).toBe(format);
    expect(tableAt(defaultOutput('id', format), format)).toBe(format);
    for (const ending of formats.filter((one) => one !== format)) {
      expect(() => tableAt(`x.${ending}`, format)).toThrow(
        `--format: got ${format} for x.${ending}; allowed: ${ending}, wide or long`,
      );
    }
  }
});

test('a terminal gets text only, a pipe or a file anything', () => {
  const goes = (isTTY: boolean, out: string, format: 'csv' | 'xlsx') => {
    const stdout = vi.spyOn(process, 'stdout', 'get');
    stdout.mockReturnValue({ isTTY } as typeof process.stdout);
    try {
      return tableAt(out, format);
    } finally {
      stdout.mockRestore();
    }
  };
  expect(() => goes(true, '-', 'xlsx')).toThrow('got - for xlsx; allowed: a file, or a pipe');
  expect(goes(false, '-', 'xlsx')).toBe('xlsx');
  expect(goes(true, '-', 'csv')).toBe('csv');
  expect(goes(true, 'x.xlsx', 'xlsx')).toBe('xlsx');
});

test('a part has an ending of its own', () => {
  expect(() => tableAt('1.part', 'wide', true)).not.toThrow();
  expect(() => tableAt('part', 'wide', true)).not.toThrow();
  for (const name of ['1.csv', '1.jsonl', '1.part.gz']) {
    expect(() => tableAt(name, 'wide', true)).toThrow(/for a part of a sweep; .* ending \.part or/);
  }
});

test('a name too long for the disk is refused as such', () => {
  expect(() => fileEnding(`${'x'.repeat(300)}.csv`, 'a table', ['.csv'])).toThrow(
    /cannot write: the name is too long; allowed/,
  );
});
