import {
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ExperimentResult } from '../experiments/result.js';
import { TABLE_FILES } from './columns.js';
import { breakdownCsv, claimsCsv, countersCsv, samplesCsv, summaryCsv } from './csv.js';
import { datapackageJson } from './datapackage.js';
import { figureData } from './figure-data.js';
import { OutputError, outputErrorOf } from './output-error.js';
import { figureSvg } from './svg.js';

/** Hidden, and told from other programs' files. */
const TEMPORARY_PREFIX = '.offloadcage-';
const DESCRIPTOR = 'datapackage.json';

interface ResultFile {
  readonly name: string;
  readonly content: string;
}

/**
 * Checks that a result folder could be written, before the simulation starts. Tries it, as
 * permissions alone do not tell, and leaves nothing behind.
 * @throws OutputError if it cannot be written
 */
export async function checkWritable(folder: string): Promise<void> {
  await explaining(folder, async () => {
    const probe = await mkdtemp(join(await nearestFolder(folder), TEMPORARY_PREFIX));
    await rmdir(probe);
  });
}

/**
 * Writes all files of a result into `folder`, which is made if need be. They are written beside
 * their places first and renamed when all are complete, the descriptor last: an error while writing
 * leaves the folder as it was. Files that the folder's former descriptor of the same experiment
 * lists and this result no longer has are removed, so that what is there is of one run.
 * @returns paths of the files
 * @throws OutputError if they cannot be written
 */
export async function writeResults(result: ExperimentResult, folder: string): Promise<string[]> {
  const files = resultFiles(result);
  await explaining(folder, async () => {
    const made = await mkdir(resolve(folder), { recursive: true });
    try {
      await placeFiles(files, await staleFiles(result, folder, files), folder);
    } catch (error) {
      if (made !== undefined) await removeMade(folder, made, files);
      throw error;
    }
  });
  return files.map(({ name }) => join(folder, name));
}

/** The descriptor comes last: it vouches for the others. */
function resultFiles(result: ExperimentResult): ResultFile[] {
  const files = [
    ...result.variants.map((variant) => ({
      name: `${variant.id}.csv`,
      content: samplesCsv(variant),
    })),
    { name: 'summary.csv', content: summaryCsv(result) },
    { name: 'claims.csv', content: claimsCsv(result) },
    { name: 'breakdown.csv', content: breakdownCsv(result) },
    { name: 'counters.csv', content: countersCsv(result) },
    ...result.figures.map((figure) => ({
      name: `figure-${figure.number}.svg`,
      content: figureSvg(figureData(result, figure)),
    })),
    { name: DESCRIPTOR, content: datapackageJson(result) },
  ];
  const twice = files.find(({ name }, i) => files.findIndex((one) => one.name === name) !== i);
  if (twice !== undefined) {
    throw new OutputError(
      `${twice.name}: two results want this file; allowed: distinct names for variants and ` +
        `for figures, other than those of ${TABLE_FILES.join(', ')}`,
      2,
    );
  }
  return files;
}

async function placeFiles(
  files: readonly ResultFile[],
  stale: readonly string[],
  folder: string,
): Promise<void> {
  // In the folder itself: it may be the only place on its disk, or the only one we may write.
  const temporary = await mkdtemp(join(folder, TEMPORARY_PREFIX));
  try {
    for (const { name, content } of files) await writeFile(join(temporary, name), content);
    await refuseFoldersInPlace(files, folder);
    for (const { name } of files) await rename(join(temporary, name), join(folder, name));
    for (const name of stale) await rm(join(folder, name), { force: true });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Takes back a folder and those above it that were made for it, unless others use them by now. */
async function removeMade(
  folder: string,
  made: string,
  files: readonly ResultFile[],
): Promise<void> {
  for (const { name } of files) await rm(join(folder, name), { force: true }).catch(() => {});
  const above = dirname(made);
  for (let path = resolve(folder); path !== above; path = dirname(path)) {
    const removed = await rmdir(path).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}

/** A file cannot replace a folder: better said before the first has been renamed. */
async function refuseFoldersInPlace(files: readonly ResultFile[], folder: string): Promise<void> {
  for (const { name } of files) {
    const there = await lstat(join(folder, name)).catch(() => null);
    if (there?.isDirectory()) {
      throw outputErrorOf(Object.assign(new Error(name), { code: 'EISDIR' }), join(folder, name));
    }
  }
}

/** Plain names only: a descriptor never makes us remove anything outside its folder. */
async function staleFiles(
  { id }: ExperimentResult,
  folder: string,
  files: readonly ResultFile[],
): Promise<string[]> {
  const former = await readFile(join(folder, DESCRIPTOR), 'utf8').then(parseDescriptor, () => null);
  if (former?.name !== id) return [];
  const present = new Set(files.map(({ name }) => name));
  return former.paths.filter((path) => /^[\w-]+\.(csv|svg)$/.test(path) && !present.has(path));
}

/** Name and paths of a descriptor that this tool has written; null for any other text. */
function parseDescriptor(text: string): { name: unknown; paths: string[] } | null {
  try {
    const { name, offloadcage, resources } = JSON.parse(text);
    if (typeof offloadcage !== 'object' || !Array.isArray(resources)) return null;
    const paths = resources.map((resource: { path?: unknown } | null) => String(resource?.path));
    return { name, paths };
  } catch {
    return null;
  }
}

/** The folder itself, or the nearest one above it that exists. */
async function nearestFolder(folder: string): Promise<string> {
  let path = resolve(folder);
  for (;;) {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (found?.isDirectory()) return path;
    if (found !== null || dirname(path) === path) {
      throw Object.assign(new Error(`${path} is no folder`), { code: 'ENOTDIR' });
    }
    path = dirname(path);
  }
}

/** Runs `work`; errors of the file system become an `OutputError` about `folder`. */
async function explaining(folder: string, work: () => Promise<void>): Promise<void> {
  if (folder === '') {
    throw new OutputError('output folder: got an empty path; allowed: a folder (see --out)', 2);
  }
  try {
    await work();
  } catch (error) {
    throw outputErrorOf(error, folder);
  }
}
