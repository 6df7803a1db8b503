import type { Column } from '../csv/columns.js';
import { type Row, toCsv } from '../csv/csv.js';

const DECIMALS = 6;
/** Records are written so many at a time. */
const BATCH = 256;

/**
 * A table as CSV, a piece at a time.
 * @param exact columns whose numbers are written in full: the parameters
 */
export async function* csvPieces(
  columns: readonly Column[],
  rows: AsyncIterable<Row>,
  exact: readonly string[],
): AsyncGenerator<string> {
  yield toCsv(columns, [], DECIMALS);
  for await (const batch of batches(rows)) {
    yield toCsv(columns, batch, DECIMALS, { exact, header: false });
  }
}

/** A table as JSON objects, one a line; numbers in full. */
export async function* jsonlPieces(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  for await (const batch of batches(rows)) {
    yield batch.map((row) => `${JSON.stringify(row)}\n`).join('');
  }
}

async function* batches(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
