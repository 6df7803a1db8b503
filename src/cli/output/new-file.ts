import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outputErrorOf } from '../../output/folder/output-error.js';
import { TEMPORARY_PREFIX } from '../../output/folder/replace-files.js';

/** Writes a file into `folder`, or replaces it: whole or not at all. */
export async function writeAnew(folder: string, name: string, content: string): Promise<void> {
  try {
    const temporary = await mkdtemp(join(folder, TEMPORARY_PREFIX));
    try {
      await writeFile(join(temporary, name), content);
      await rename(join(temporary, name), join(folder, name));
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  } catch (error) {
    throw outputErrorOf(error, join(folder, name));
  }
}
