import { mkdtemp, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../../base/input-error.js';
import { outputErrorOf } from '../../output/folder/output-error.js';
import { TEMPORARY_PREFIX } from '../../output/folder/replace-files.js';
import { isStream } from '../../output/folder/write-pieces.js';
import { fileEnding } from '../output/file-ending.js';

/**
 * Refuses what is no file that a report can go to, before it takes its time.
 * @throws InputError or OutputError
 */
export async function checkReportFile(path: string): Promise<void> {
  if (path === '' || path === '-') {
    throw new InputError(`--out: got "${path}"; allowed: the path of a file`);
  }
  fileEnding(path, 'a report', ['.html', '.htm']);
  if (isStream(path)) return;
  try {
    await rmdir(await mkdtemp(join(dirname(path), TEMPORARY_PREFIX)));
  } catch (error) {
    throw outputErrorOf(error, path, 'a file in a folder that can be written (see --out)');
  }
}
