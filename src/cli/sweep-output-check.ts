import { statSync } from 'node:fs';
import { InputError } from '../experiments/input-error.js';
import type { TableOptions } from '../output/sweep/table-file.js';
import { differenceOf, type Header, readJournal } from '../sweep/journal.js';
import type { Sweep } from '../sweep/sweep.js';
import { resourceOf } from './sweep-package.js';

/**
 * Refuses to replace what is not of this sweep.
 * @returns whether the part is there already, finished
 * @throws InputError
 */
export async function checkPart(out: string, header: Header): Promise<boolean> {
  if (!isFile(out)) return false;
  const difference = differenceOf((await readJournal(out)).header, header);
  if (difference === null) return true;
  return refuse(out, `a part of ${difference.what} ${difference.was}`);
}

/** The same for a table, of which the data package beside it tells. */
export function checkTable(out: string, { hash }: Sweep, table: TableOptions): boolean {
  const described = resourceOf(out);
  if (!isFile(out)) return false;
  if (described === null) return refuse(out, 'a file that is no table of a sweep');
  const { sweep_hash: was, shape, format, aggregate } = described.offloadcage;
  if (was !== hash) return refuse(out, `the table of another sweep, ${was}`);
  return shape === table.shape && format === table.format && aggregate === table.aggregate;
}

function refuse(out: string, got: string): never {
  throw new InputError(`${out}: got ${got}; allowed: a new file, or --force to replace it`);
}

/** Devices and pipes are written to, not replaced. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
