/** Tables of sweeps in every kind of file, read back by libraries that others wrote. */

import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { type AsyncBuffer, parquetMetadata, parquetReadObjects } from 'hyparquet';
import readXlsxFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { Column } from '../../src/output/csv/columns.js';
import type { Row } from '../../src/output/csv/csv.js';
import { parquetPieces } from '../../src/output/sweep/parquet.js';
import { csvPieces } from '../../src/output/sweep/sweep-text.js';
import { checkFits, sweepTable, type TableOptions } from '../../src/output/sweep/table-file.js';
import { xlsxFile } from '../../src/output/sweep/xlsx.js';
import type { Sweep, SweepRow } from '../../src/sweep/sweep.js';
import { readCsv } from './csv-reader.js';
import { parameter } from './sweep/fixture.js';

const COLUMNS: readonly Column[] = [
  { name: 'text', type: 'string', description: 'Text.' },
  { name: 'whole', type: 'integer', description: 'A whole number.' },
  { name: 'real', type: 'number', unit: 's', description: 'A number.' },
];

/**
 * What a cell of text may hold: no control characters, which XML does not know, and no mark of
 * text that could not be decoded, which the workbook's library leaves out.
 */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', 'a,b', 'a"b', '<a & b>', 'é 漢字'),
  )
  .filter((one) => !/[\p{C}\ufffd]/u.test(one) && one.trim() === one && one !== '');
const row = fc.record({
  text,
  whole: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  real: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
});
const rowsOfAnyKind = fc.array(row, { minLength: 1, maxLength: 30 });

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function bytesOf(pieces: AsyncIterable<string | Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}

function bufferOf(bytes: Buffer): AsyncBuffer {
  const file = new Uint8Array(bytes).buffer;
  return { byteLength: file.byteLength, slice: async (from, to) => file.slice(from, to) };
}

/** -0 and 0 are the same number to every reader. */
const plain = (rows: readonly Row[]) =>
  rows.map((one) => ({
    text: one.text,
    whole: one.whole ?? null,
    real: one.real === null ? null : Number(one.real) + 0,
  }));

test('Parquet keeps text, whole and real numbers, and what is missing', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfAnyKind, async (rows) => {
      const file = bufferOf(await bytesOf(parquetPieces(COLUMNS, each(rows), { sweep_hash: 'x' })));
      const found = (await parquetReadObjects({ file })) as Row[];
      expect(plain(found)).toEqual(plain(rows));
    }),
  );
});

test('Parquet comes in groups of rows, with its columns explained', async () => {
  const rows = Array.from({ length: 25_001 }, (_, i) => ({ text: 'a', whole: i, real: i / 2 }));
  const file = bufferOf(await bytesOf(parquetPieces(COLUMNS, each(rows), { sweep_hash: 'x' })));
  const metadata = parquetMetadata(await file.slice(0));
  expect(metadata.row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([
    10_000, 10_000, 5001,
  ]);
  const facts = new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value]));
  expect(facts.get('sweep_hash')).toBe('x');
  expect(JSON.parse(facts.get('columns') ?? '')).toEqual(COLUMNS);
  expect(await parquetReadObjects({ file, rowStart: 24_999 })).toHaveLength(2);
});

test('a failure of the rows is passed on', async () => {
  async function* failing(): AsyncGenerator<Row> {
    yield { text: 'a', whole: 1, real: 1 };
    throw new Error('no more');
  }
  await expect(bytesOf(parquetPieces(COLUMNS, failing(), {}))).rejects.toThrow('no more');
});

test('a workbook keeps numbers as numbers and all text as text', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfAnyKind, async (rows) => {
      fc.pre(rows.every((one) => !(one.text in Object.prototype)));
      const file = Buffer.from(await xlsxFile(COLUMNS, each(rows), { seeds: [1, 2] }));
      const sheets = await readXlsxFile(file);
      expect(sheets.map(({ sheet }) => sheet)).toEqual(['sweep', 'columns', 'about']);
      const [head, ...found] = sheets[0]?.data ?? [];
      expect(head).toEqual(['text', 'whole', 'real']);
      const cells = plain(rows).map((one) => [one.text, one.whole, one.real]);
      expect(found).toEqual(cells);
      expect(sheets[1]?.data[3]).toEqual(['real', 'number', 's', 'A number.']);
      expect(sheets[2]?.data[1]).toEqual(['seeds', '1, 2']);
    }),
    { numRuns: 30 },
  );
});

test('a workbook has a default style, on which all others are based', async () => {
  const rows = [{ text: 'a', whole: 1, real: 0.5 }];
  const styles = strFromU8(
    unzipSync(await xlsxFile(COLUMNS, each(rows), {}))['xl/styles.xml'] ?? new Uint8Array(),
  );
  // In the order of the schema, CT_Stylesheet of ECMA-376.
  const sections = [...styles.matchAll(/<(\w+) count="(\d+)">/g)].map(([, name]) => name);
  expect(sections).toEqual(['fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs', 'cellStyles']);
  expect(styles).toContain('<cellStyle name="Normal" xfId="0" builtinId="0"/>');
  expect(styles.match(/<font>.*?<\/font>/g)?.every((font) => /<name .*<sz /.test(font))).toBe(true);
});

test('a workbook has the same bytes at any time', async () => {
  const rows = [{ text: 'a', whole: 1, real: 0.5 }];
  const first = await xlsxFile(COLUMNS, each(rows), {});
  // Times in a ZIP file are good to two seconds.
  await new Promise((go) => setTimeout(go, 2100));
  expect(Buffer.from(await xlsxFile(COLUMNS, each(rows), {})).equals(first)).toBe(true);
});

test('CSV keeps text, but for a mark before what looks like a formula', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfAnyKind, async (rows) => {
      const csv = (await bytesOf(csvPieces(COLUMNS, each(rows), []))).toString();
      const [head, ...found] = readCsv(csv);
      expect(head).toEqual(['text', 'whole', 'real']);
      found.forEach(([first = '', whole = '', real = ''], i) => {
        const { text: said = '', whole: count, real: value } = rows[i] ?? {};
        expect(first.replace(/^'/, '')).toBe(said.replace(/^'/, ''));
        expect(first).not.toMatch(/^[=+\-@]/);
        expect(whole).toBe(count === null ? '' : String(count));
        if (value === null || value === undefined) expect(real).toBe('');
        else
          expect(Math.abs(Number(real) - value)).toBeLessThanOrEqual(
            1e-6 + 1e-12 * Math.abs(value),
          );
      });
    }),
  );
});

const metric = (name: string) => ({ name, unit: '%', label: name, description: name });
const SWEEP: Sweep = {
  experiment: 'small',
  version: '1.0.0',
  hash: '0',
  axes: [[parameter('oc.window_s', ['10ms', '1s'], true), parameter('enforce', [true, false])]],
  variants: ['a'],
  looks: [{ title: 'A', place: 0 }],
  seeds: [1, 2, 3],
  metrics: [metric('m1'), metric('m2')],
  chart: [],
};
/** m1 is 1, 2, 4 at the first point; m2 is missing once at the second. */
const RUNS: readonly SweepRow[] = [
  { run: 0, values: [1, 10] },
  { run: 1, values: [2, 10] },
  { run: 2, values: [4, 10] },
  { run: 3, values: [5, 7] },
  { run: 4, values: [5, null] },
  { run: 5, values: [5, 9] },
];

const tableAs = async (options: Partial<TableOptions>) => {
  const all: TableOptions = { shape: 'wide', format: 'csv', aggregate: false, ...options };
  return readCsv((await bytesOf(sweepTable(SWEEP, each(RUNS), all))).toString());
};

test('durations are seconds, truth values text, and what is missing an empty cell', async () => {
  const [head, ...rows] = await tableAs({});
  expect(head).toEqual(['oc.window_s', 'enforce', 'variant', 'seed', 'm1', 'm2']);
  expect(rows[0]).toEqual(['0.01', 'true', 'a', '1', '1', '10']);
  expect(rows[4]).toEqual(['1', 'false', 'a', '2', '5', '']);
});

test('statistics over the seeds, against values worked out by hand', async () => {
  const [head, first, second] = await tableAs({ aggregate: true });
  expect(head?.slice(3, 8)).toEqual(['m1_mean', 'm1_sd', 'm1_ci95_lo', 'm1_ci95_hi', 'm1_n']);
  const [mean = 0, sd = 0, low = 0, high = 0, n = 0] = (first ?? []).slice(3, 8).map(Number);
  expect(mean).toBeCloseTo(7 / 3, 5);
  // Squares of the distances from 7/3: 16/9 + 1/9 + 25/9 = 42/9, over 2.
  expect(sd).toBeCloseTo(Math.sqrt(21 / 9), 5);
  // Student's t for 95% and two degrees of freedom is 4.302653.
  const half = (4.302653 * Math.sqrt(21 / 9)) / Math.sqrt(3);
  expect(low).toBeCloseTo(7 / 3 - half, 4);
  expect(high).toBeCloseTo(7 / 3 + half, 4);
  expect(n).toBe(3);
  expect(second?.slice(8)).toEqual([
    '8',
    expect.any(String),
    expect.any(String),
    expect.any(String),
    '2',
  ]);
});

test('a long table has the numbers of the wide one', async () => {
  for (const aggregate of [false, true]) {
    const [head = [], ...wide] = await tableAs({ aggregate });
    const [longHead = [], ...long] = await tableAs({ aggregate, shape: 'long' });
    const places = aggregate ? 3 : 4;
    expect(long).toHaveLength(2 * wide.length);
    for (const cells of long) {
      const name = cells[places] ?? '';
      const same = wide.find(
        (one) => one.slice(0, places).join() === cells.slice(0, places).join(),
      );
      longHead.slice(places + 2).forEach((column, i) => {
        const at = head.indexOf(aggregate ? `${name}_${column}` : name);
        expect(cells[places + 2 + i]).toBe(same?.[at]);
      });
    }
  }
});

test('a workbook that Excel could not hold is refused', () => {
  const seeds = Array.from({ length: 1_048_576 / 2 }, (_, i) => i);
  const xlsx: TableOptions = { shape: 'wide', format: 'xlsx', aggregate: false };
  const refusal =
    /^--format: got xlsx for 1048576 rows of 6 columns; allowed: csv, jsonl or parquet/;
  expect(() => checkFits({ ...SWEEP, seeds }, xlsx)).toThrow(refusal);
  expect(() => checkFits({ ...SWEEP, seeds: seeds.slice(0, 400_000) }, xlsx)).not.toThrow();
  expect(() => checkFits({ ...SWEEP, seeds }, { ...xlsx, format: 'parquet' })).not.toThrow();
  const named = { ...SWEEP, variants: ['constructor'] };
  expect(() => checkFits(named, xlsx)).toThrow(/xlsx for a table with the text "constructor"/);
  const lines = { ...SWEEP, variants: ['a\nb'] };
  expect(() => checkFits(lines, xlsx)).toThrow(/xlsx for a table with the text "a\\nb"/);
  const metrics = Array.from({ length: 16_384 }, (_, i) => metric(`m${i}`));
  expect(() => checkFits({ ...SWEEP, metrics }, xlsx)).toThrow(/6 rows of 16388 columns/);
});
