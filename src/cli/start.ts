import { lstatSync, readFileSync } from 'node:fs';
import { STARTER_COMMAND, type Start, type StarterFile, starterFiles } from '../files/starter.js';
import { replaceFiles } from '../output/folder/replace-files.js';
import { checkFile, refuseToReplace } from './output/replaceable.js';

/**
 * Writes a definition, its machine if that is wanted, and their schemas into the current folder:
 * all or none.
 * @returns their names, the definition's first
 * @throws InputError if one is there that is not as `init` wrote it, unless it may be replaced
 */
export async function start(
  id: string,
  { force, ...what }: Start & { readonly force: boolean },
): Promise<string[]> {
  const { definition, machine, schemas } = starterFiles(id, what);
  const own = machine === null ? [definition] : [definition, machine];
  if (!force) {
    // They have no record: they are made to be changed, and then they are the user's.
    for (const file of own) {
      if (!isOther(file)) continue;
      refuseToReplace(file.name, null, file === machine ? 'a machine' : 'a definition');
    }
    for (const schema of schemas) if (isOther(schema)) checkFile(schema.name, STARTER_COMMAND);
  }
  const files = [...schemas, ...own];
  await replaceFiles([{ folder: '.', files, stale: [] }], 'a folder that can be written');
  return [...own, ...schemas].map(({ name }) => name);
}

/** Whether something is there that is not this. */
function isOther({ name, content }: StarterFile): boolean {
  if (lstatSync(name, { throwIfNoEntry: false }) === undefined) return false;
  try {
    return readFileSync(name, 'utf8') !== content;
  } catch {
    return true;
  }
}
