import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Name of the data package in a result folder. */
export const DESCRIPTOR = 'datapackage.json';

/** What the data package of a result folder says. */
export interface Descriptor {
  /** Id of the experiment. */
  readonly name: unknown;
  /** Of the files that it lists. */
  readonly paths: readonly string[];
}

/** The data package in a folder; null if there is none, or none of a result of this tool. */
export async function readDescriptor(folder: string): Promise<Descriptor | null> {
  try {
    const text = await readFile(join(folder, DESCRIPTOR), 'utf8');
    const { name, offloadcage, resources } = JSON.parse(text);
    if (typeof offloadcage !== 'object' || offloadcage === null || !Array.isArray(resources))
      return null;
    const paths = resources.map((resource: { path?: unknown } | null) => String(resource?.path));
    return { name, paths };
  } catch {
    return null;
  }
}
