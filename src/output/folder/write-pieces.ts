import { createWriteStream, existsSync, type Stats, statSync } from 'node:fs';
import { mkdtemp, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { stdoutErrorOf, stdoutStream } from '../terminal/stdout.js';
import { OutputError, outputErrorOf } from './output-error.js';
import { TEMPORARY_PREFIX } from './replace-files.js';

/** Stands for stdout in place of a file's path. */
export const STDOUT = '-';

const ALLOWED = 'a file in a folder that can be written, or - for stdout (see --out)';

/** Text, or bytes. */
export type Piece = string | Uint8Array;

/**
 * Writes to a file as it comes and never holds more than a few pieces of it. Compressed if the path
 * ends in `.gz`; whole or not at all, unless it goes to stdout, a device or a pipe.
 * @returns bytes written, of a compressed file as it is; null for stdout
 * @throws OutputError if the file cannot be written, the signal's reason if it is aborted
 */
export async function writePieces(
  path: string,
  pieces: AsyncIterable<Piece> | readonly Piece[],
  signal?: AbortSignal,
): Promise<number | null> {
  try {
    const source = Readable.from(pieces);
    if (path === STDOUT) {
      await pipeline(source, stdoutStream(), { end: false, ...conductOf(signal) });
      return null;
    }
    if (isStream(path)) return await stream(path, path, source, signal);
    return await replace(await realpath(path).catch(() => path), source, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw path === STDOUT ? stdoutErrorOf(error) : outputErrorOf(error, path, ALLOWED);
  }
}

/**
 * Whether a path is written to as the pieces come, and never replaced: stdout, a device, a pipe.
 * @throws OutputError if it is no name of a file, or of none that can be
 */
export function isStream(path: string): boolean {
  if (path === STDOUT) return true;
  const found = statOf(path);
  if (found?.isDirectory() || basename(path) === '' || /[/\\]$/.test(path)) {
    throw new OutputError(`--out: got "${path}", no name of a file; allowed: ${ALLOWED}`, 2);
  }
  return found !== undefined && !found.isFile();
}

/**
 * What is at a path; undefined if nothing is.
 * @throws OutputError if nothing can be, e.g. as the name is too long
 */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw outputErrorOf(error, path, ALLOWED);
  }
}

async function replace(path: string, source: Readable, signal?: AbortSignal): Promise<number> {
  // Beside the file: it may be the only place on its disk, or the only one we may write.
  const temporary = await mkdtemp(join(dirname(path), TEMPORARY_PREFIX));
  try {
    const file = join(temporary, basename(path));
    const bytes = await stream(file, path, source, signal);
    signal?.throwIfAborted();
    await rename(file, path);
    return bytes;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Removes what processes that were killed left of writing to a file; nobody else may write it. */
export async function removeUnfinished(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(TEMPORARY_PREFIX)) continue;
    const temporary = join(folder, name);
    if (!existsSync(join(temporary, basename(path)))) continue;
    await rm(temporary, { recursive: true, force: true });
  }
}

async function stream(
  file: string,
  name: string,
  source: Readable,
  signal?: AbortSignal,
): Promise<number> {
  const target = createWriteStream(file);
  const conduct = conductOf(signal);
  if (/\.gz$/i.test(name)) await pipeline(source, createGzip(), target, conduct);
  else await pipeline(source, target, conduct);
  return target.bytesWritten;
}

function conductOf(signal?: AbortSignal) {
  return signal === undefined ? {} : { signal };
}
