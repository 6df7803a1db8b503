import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { OutputError, outputErrorOf } from '../folder/output-error.js';

const ALLOWED = 'a stdout that can be written';

/**
 * Prints text on stdout, all of it. A pipe or a terminal is left to Node, which waits for a slow
 * reader; one that has seen enough, such as `head`, is no error.
 * @throws OutputError if the disk of the file below stdout is full or fails
 */
export function print(text: string): void {
  if (process.stdout instanceof Socket) process.stdout.write(text);
  else writeFully(Buffer.from(text));
}

/** Stdout as the end of a pipeline; fails with an OutputError as `print` does. */
export function stdoutStream(): Writable {
  if (process.stdout instanceof Socket) return process.stdout;
  return new Writable({
    write: (bytes: Buffer, _encoding, done) => {
      try {
        writeFully(bytes);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

/** Why stdout takes no more before all is printed: a reader such as `head` may have seen enough. */
export function stdoutErrorOf(error: unknown): unknown {
  const closed = error instanceof Error && 'code' in error && error.code === 'EPIPE';
  if (!closed) return error;
  return new OutputError('stdout: its reader has closed it before the end', 1, { cause: error });
}

/** Node's own stream for files takes a write that did not fit for a whole one. */
function writeFully(bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(process.stdout.fd, bytes, at);
  } catch (error) {
    throw outputErrorOf(error, 'stdout', ALLOWED);
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
