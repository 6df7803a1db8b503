import { extname } from 'node:path';
import { InputError } from '../experiments/input-error.js';
import {
  checkFits,
  isText,
  type TableFormat,
  type TableOptions,
} from '../output/sweep/table-file.js';
import type { Sweep } from '../sweep/sweep.js';

const ENDINGS: Readonly<Record<string, TableFormat>> = {
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.xlsx': 'xlsx',
  '.parquet': 'parquet',
};

type FormatFlag = 'wide' | 'long' | TableFormat;

interface TableFlags {
  readonly out?: string | undefined;
  readonly format: FormatFlag;
  readonly aggregate: boolean;
}

/** Where a table goes by default. */
export function defaultOutput(id: string, format: FormatFlag): string {
  return `results/sweeps/${id}/${id}.${fileFormat(format) ?? 'csv'}`;
}

/** The kind of file that the flag says; undefined if it says the table's shape only. */
function fileFormat(format: FormatFlag): TableFormat | undefined {
  return format === 'wide' || format === 'long' ? undefined : format;
}

/**
 * The table that the flags ask for; the kind of file by the ending of its name unless it is said.
 * @throws InputError if the two contradict, or there is no room for this sweep in such a file
 */
export function tableOf({ out = '', format, aggregate }: TableFlags, sweep: Sweep): TableOptions {
  const byEnding = ENDINGS[extname(out.replace(/\.gz$/, '')).toLowerCase()];
  const table: TableOptions = {
    shape: format === 'long' ? 'long' : 'wide',
    format: fileFormat(format) ?? byEnding ?? 'csv',
    aggregate,
  };
  if (byEnding !== undefined && byEnding !== table.format) {
    throw new InputError(
      `--format: got ${format} for ${out}; allowed: ${byEnding}, or a name that ends otherwise`,
    );
  }
  if (out === '-' && !isText(table.format) && process.stdout.isTTY) {
    throw new InputError(`--out: got - for ${table.format}; allowed: a file, or a pipe`);
  }
  checkFits(sweep, table);
  return table;
}
