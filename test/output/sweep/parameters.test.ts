/**
 * What a sweep sets reads back as the same double from every kind of file, by readers that others
 * wrote, and no two points have the same key.
 */
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import readXlsxFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { formatDuration } from '../../../src/base/duration.js';
import { chartAxis } from '../../../src/output/sweep/chart-axis.js';
import { sweepTable, type TableOptions } from '../../../src/output/sweep/table-file.js';
import type { AxisValue } from '../../../src/sweep/axis.js';
import type { Sweep } from '../../../src/sweep/sweep.js';
import { readCsv } from '../csv-reader.js';
import { parameter, rowsOf, sweepOf } from './fixture.js';

type Cell = unknown;

async function bytesOf(pieces: AsyncIterable<string | Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}

/** The columns of the parameters, in every kind of file; CSV has no types, so text stays text. */
const READERS: Record<TableOptions['format'], (file: Buffer, sweep: Sweep) => Promise<Cell[][]>> = {
  csv: async (file) => readCsv(file.toString()).slice(1),
  jsonl: async (file) =>
    file
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => Object.values(JSON.parse(line))),
  xlsx: async (file) => (await readXlsxFile(file))[0]?.data.slice(1) ?? [],
  parquet: async (file) => {
    const bytes = new Uint8Array(file).buffer;
    const buffer = {
      byteLength: bytes.byteLength,
      slice: async (from: number, to?: number) => bytes.slice(from, to),
    };
    return (await parquetReadObjects({ file: buffer })).map((row) => Object.values(row));
  },
};

async function keysIn(sweep: Sweep, options: TableOptions): Promise<Cell[][]> {
  const rows = rowsOf(sweep, () => 1);
  const file = await bytesOf(sweepTable(sweep, rows, options));
  const read = await READERS[options.format](file, sweep);
  return read.map((cells) => cells.slice(0, sweep.axes.flat().length));
}

const formats = ['csv', 'jsonl', 'xlsx', 'parquet'] as const;
const shapes = [
  { shape: 'wide', aggregate: false },
  { shape: 'wide', aggregate: true },
  { shape: 'long', aggregate: false },
  { shape: 'long', aggregate: true },
] as const;

const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
/** As long as seconds with nanoseconds fit into a double: 97 days. */
const duration = fc.oneof(
  fc.integer({ min: 0, max: 20_000 }),
  fc.integer({ min: 0, max: 2 ** 23 * 1e9 }),
);

test.each(formats)('%s: doubles and durations come back, and keys are distinct', async (format) => {
  const some = { minLength: 1, maxLength: 5 };
  const axes = [fc.uniqueArray(double, some), fc.uniqueArray(duration, some)] as const;
  await fc.assert(
    fc.asyncProperty(...axes, fc.constantFrom(...shapes), async (numbers, ns, shape) => {
      const durations = parameter('wait_s', ns.map(formatDuration), true);
      const sweep = sweepOf([[parameter('x', numbers)], [durations]]);
      const keys = await keysIn(sweep, { format, ...shape });
      const expected = numbers.flatMap((number) => ns.map((wait) => [number, wait / 1e9]));
      expect(keys.map((cells) => cells.map(Number))).toEqual(expected);
      expect(new Set(keys.map(String)).size).toBe(expected.length);
    }),
    { numRuns: 20 },
  );
});

test.each(formats)('%s: texts, truth values and mixtures come back as text', async (format) => {
  const values: AxisValue[][] = [
    ['o1', 'cfs'],
    [true, false],
    [1, 'auto'],
  ];
  for (const [one, other] of values) {
    const sweep = sweepOf([[parameter('x', [one ?? '', other ?? ''])]]);
    const keys = await keysIn(sweep, { format, shape: 'wide', aggregate: false });
    expect(keys).toEqual([[String(one)], [String(other)]]);
  }
});

test('labels of a chart tell the points apart', () => {
  const values = fc.uniqueArray(fc.double({ min: 1, max: 1.00001, noNaN: true }), { minLength: 2 });
  fc.assert(
    fc.property(values, (numbers) => {
      expect(new Set(chartAxis([parameter('x', numbers)]).labels).size).toBe(numbers.length);
      const ns = [...new Set(numbers.map((value) => Math.round(value * 1e12)))];
      const axis = chartAxis([parameter('x_s', ns.map(formatDuration), true)]);
      expect(new Set(axis.labels).size).toBe(ns.length);
    }),
  );
});
