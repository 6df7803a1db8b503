import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Definition } from '../experiments/definition.js';
import { InputError } from '../experiments/input-error.js';
import { figureFile, TABLE_FILES } from '../output/columns.js';
import { DESCRIPTOR, readDescriptor } from '../output/descriptor.js';

/**
 * Where the files go without `--out`: `results/snort`; for a choice of variants a folder of their
 * own, `results/snort-offload`, so that a part never mixes with a whole.
 */
export function defaultFolder(name: string, chosen: readonly string[]): string {
  return join('results', [name, ...chosen].join('-'));
}

/**
 * Refuses a result folder with files in the place of this run's that are no results of this tool,
 * or with variants or figures that this run would leave as they are.
 * @param chosen ids of the variants to run; undefined or empty for all
 * @throws InputError
 */
export async function refuseMixing(
  folder: string,
  definition: Definition,
  chosen: readonly string[] = [],
): Promise<void> {
  const present = await filesIn(folder);
  const runs = (id: string) => chosen.length === 0 || chosen.includes(id);
  const variants = definition.variants.filter(({ id }) => runs(id));
  const figures = definition.figures.filter(({ lines }) => lines.some((l) => runs(l.variant)));
  const written = new Set([
    ...TABLE_FILES,
    ...variants.map(({ id }) => `${id}.csv`),
    ...figures.map(({ number }) => figureFile(number)),
    DESCRIPTOR,
  ]);
  const former = await readDescriptor(folder);
  const own = former === null ? [] : [...former.paths, DESCRIPTOR];
  refuseStrange(
    folder,
    present.filter((name) => written.has(name) && !own.includes(name)),
  );
  const left = present.filter((name) => /\.(csv|svg)$/.test(name) && !written.has(name));
  if (former === null || left.length === 0) return;
  throw new InputError(
    `${folder}: got a folder with ${left.join(', ')} of another run; ` +
      'allowed: a new or empty folder, or one that this run replaces as a whole (see --out)',
  );
}

/**
 * Refuses a folder that holds results itself: it cannot hold one folder an experiment, too.
 * @throws InputError
 */
export async function refuseResultFolder(folder: string): Promise<void> {
  const present = await filesIn(folder);
  if (!present.includes(DESCRIPTOR)) return;
  throw new InputError(
    `${folder}: got a folder with the results of one experiment; ` +
      'allowed: the folder above, or a new or empty one (see --out)',
  );
}

/**
 * Refuses a folder in which a file that is to be written is there and begins otherwise than this
 * tool's own. For files that no data package lists.
 * @param firstLines by name of the file; of a table the columns, of which later versions have more
 * @throws InputError
 */
export async function refuseOtherFiles(
  folder: string,
  firstLines: Readonly<Record<string, string>>,
): Promise<void> {
  const strange: string[] = [];
  for (const [name, ours] of Object.entries(firstLines)) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    const [theirs = ''] = text.split(/\r?\n/, 1);
    if (!theirs.startsWith(ours) && !ours.startsWith(theirs)) strange.push(name);
  }
  refuseStrange(folder, strange);
}

function refuseStrange(folder: string, names: readonly string[]): void {
  if (names.length === 0) return;
  throw new InputError(
    `${folder}: got a folder with ${names.join(', ')} that this tool has not written; ` +
      'allowed: a new or empty folder, or one with its results (see --out)',
  );
}

async function filesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
