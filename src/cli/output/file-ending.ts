import { basename } from 'node:path';
import { InputError } from '../../base/input-error.js';
import { STDOUT, statOf } from '../../output/folder/write-pieces.js';

/**
 * What a file's name ends in, in small letters: `.csv`, `.csv.gz`. Empty if it has no ending, which
 * is allowed, and for stdout, devices and pipes, whose names say nothing. A folder passes, too.
 * @param what is written, for the message: "a table"
 * @throws InputError for an ending of another kind of file
 */
export function fileEnding(path: string, what: string, allowed: readonly string[]): string {
  const found = path === STDOUT ? undefined : statOf(path);
  if (path === STDOUT || (found !== undefined && !found.isFile())) return '';
  // What a name begins with is no ending, be it a point.
  const [ending = ''] = /(?<=.)(\.[^.]*)(\.gz)?$/i.exec(basename(path)) ?? [];
  const known = ending.toLowerCase();
  if (known === '' || allowed.includes(known)) return known;
  const list = `the ending ${allowed.join(', ')} or none`;
  throw new InputError(
    `--out: got ${JSON.stringify(path)} for ${what}; allowed: a name with ${list}`,
  );
}
