import { InputError } from '../../base/input-error.js';
import type { Sweep, SweepRow } from '../../sweep/sweep.js';
import { rowCount, sweepRows } from './rows.js';
import { sweepColumns, type TableShape } from './sweep-columns.js';
import { csvPieces, jsonlPieces } from './sweep-text.js';

export type TableFormat = 'csv' | 'jsonl' | 'xlsx' | 'parquet';

/** Which table of a sweep, and as which kind of file. */
export interface TableOptions extends TableShape {
  readonly format: TableFormat;
}

export const MEDIA_TYPES: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv',
  jsonl: 'application/jsonl',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
};

/** A sheet of Excel has no more, its head among them. */
const XLSX_ROWS = 1_048_576;
const XLSX_COLUMNS = 16_384;
/** A workbook is put together in memory, at 260 bytes a cell. */
const XLSX_CELLS = 5_000_000;

/** Whether such a file is text that a terminal can show. */
export function isText(format: TableFormat): boolean {
  return format === 'csv' || format === 'jsonl';
}

/**
 * Refuses a table that its kind of file cannot hold.
 * @throws InputError
 */
export function checkFits(sweep: Sweep, options: TableOptions): void {
  if (options.format !== 'xlsx') return;
  const values = sweep.axes.flat().flatMap((parameter) => parameter.values);
  const impossible = [sweep.experiment, ...sweep.variants, ...values].find(isImpossible);
  if (impossible !== undefined) {
    const got = `xlsx for a table with the text ${JSON.stringify(impossible)}`;
    throw new InputError(`--format: got ${got}; allowed: csv, jsonl or parquet`);
  }
  const rows = rowCount(sweep, options);
  const columns = sweepColumns(sweep, options).length;
  if (rows < XLSX_ROWS && columns <= XLSX_COLUMNS && rows * columns <= XLSX_CELLS) return;
  throw new InputError(
    `--format: got xlsx for ${rows} rows of ${columns} columns; allowed: csv, jsonl or parquet, ` +
      `as a workbook takes ${XLSX_ROWS - 1} rows, ${XLSX_COLUMNS} columns and ${XLSX_CELLS} cells`,
  );
}

/** XML knows no control characters; the library takes names of objects for texts it has seen. */
function isImpossible(value: string | number | boolean): boolean {
  return /\p{Cc}/u.test(String(value)) || String(value) in Object.prototype;
}

/** A sweep's table, a piece at a time. `runs` are all of the sweep's, in grid order. */
export async function* sweepTable(
  sweep: Sweep,
  runs: AsyncIterable<SweepRow>,
  options: TableOptions,
): AsyncGenerator<string | Uint8Array> {
  const columns = sweepColumns(sweep, options);
  const rows = sweepRows(sweep, runs, options);
  const { experiment, version, hash, variants, seeds } = sweep;
  const about = {
    experiment,
    version: `offloadcage ${version}`,
    sweep_hash: hash,
    variants,
    seeds,
  };
  switch (options.format) {
    case 'csv':
      return yield* csvPieces(
        columns,
        rows,
        sweep.axes.flat().map(({ column }) => column),
      );
    case 'jsonl':
      return yield* jsonlPieces(rows);
    case 'parquet': {
      const { parquetPieces } = await import('./parquet.js');
      return yield* parquetPieces(columns, rows, about);
    }
    case 'xlsx': {
      const { xlsxFile } = await import('./xlsx.js');
      yield await xlsxFile(columns, rows, about);
    }
  }
}
