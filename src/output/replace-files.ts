import { mkdir, mkdtemp, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { OutputError, outputErrorOf } from './output-error.js';

/** Hidden, and told from other programs' files. */
export const TEMPORARY_PREFIX = '.offloadcage-';

export interface NewFile {
  readonly name: string;
  readonly content: string;
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
 * @throws OutputError if they cannot be written
 */
export async function replaceFiles(contents: readonly FolderContent[]): Promise<void> {
  const replacements = contents.map((content) => new Replacement(content));
  try {
    for (const one of replacements) await explaining(one.folder, () => one.prepare());
    for (const one of replacements) await explaining(one.folder, () => one.place());
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
  await explaining(folder, async () => {
    const probe = await mkdtemp(join(await nearestFolder(folder), TEMPORARY_PREFIX));
    await rmdir(probe);
  });
}

class Replacement {
  readonly folder: string;
  /** The nearest folder above that was there before. */
  private above: string | null = null;
  private temporary: string | null = null;
  private readonly moves: { readonly from: string; readonly to: string }[] = [];

  constructor(private readonly content: FolderContent) {
    this.folder = content.folder;
  }

  async prepare(): Promise<void> {
    this.above = await nearestFolder(this.folder);
    await mkdir(resolve(this.folder), { recursive: true });
    // In the folder itself: it may be the only place on its disk, or the only one we may write.
    this.temporary = await mkdtemp(join(this.folder, TEMPORARY_PREFIX));
    await mkdir(join(this.temporary, 'former'));
    for (const { name, content } of this.content.files) {
      await writeFile(join(this.temporary, name), content);
    }
  }

  /** What is there goes in the reverse of the order in which the new files come. */
  async place(): Promise<void> {
    const { folder, temporary } = this;
    if (temporary === null) throw new Error('place() before prepare()');
    for (const name of (await this.replacedNames()).reverse()) {
      await this.move(join(folder, name), join(temporary, 'former', name));
    }
    for (const { name } of this.content.files) {
      await this.move(join(temporary, name), join(folder, name));
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

  private async move(from: string, to: string): Promise<void> {
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
      const error = Object.assign(new Error(name), { code: 'EISDIR' });
      throw outputErrorOf(error, join(this.folder, name));
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
