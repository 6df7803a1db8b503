import {
  mkdir,
  mkdtemp,
  readdir,
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
 * their places first and put there when all are complete, the descriptor last: an error leaves the
 * folder as it was. Files that the folder's former descriptor of the same experiment lists and this
 * result no longer has are removed, so that what is there is of one run.
 * @returns paths of the files
 * @throws OutputError if they cannot be written
 */
export async function writeResults(result: ExperimentResult, folder: string): Promise<string[]> {
  const files = resultFiles(result);
  await explaining(folder, async () => {
    const present = await nearestFolder(folder);
    try {
      await mkdir(resolve(folder), { recursive: true });
      await placeFiles(files, await staleFiles(result, folder, files), folder);
    } catch (error) {
      await removeEmptyFolders(resolve(folder), present);
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
  const former = join(temporary, 'former');
  const moves: { readonly from: string; readonly to: string }[] = [];
  const move = async (from: string, to: string) => {
    await rename(from, to);
    moves.push({ from, to });
  };
  try {
    await mkdir(former);
    for (const { name, content } of files) await writeFile(join(temporary, name), content);
    // The descriptor goes first and comes last: it never vouches for a mixture of two runs.
    for (const name of (await replacedFiles(files, stale, folder)).reverse()) {
      await move(join(folder, name), join(former, name));
    }
    for (const { name } of files) await move(join(temporary, name), join(folder, name));
  } catch (error) {
    for (const { from, to } of moves.reverse()) await rename(to, from);
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  await rm(temporary, { recursive: true, force: true });
}

/** Those of the stale and the new files that the folder has. A file cannot replace a folder. */
async function replacedFiles(
  files: readonly ResultFile[],
  stale: readonly string[],
  folder: string,
): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = new Set(entries.filter((one) => one.isDirectory()).map(({ name }) => name));
  const present = new Set(entries.map(({ name }) => name));
  for (const { name } of files) {
    if (!folders.has(name)) continue;
    throw outputErrorOf(Object.assign(new Error(name), { code: 'EISDIR' }), join(folder, name));
  }
  const names = [...stale, ...files.map(({ name }) => name)];
  return names.filter((name) => present.has(name) && !folders.has(name));
}

/** Takes back a folder and those above it, up to `end`, unless something is in them. */
async function removeEmptyFolders(folder: string, end: string): Promise<void> {
  for (let path = folder; path !== end; path = dirname(path)) {
    await rmdir(path).catch(() => {});
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
