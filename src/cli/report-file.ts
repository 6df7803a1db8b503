import { mkdtemp, readFile, realpath, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../experiments/input-error.js';
import { GENERATOR } from '../output/html/report.js';
import { outputErrorOf } from '../output/output-error.js';
import { TEMPORARY_PREFIX } from '../output/replace-files.js';
import { fileEnding } from './file-ending.js';
import { writeAnew } from './new-file.js';

/**
 * Refuses a file that is there and is no report of ours, and a place that cannot be written.
 * @throws InputError or OutputError
 */
export async function checkReportFile(path: string): Promise<void> {
  if (path === '' || path === '-' || /[/\\]$/.test(path)) {
    throw new InputError(`--out: got "${path}"; allowed: the path of a file`);
  }
  fileEnding(path, 'a report', ['.html', '.htm']);
  const found = await stat(path).catch(() => null);
  if (found !== null) {
    const text = found.isFile() ? await readFile(path, 'utf8').catch(() => '') : '';
    if (!text.includes(`<meta name="generator" content="${GENERATOR} `)) {
      throw new InputError(
        `--out: got ${path}, which is there and no report; ` +
          'allowed: a new file, or a report to replace',
      );
    }
  }
  try {
    await rmdir(await mkdtemp(join(dirname(path), TEMPORARY_PREFIX)));
  } catch (error) {
    throw outputErrorOf(error, path, 'a file in a folder that can be written (see --out)');
  }
}

/** Writes a report, whole or not at all. */
export async function writeReport(path: string, content: string): Promise<void> {
  // A link stays one.
  const file = await realpath(path).catch(() => path);
  await writeAnew(dirname(file), basename(file), content);
}
