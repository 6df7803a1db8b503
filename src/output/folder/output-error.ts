/** A result folder that cannot be written. The message is one line and names the path. */
export class OutputError extends Error {
  /** What the process should exit with: 2 for a wrong folder, 1 if the machine fails. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutputError';
    this.exitCode = exitCode;
  }
}

const ALLOWED = 'a folder that can be written (see --out)';

/** Errors that mean a wrong folder. */
const WRONG_FOLDER: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'read-only file system',
  ENOTDIR: 'a part of the path is no folder',
  EEXIST: 'a part of the path is no folder',
  EISDIR: 'a folder is in the place of a file',
  ENOENT: 'no such place',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'too many symbolic links',
};

/** Errors of the machine while it writes. */
const FAILED: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than is allowed',
  EIO: 'the disk failed',
};

/** Says in a line why `path` could not be written; what nobody expected is passed on. */
export function outputErrorOf(error: unknown, path: string, allowed = ALLOWED): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const wrong = WRONG_FOLDER[code];
  if (wrong !== undefined) {
    return new OutputError(`${path}: cannot write: ${wrong}; allowed: ${allowed}`, 2, {
      cause: error,
    });
  }
  const failed = FAILED[code];
  if (failed !== undefined) {
    return new OutputError(`${path}: cannot write: ${failed}`, 1, { cause: error });
  }
  return error;
}
