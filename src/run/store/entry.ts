import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { longHash } from '../../base/hash.js';
import type { MeasuredRun } from '../../measure/measure.js';

/** Where the runs of one program are kept. Plain data: it goes to the workers. */
export interface Shelf {
  readonly folder: string;
  /** Code, Node and machine: all that a run depends on besides its task. */
  readonly program: string;
}

/** The place of one run. Plain data. */
export interface Entry {
  readonly folder: string;
  /** A name of 64 hex digits, which no other run has. */
  readonly name: string;
  readonly program: string;
}

/** Begins the name of a file that is being written. */
export const UNFINISHED = '.new-';

/** An entry does not hold what was written into it. */
export class Damaged extends Error {}

/** @param key of the run, see `runKey` */
export function entryOf(key: string, { folder, program }: Shelf): Entry {
  return { folder, name: longHash(program, '\0', key), program };
}

/** The file of an entry. */
export function pathOf({ folder, name }: Entry): string {
  return join(folder, name);
}

/**
 * Reads a run, and notes that it was used. Its samples are taken apart when they are asked for.
 * @returns null if it is not there, or cannot be read
 * @throws Damaged
 */
export function readEntry(entry: Entry): MeasuredRun | null {
  const path = pathOf(entry);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return null;
  }
  const run = decode(entry.name, bytes);
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Somebody else's folder, or the entry has just been removed.
  }
  return run;
}

/**
 * Keeps a run: whole or not at all, whoever else writes it.
 * @returns bytes written
 * @throws an error of the system
 */
export function writeEntry(entry: Entry, run: MeasuredRun): number {
  const bytes = encode(entry.name, run);
  const file = join(entry.folder, `${UNFINISHED}${randomBytes(8).toString('hex')}`);
  mkdirSync(entry.folder, { recursive: true });
  try {
    writeFileSync(file, bytes, { flag: 'wx' });
    renameSync(file, pathOf(entry));
  } catch (error) {
    rmSync(file, { force: true });
    // Where an open file is not replaced, whoever was first has written the same.
    if (existsSync(pathOf(entry))) return 0;
    throw error;
  }
  return bytes.length;
}

const HASH_BYTES = 32;
const LENGTH_BYTES = 4;

/**
 * The SHA-256 of name and content, and then the content: how long its head is; the head, which is a
 * run without its samples; and the samples, compressed. Both are what V8 makes of them.
 */
function encode(name: string, { values, ...run }: MeasuredRun): Buffer {
  const head = serialize(run);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(head.length);
  const samples = deflateRawSync(serialize(values), { level: 1 });
  const content = Buffer.concat([length, head, samples]);
  return Buffer.concat([Buffer.from(longHash(name, content), 'hex'), content]);
}

/** The samples are most of it, and most commands look at none: they are read when they are. */
function decode(name: string, bytes: Buffer): MeasuredRun {
  const content = bytes.subarray(HASH_BYTES);
  if (bytes.toString('hex', 0, HASH_BYTES) !== longHash(name, content)) throw new Damaged();
  const end = LENGTH_BYTES + content.readUInt32LE();
  const run: Omit<MeasuredRun, 'values'> = deserialize(content.subarray(LENGTH_BYTES, end));
  let values: MeasuredRun['values'] | undefined;
  return {
    ...run,
    get values() {
      values ??= deserialize(inflateRawSync(content.subarray(end))) as MeasuredRun['values'];
      return values;
    },
  };
}
