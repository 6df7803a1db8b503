import { lstatSync, readFileSync } from 'node:fs';
import { STARTER_COMMAND, starterFiles } from '../files/starter.js';
import { replaceFiles } from '../output/folder/replace-files.js';
import { checkFile, refuseToReplace } from './output/replaceable.js';

/**
 * Writes a definition and its schema into the current folder: both or none.
 * @returns their names
 * @throws InputError if one is there that is not as `init` wrote it, unless it may be replaced
 */
export async function start(id: string, force: boolean): Promise<string[]> {
  const { definition, schema } = starterFiles(id);
  if (!force) {
    // It has no record: it is made to be changed, and then it is the user's.
    if (isOther(definition.name, definition.content)) {
      refuseToReplace(definition.name, null, 'a definition');
    }
    if (isOther(schema.name, schema.content)) checkFile(schema.name, STARTER_COMMAND);
  }
  const files = [schema, definition];
  await replaceFiles([{ folder: '.', files, stale: [] }], 'a folder that can be written');
  return [definition.name, schema.name];
}

/** Whether something is there that is not this. */
function isOther(path: string, content: string): boolean {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return false;
  try {
    return readFileSync(path, 'utf8') !== content;
  } catch {
    return true;
  }
}
