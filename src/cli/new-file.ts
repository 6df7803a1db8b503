import { link, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OutputError, outputErrorOf } from '../output/output-error.js';
import { TEMPORARY_PREFIX } from '../output/replace-files.js';

/**
 * Writes a file into `folder` that must not be there yet: whole or not at all.
 * @throws OutputError if it is there, or cannot be written
 */
export async function writeNew(folder: string, name: string, content: string): Promise<void> {
  await write(folder, name, content, async (from, to) => {
    // Unlike a rename, a link never replaces anything.
    await link(from, to).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      throw new OutputError(`${to}: is there already; allowed: the name of a new file`, 2);
    });
  });
}

/** Writes a file into `folder`, or replaces it: whole or not at all. */
export async function writeAnew(folder: string, name: string, content: string): Promise<void> {
  await write(folder, name, content, rename);
}

async function write(
  folder: string,
  name: string,
  content: string,
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  try {
    const temporary = await mkdtemp(join(folder, TEMPORARY_PREFIX));
    try {
      await writeFile(join(temporary, name), content);
      await place(join(temporary, name), join(folder, name));
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  } catch (error) {
    throw outputErrorOf(error, folder);
  }
}
