import { statSync } from 'node:fs';
import { InputError } from '../experiments/input-error.js';
import type { TableOptions } from '../output/sweep/table.js';
import { differenceOf, readJournal, type Shard } from '../sweep/journal.js';
import type { Sweep } from '../sweep/sweep.js';
import { resourceOf } from './sweep-package.js';

/**
 * Refuses to replace what is not of this sweep.
 * @returns whether the part is there already, finished
 * @throws InputError
 */
export async function checkPart(out: string, sweep: Sweep, shard: Shard): Promise<boolean> {
  if (!isFile(out)) return false;
  const difference = differenceOf((await readJournal(out)).header, { sweep, shard });
  if (difference === null) return true;
  return refuse(out, `a part of ${difference.what} ${difference.was}`);
}

/** The same for a table, of which the data package beside it tells. */
export function checkTable(out: string, { hash }: Sweep, table: TableOptions): boolean {
  const described = resourceOf(out);
  if (!isFile(out)) return false;
  if (described === null) return refuse(out, 'a file that is no table of a sweep');
  const { sweep_hash: was, format, aggregate } = described.offloadcage;
  if (was !== hash) return refuse(out, `the table of another sweep, ${was}`);
  return format === table.format && aggregate === table.aggregate;
}

function refuse(out: string, got: string): never {
  throw new InputError(`${out}: got ${got}; allowed: a new file, or --force to replace it`);
}

/**
 * Whether an output is written to as the table comes: stdout, a device or a pipe.
 * @throws InputError if it is no name of a file
 */
export function isStream(out: string): boolean {
  if (out === '-') return true;
  const found = statSync(out, { throwIfNoEntry: false });
  if (found?.isDirectory() || /[/\\]$/.test(out)) {
    throw new InputError(
      `--out: got "${out}", no name of a file; allowed: a file, or - for stdout`,
    );
  }
  return found !== undefined && !found.isFile();
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
