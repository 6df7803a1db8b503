import { mkdtemp, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../experiments/input-error.js';
import { outputErrorOf } from '../output/output-error.js';
import { TEMPORARY_PREFIX } from '../output/replace-files.js';
import { isStream } from '../output/write-pieces.js';
import { fileEnding } from './file-ending.js';

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
