import { PassThrough } from 'node:stream';
import { type BasicType, ByteWriter, parquetWriteRows } from 'hyparquet-writer';
import type { Column } from '../csv/columns.js';
import type { Row } from '../csv/csv.js';

/** So many rows are held in memory. */
const ROWS_A_GROUP = 10_000;

const TYPES = {
  number: 'DOUBLE',
  integer: 'INT32',
  string: 'STRING',
} as const satisfies Record<Column['type'], BasicType>;

/**
 * A table as Parquet, a piece at a time. Any cell but of text may be null.
 * @param about goes into the file's metadata
 */
export function parquetPieces(
  columns: readonly Column[],
  rows: AsyncIterable<Row>,
  about: Readonly<Record<string, unknown>>,
): AsyncIterable<Uint8Array> {
  const pieces = new PassThrough();
  const metadata = { ...about, columns };
  Promise.resolve(
    parquetWriteRows({
      writer: new PieceWriter(pieces),
      rows,
      columns: columns.map(({ name, type }) => ({
        name,
        type: TYPES[type],
        nullable: type !== 'string',
      })),
      rowGroupSize: ROWS_A_GROUP,
      kvMetadata: Object.entries(metadata).map(([key, value]) => ({
        key,
        value: typeof value === 'string' ? value : JSON.stringify(value),
      })),
      createdBy: 'offloadcage',
    }),
  ).catch((error: Error) => pieces.destroy(error));
  return pieces;
}

/** Hands on what is written whenever the library has finished a group of rows. */
class PieceWriter extends ByteWriter {
  private readonly pieces: PassThrough;

  constructor(pieces: PassThrough) {
    super();
    this.pieces = pieces;
  }

  async flush(): Promise<void> {
    const piece = this.getBytes().slice();
    this.index = 0;
    // Called back when there is room for more; with an error if nobody reads on.
    await new Promise<void>((go, stop) => {
      this.pieces.write(piece, (error) => (error ? stop(error) : go()));
    });
  }

  override finish(): void {
    this.pieces.end(this.getBytes().slice());
  }
}
