import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PICTURE_KINDS } from '../picture/picture-kinds.js';
import type { NewFile } from './replace-files.js';

/** Name of the data package in a folder. */
export const DESCRIPTOR = 'datapackage.json';

/** What is in a folder from before, by its record. */
export interface Former {
  /** The command line that wrote it; null if the record does not say. */
  readonly writtenBy: string | null;
  /** Names of the files that it vouches for, its own among them. */
  readonly paths: readonly string[];
}

/** The data package in a folder; null if there is none, or none of a result of this tool. */
export async function readDescriptor(folder: string): Promise<Former | null> {
  try {
    const text = await readFile(join(folder, DESCRIPTOR), 'utf8');
    const { offloadcage, resources } = JSON.parse(text);
    if (typeof offloadcage !== 'object' || offloadcage === null || !Array.isArray(resources))
      return null;
    const { written_by: writtenBy } = offloadcage;
    const paths = resources.map((resource: { path?: unknown } | null) => String(resource?.path));
    return {
      writtenBy: typeof writtenBy === 'string' ? writtenBy : null,
      paths: [...paths, DESCRIPTOR],
    };
  } catch {
    return null;
  }
}

const PLAIN_NAME = new RegExp(`^[\\w-]+\\.(csv|json|${PICTURE_KINDS.join('|')})$`);

/**
 * Names of the files in a folder that its data package lists and that are not to be written anew:
 * they have to go. Plain names only, so that nothing outside the folder is ever meant.
 */
export async function leftoversIn(folder: string, files: readonly NewFile[]): Promise<string[]> {
  const former = await readDescriptor(folder);
  const anew = new Set(files.map(({ name }) => name));
  const ours = (former?.paths ?? []).filter((path) => PLAIN_NAME.test(path));
  return ours.filter((path) => !anew.has(path));
}
