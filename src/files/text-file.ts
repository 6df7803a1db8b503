import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../base/input-error.js';
import type { NamedText } from '../base/yaml-file.js';
import { isFilePath } from './shipped.js';

/** Most bytes of a file: 60 times the longest shipped one, and still parsed in no time. */
export const MAX_FILE_BYTES = 250_000;

/** How the command line and messages call the standard input. */
const STDIN_ARGUMENT = '-';
const STDIN_NAME = '<stdin>';
const STDIN_PATHS = [STDIN_ARGUMENT, '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'];
const STDIN_FD = 0;

/** The same as `isFilePath` for a name of the command line, where `-` is the standard input. */
export function isFileArgument(name: string): boolean {
  return name === STDIN_ARGUMENT || isFilePath(name);
}

/** Whether a file can be read again: it is there, and no pipe or device. */
export function isRereadable(path: string): boolean {
  if (STDIN_PATHS.includes(path)) return false;
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

let stdinWasRead = false;

/**
 * Reads a file, a pipe or the standard input, from its beginning to its end and once.
 * @param path as the user gave it; `-` is the standard input
 * @param name how messages call it
 * @param mostBytes how large it may be
 * @throws InputError if it cannot be read, is too large, or is not UTF-8 text
 */
export function readTextFile(
  path: string,
  name = path,
  mostBytes: number = MAX_FILE_BYTES,
): NamedText {
  const isStdin = STDIN_PATHS.includes(path);
  const called = isStdin ? STDIN_NAME : name;
  if (isStdin && stdinWasRead) {
    throw new InputError(
      `${called}: got it a second time; allowed: once, as it cannot be read again`,
    );
  }
  stdinWasRead ||= isStdin;
  try {
    const file = isStdin ? STDIN_FD : openSync(path, 'r');
    try {
      const isFile = fstatSync(file).isFile() && !isStdin;
      const text = decoded(called, readBounded(called, file, mostBytes));
      return { name: called, folder: isFile ? dirname(path) : '.', text };
    } finally {
      if (!isStdin) closeSync(file);
    }
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`${called}: ${readProblem(cause)}; allowed: a readable YAML file`);
  }
}

function readBounded(name: string, file: number, mostBytes: number): Buffer {
  const buffer = Buffer.alloc(mostBytes + 1);
  let size = 0;
  for (;;) {
    const read = readSome(file, buffer, size);
    size += read;
    if (size > mostBytes) {
      const most = `${mostBytes / 1e3} kB`;
      const allowed = `a YAML file of at most ${most}`;
      throw new InputError(`${name}: got more than ${most}; allowed: ${allowed}`);
    }
    if (read === 0) return buffer.subarray(0, size);
  }
}

/** How long to wait for more of a terminal or pipe that someone set not to block. */
const RETRY_MS = 10;

function readSome(file: number, buffer: Buffer, at: number): number {
  for (;;) {
    try {
      return readSync(file, buffer, at, buffer.length - at, null);
    } catch (cause) {
      const code = codeOf(cause);
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw cause;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}

function decoded(name: string, bytes: Buffer): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new InputError(`${name}: got UTF-16 text; allowed: a YAML file in UTF-8`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${name}: not UTF-8 text; allowed: a YAML file`);
  }
  if (text.includes('\0')) throw new InputError(`${name}: not text; allowed: a YAML file`);
  if (/\r(?!\n)/.test(text)) {
    throw new InputError(`${name}: got lines that end in CR; allowed: LF, or CR and LF`);
  }
  return text;
}

const READ_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'is a directory',
  EACCES: 'no permission to read it',
  ENAMETOOLONG: 'the name is too long',
  ENXIO: 'is a socket or a device that is not there',
  ELOOP: 'is a link that leads to itself',
  EBADF: 'is closed',
};

function readProblem(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return READ_PROBLEMS[codeOf(cause)] ?? message.split('\n', 1)[0] ?? '';
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}
