import { mkdir, mkdtemp, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { OutputError, outputErrorOf } from './output-error.js';

/** Hidden, and told from other programs' files. */
export const TEMPORARY_PREFIX = '.offloadcage-';

export interface NewFile<Content extends string | Uint8Array = string | Uint8Array> {
  readonly name: string;
  readonly content: Content;
}

/** What a folder, which is made if need be, is to hold. */
export interface FolderContent {
  readonly folder: string;
  /** In the order in which they are put there. */
  readonly files: readonly NewFile[];
  /** Names of files that have to go. */
  readonly stale: readonly string[];
}

/**
 * Writes the files of several folders: all or none. They are written beside their places first and
 * put there when all are complete; an error leaves every folder as it was.
 * @param allowed what a message allows instead of a place that cannot be written
 * @throws OutputError if they cannot be written
 */
export async function replaceFiles(
  contents: readonly FolderContent[],
  allowed?: string,
): Promise<void> {
  const replacements = contents.map((content) => new Replacement(content));
  try {
    for (const one of replacements) await explaining(one, () => one.prepare(), allowed);
    for (const one of replacements) await explaining(one, () => one.place(), allowed);
  } catch (error) {
    for (const one of [...replacements].reverse()) await one.undo();
    throw error;
  }
  for (const one of replacements) await one.clear();
}

/**
 * Checks that a folder could be written. Tries it, as permissions alone do not tell, and leaves
 * nothing behind.
 * @throws OutputError if it cannot be written
 */
export async function checkWritable(folder: string): Promise<void> {
  await explaining({ folder, at: folder }, async () => {
    const probe = await mkdtemp(join(await nearestFolder(folder), TEMPORARY_PREFIX));
    await rmdir(probe);
  });
}

class Replacement {
  readonly folder: string;
  /** The file or folder that is being written. */
  at: string;
  /** The nearest folder above that was there before. */
  private above: string | null = null;
  private temporary: string | null = null;
  private readonly moves: { readonly from: string; readonly to: string }[] = [];

  constructor(private readonly content: FolderContent) {
    this.folder = content.folder;
    this.at = content.folder;
  }

  async prepare(): Promise<void> {
    this.above = await nearestFolder(this.folder);
    await mkdir(resolve(this.folder), { recursive: true });
    const [first] = this.content.files;
    if (first !== undefined) this.at = join(this.folder, first.name);
    // In the folder itself: it may be the only place on its disk, or the only one we may write.
    this.temporary = await mkdtemp(join(this.folder, TEMPORARY_PREFIX));
    await mkdir(join(this.temporary, 'former'));
    for (const { name, content } of this.content.files) {
      this.at = join(this.folder, name);
      await writeFile(join(this.temporary, name), content);
    }
  }

  /** What is there goes in the reverse of the order in which the new files come. */
  async place(): Promise<void> {
    const { folder, temporary } = this;
    if (temporary === null) throw new Error('place() before prepare()');
    for (const name of (await this.replacedNames()).reverse()) {
      await this.move(name, join(folder, name), join(temporary, 'former', name));
    }
    for (const { name } of this.content.files) {
      await this.move(name, join(temporary, name), join(folder, name));
    }
  }

  async undo(): Promise<void> {
    for (const { from, to } of this.moves.reverse()) await rename(to, from);
    await this.clear();
    if (this.above !== null) await removeEmptyFolders(resolve(this.folder), this.above);
  }

  async clear(): Promise<void> {
    if (this.temporary !== null) await rm(this.temporary, { recursive: true, force: true });
  }

  private async move(name: string, from: string, to: string): Promise<void> {
    this.at = join(this.folder, name);
    await rename(from, to);
    this.moves.push({ from, to });
  }

  /** Those of the stale and the new files that are there. A file cannot replace a folder. */
  private async replacedNames(): Promise<string[]> {
    const { files, stale } = this.content;
    const entries = await readdir(this.folder, { withFileTypes: true });
    const folders = new Set(entries.filter((one) => one.isDirectory()).map(({ name }) => name));
    const present = new Set(entries.map(({ name }) => name));
    for (const { name } of files) {
      if (!folders.has(name)) continue;
      this.at = join(this.folder, name);
      throw Object.assign(new Error(name), { code: 'EISDIR' });
    }
    const names = [...stale, ...files.map(({ name }) => name)];
    return names.filter((name) => present.has(name) && !folders.has(name));
  }
}

/** Takes back a folder and those above it, up to `end`, unless something is in them. */
async function removeEmptyFolders(folder: string, end: string): Promise<void> {
  for (let path = folder; path !== end; path = dirname(path)) {
    await rmdir(path).catch(() => {});
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

interface Writing {
  readonly folder: string;
  readonly at: string;
}

/** Runs `work`; errors of the file system become an `OutputError` about what was being written. */
async function explaining(
  writing: Writing,
  work: () => Promise<void>,
  allowed?: string,
): Promise<void> {
  if (writing.folder === '') {
    throw new OutputError('output folder: got an empty path; allowed: a folder (see --out)', 2);
  }
  try {
    await work();
  } catch (error) {
    throw outputErrorOf(error, writing.at, allowed);
  }
}
