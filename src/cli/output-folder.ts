import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Definition } from '../experiments/definition.js';
import { InputError } from '../experiments/input-error.js';
import { TABLE_FILES } from '../output/columns.js';

/**
 * Where the files go without `--out`: `results/snort`; for a choice of variants a folder of their
 * own, `results/snort-offload`, so that a part never mixes with a whole.
 */
export function defaultFolder(name: string, chosen: readonly string[]): string {
  return join('results', [name, ...chosen].join('-'));
}

/**
 * Refuses a result folder with variants or figures that this run would leave as they are.
 * @param chosen ids of the variants to run; undefined or empty for all
 */
export async function refuseMixing(
  folder: string,
  definition: Definition,
  chosen: readonly string[] = [],
): Promise<void> {
  const present = await readdir(folder).catch((): string[] => []);
  if (!present.includes('datapackage.json')) return;
  const runs = (id: string) => chosen.length === 0 || chosen.includes(id);
  const variants = definition.variants.filter(({ id }) => runs(id));
  const figures = definition.figures.filter(({ lines }) => lines.some((l) => runs(l.variant)));
  const written = new Set([
    ...TABLE_FILES,
    ...variants.map(({ id }) => `${id}.csv`),
    ...figures.map(({ number }) => `figure-${number}.svg`),
  ]);
  const left = present.filter((name) => /\.(csv|svg)$/.test(name) && !written.has(name));
  if (left.length === 0) return;
  throw new InputError(
    `${folder}: got a folder with ${left.join(', ')} of another run; ` +
      'allowed: a new or empty folder, or one that this run replaces as a whole (see --out)',
  );
}

/** Refuses a folder that holds results itself: it cannot hold one folder an experiment, too. */
export async function refuseResultFolder(folder: string): Promise<void> {
  const present = await readdir(folder).catch((): string[] => []);
  if (!present.includes('datapackage.json')) return;
  throw new InputError(
    `${folder}: got a folder with the results of one experiment; ` +
      'allowed: the folder above, or a new or empty one (see --out)',
  );
}
