import { createWriteStream } from 'node:fs';
import { mkdtemp, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { OutputError, outputErrorOf } from '../output-error.js';

/** Stands for stdout in place of a file's path. */
const STDOUT = '-';

const ALLOWED = 'a file in a folder that can be written, or - for stdout (see --out)';

/**
 * Writes text to a file as it comes and never holds more than a few pieces of it. Compressed if the
 * path ends in `.gz`; whole or not at all, unless it goes to stdout, a device or a pipe.
 * @returns bytes written, of a compressed file as it is; null for stdout
 * @throws OutputError if the file cannot be written, the signal's reason if it is aborted
 */
export async function writePieces(
  path: string,
  pieces: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<number | null> {
  try {
    if (path === STDOUT) {
      await pipeline(Readable.from(pieces), process.stdout, { signal, end: false });
      return null;
    }
    if (await isSpecial(path)) return await stream(path, path, pieces, signal);
    return await replace(await realpath(path).catch(() => path), pieces, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw path === STDOUT ? stdoutErrorOf(error) : outputErrorOf(error, path, ALLOWED);
  }
}

/** A reader such as `head` may have seen enough. */
function stdoutErrorOf(error: unknown): unknown {
  const closed = error instanceof Error && 'code' in error && error.code === 'EPIPE';
  if (!closed) return error;
  return new OutputError('stdout: its reader has closed it before the end', 1, { cause: error });
}

/** A device or a pipe is written to, never replaced. */
async function isSpecial(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found?.isDirectory() || basename(path) === '' || /[/\\]$/.test(path)) {
    throw new OutputError(`--out: got "${path}", no name of a file; allowed: ${ALLOWED}`, 2);
  }
  return found !== null && !found.isFile();
}

async function replace(
  path: string,
  pieces: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<number> {
  // Beside the file: it may be the only place on its disk, or the only one we may write.
  const temporary = await mkdtemp(join(dirname(path), '.offloadcage-'));
  try {
    const file = join(temporary, basename(path));
    const bytes = await stream(file, path, pieces, signal);
    signal.throwIfAborted();
    await rename(file, path);
    return bytes;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function stream(
  file: string,
  name: string,
  pieces: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<number> {
  const source = Readable.from(pieces);
  const target = createWriteStream(file);
  if (name.endsWith('.gz')) await pipeline(source, createGzip(), target, { signal });
  else await pipeline(source, target, { signal });
  return target.bytesWritten;
}
