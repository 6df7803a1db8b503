import type { Column } from '../columns.js';
import { type Row, toCsv } from '../csv.js';

const DECIMALS = 6;
/** Records are written so many at a time. */
const BATCH = 256;

/** A table as CSV, a piece at a time. */
export async function* csvPieces(
  columns: readonly Column[],
  rows: AsyncIterable<Row>,
): AsyncGenerator<string> {
  yield toCsv(columns, [], DECIMALS);
  for await (const batch of batches(rows)) yield toCsv(columns, batch, DECIMALS, false);
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
