import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../base/input-error.js';
import type { Definition } from '../../definition/definition.js';
import { CRATE_FILE } from '../../output/crate/ro-crate.js';
import { figureFile, TABLE_FILES } from '../../output/csv/columns.js';
import { DESCRIPTOR, readDescriptor } from '../../output/folder/descriptor.js';
import { recordIn } from '../../output/folder/record.js';
import { COLLECTION_FILES, VERDICTS_FILE } from '../../output/folder/results-folder.js';
import type { PictureKind } from '../../output/picture/picture-kinds.js';
import { checkFolder } from './replaceable.js';

/** Most letters of what was set in the name of a folder: systems allow 255 in all. */
const MOST_LETTERS = 150;

/**
 * Where the files go without `--out`: `results/snort`; for a choice of variants a folder of their
 * own, `results/snort-offload`, so that a part never mixes with a whole; and for other values, too,
 * `results/snort-cages.cage.cap=40`.
 * @param set `path=value` each
 */
export function defaultFolder(
  name: string,
  chosen: readonly string[],
  set: readonly string[] = [],
): string {
  const words = set
    .join('-')
    .replaceAll(/[^\w.=-]/g, '_')
    .slice(0, MOST_LETTERS);
  return join('results', [name, ...(words === '' ? [] : [words]), ...chosen].join('-'));
}

/** What files a folder of results has by choice. */
export interface FolderKinds {
  /** Kinds of file of each figure. */
  readonly pictures: readonly PictureKind[];
  readonly hasCrate: boolean;
}

/**
 * Refuses a folder in which a run would replace what the same source has not written.
 * @param chosen ids of the variants to run; empty for all
 * @param kinds what files there are besides those that every folder has
 * @param writtenBy the command line that the folder will record
 * @throws InputError
 */
export async function checkResultFolder(
  folder: string,
  definition: Definition,
  chosen: readonly string[],
  { pictures, hasCrate }: FolderKinds,
  writtenBy: string,
): Promise<void> {
  const runs = (id: string) => chosen.length === 0 || chosen.includes(id);
  const variants = definition.variants.filter(({ id }) => runs(id));
  const figures = definition.figures.filter(({ lines }) => lines.some((l) => runs(l.variant)));
  const names = [
    ...TABLE_FILES,
    ...variants.map(({ id }) => `${id}.csv`),
    ...figures.flatMap(({ number }) => pictures.map((kind) => figureFile(number, kind))),
    ...(hasCrate ? [CRATE_FILE] : []),
    DESCRIPTOR,
  ];
  checkFolder(folder, names, writtenBy, await readDescriptor(folder));
}

/**
 * Refuses a folder that cannot hold one folder for each experiment and all claims: one that holds
 * results itself, or claims of others.
 * @param writtenBy the command line that the verdicts will record
 * @throws InputError
 */
export async function checkCollectionFolder(folder: string, writtenBy: string): Promise<void> {
  if ((await readDescriptor(folder)) !== null) {
    throw new InputError(
      `${folder}: got a folder with the results of one experiment; ` +
        'allowed: the folder above, a new or empty one (see --out), or --force to replace it',
    );
  }
  const verdicts = join(folder, VERDICTS_FILE);
  const former = existsSync(verdicts)
    ? { writtenBy: recordIn(verdicts), paths: COLLECTION_FILES }
    : null;
  checkFolder(folder, COLLECTION_FILES, writtenBy, former);
}
