import { basename } from 'node:path';
import { InputError } from '../../base/input-error.js';
import { isStream } from '../../output/folder/write-pieces.js';
import { isPackagePath } from '../../output/sweep/data-package.js';
import {
  checkFits,
  isText,
  type TableFormat,
  type TableOptions,
} from '../../output/sweep/table-file.js';
import type { Sweep } from '../../sweep/sweep.js';
import { fileEnding } from '../output/file-ending.js';

/** Workbooks and Parquet are compressed already, and nobody opens them within a .gz. */
const ENDINGS: Readonly<Record<string, TableFormat>> = {
  '.csv': 'csv',
  '.csv.gz': 'csv',
  '.jsonl': 'jsonl',
  '.jsonl.gz': 'jsonl',
  '.ndjson': 'jsonl',
  '.ndjson.gz': 'jsonl',
  '.xlsx': 'xlsx',
  '.parquet': 'parquet',
};

/** A part is neither a table nor a kind of file of others. */
const PART_ENDINGS = ['.part'];

/** A shape of the table, or a kind of file. */
export type FormatFlag = 'wide' | 'long' | TableFormat;

interface TableFlags {
  readonly out: string;
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
 * @param isPart the file is a part, of which `sweep merge` makes the table
 * @throws InputError if the two contradict, or there is no room for this sweep in such a file
 */
export function tableOf(
  { out, format, aggregate }: TableFlags,
  sweep: Sweep,
  isPart = false,
): TableOptions {
  const table = (kind: TableFormat | undefined): TableOptions => ({
    shape: format === 'long' ? 'long' : 'wide',
    format: fileFormat(format) ?? kind ?? 'csv',
    aggregate,
  });
  if (isPart) {
    fileEnding(out, 'a part of a sweep', PART_ENDINGS);
    return table(undefined);
  }
  const byEnding = ENDINGS[fileEnding(out, 'a table', Object.keys(ENDINGS))];
  if (!isStream(out) && !isPackagePath(basename(out))) {
    const allowed = 'a name without backslash that begins with neither . nor ~ nor file:';
    throw new InputError(
      `--out: got ${JSON.stringify(out)}, which no data package can list; allowed: ${allowed}`,
    );
  }
  const chosen = table(byEnding);
  if (byEnding !== undefined && byEnding !== chosen.format) {
    throw new InputError(`--format: got ${format} for ${out}; allowed: ${byEnding}, wide or long`);
  }
  if (out === '-' && !isText(chosen.format) && process.stdout.isTTY) {
    throw new InputError(`--out: got - for ${chosen.format}; allowed: a file, or a pipe`);
  }
  checkFits(sweep, chosen);
  return chosen;
}
