import { closeSync, createReadStream, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { InputError } from '../base/input-error.js';
import { programHash } from '../run/program-hash.js';
import { RunSet } from './run-set.js';
import { runCount, type Sweep, type SweepRow } from './sweep.js';

/** A part of a sweep: every `of`-th run, from the `part`-th on; 1 of 1 is all of it. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** A sweep, and the command line that its output records: the one that may replace it. */
export interface RecordedSweep {
  readonly sweep: Sweep;
  readonly written_by: string;
}

/** Which runs of which sweep, and what does them: the first line of a journal or a part. */
export interface Header extends RecordedSweep {
  readonly offloadcage_sweep: 1;
  /** Hash of the compiled program. */
  readonly program: string;
  readonly shard: Shard;
}

/** The header of what this program writes. */
export function headerOf({ sweep, written_by }: RecordedSweep, shard: Shard): Header {
  return { offloadcage_sweep: 1, program: programHash(), written_by, shard, sweep };
}

/**
 * The runs that are done, a line of JSON each after a line that says of what. A line counts once
 * its end is there, so one that a crash cut off is as if it had never been begun.
 */
export class Journal {
  readonly done: RunSet;
  private readonly file: number;

  private constructor(file: number, done: RunSet) {
    this.file = file;
    this.done = done;
  }

  /** @throws an error of the system if the file is there already */
  static create(path: string, header: Header): Journal {
    const file = openSync(path, 'wx');
    const journal = new Journal(file, new RunSet(header.shard));
    journal.write(header);
    return journal;
  }

  /**
   * Goes on with a journal, after taking off what a crash left behind its last whole line.
   * @throws InputError if it is another sweep's
   */
  static async resume(path: string, header: Header): Promise<Journal> {
    const file = openSync(path, 'r+');
    try {
      const end = endOfLastLine(file);
      ftruncateSync(file, end);
      if (end === 0) {
        const empty = new Journal(file, new RunSet(header.shard));
        empty.write(header);
        return empty;
      }
      const { header: found, rows } = await readJournal(path);
      checkSame(path, found, header);
      const done = new RunSet(header.shard);
      for await (const { run } of rows) done.add(run);
      closeSync(file);
      return new Journal(openSync(path, 'a'), done);
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  append(row: SweepRow): void {
    this.write(row);
    this.done.add(row.run);
  }

  close(): void {
    closeSync(this.file);
  }

  private write(line: object): void {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    // A disk that fills up may take a part of it.
    for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at);
  }
}

/**
 * Refuses a journal that `resume` would refuse; changes nothing.
 * @throws InputError
 */
export async function checkJournal(path: string, header: Header): Promise<void> {
  const file = openSync(path, 'r');
  try {
    if (endOfLastLine(file) > 0) checkSame(path, (await readJournal(path)).header, header);
  } finally {
    closeSync(file);
  }
}

function endOfLastLine(file: number): number {
  const buffer = Buffer.alloc(65_536);
  let end = 0;
  for (let at = 0; ; ) {
    const size = readSync(file, buffer, 0, buffer.length, at);
    if (size === 0) return end;
    const newline = buffer.subarray(0, size).lastIndexOf(10);
    if (newline >= 0) end = at + newline + 1;
    at += size;
  }
}

function checkSame(path: string, found: Header, header: Header): void {
  const difference = differenceOf(found, header);
  if (difference === null) return;
  const { what, was, is } = difference;
  throw new InputError(
    `${path}: got a journal of ${what} ${was}; allowed: ${is}, or --force to start anew`,
  );
}

export interface Difference {
  /** "version", say. */
  readonly what: string;
  readonly was: string;
  readonly is: string;
}

/** Why runs of the one may not be mixed with runs of the other; null if they may. */
export function differenceOf(was: Header, is: Header): Difference | null {
  const textOf = ({ part, of }: Shard) => `${part}/${of}`;
  const facts = [
    ['version', was.sweep.version, is.sweep.version],
    ['another definition, grid, metrics or seeds:', was.sweep.hash, is.sweep.hash],
    ['a program that was built from other code:', was.program, is.program],
    ['shard', textOf(was.shard), textOf(is.shard)],
  ] as const;
  const different = facts.find(([, one, other]) => one !== other);
  return different === undefined
    ? null
    : { what: different[0], was: different[1], is: different[2] };
}

/**
 * Reads a journal or a part.
 * @throws InputError if it is none
 */
export async function readJournal(path: string) {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  const header = parseLine(path, first.done ? '' : first.value) as Partial<Header>;
  if (header.offloadcage_sweep !== 1 || !header.sweep || !header.shard) {
    lines.close();
    throw new InputError(`${path}: got another kind of file; allowed: a part of a sweep`);
  }
  const runs = runCount(header.sweep);
  const { part, of } = header.shard;
  const isRun = (run: number) =>
    Number.isInteger(run) && run >= 0 && run < runs && (run - part + 1) % of === 0;
  async function* rows(): AsyncGenerator<SweepRow> {
    for await (const line of iterator) {
      const row = parseLine(path, line) as SweepRow;
      if (!isRun(row.run) || !Array.isArray(row.values)) {
        throw new InputError(
          `${path}: got a line that is no run of it; allowed: a part of a sweep`,
        );
      }
      yield row;
    }
  }
  return { header: header as Header, rows: rows() };
}

function parseLine(path: string, line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new InputError(`${path}: got a line that is no JSON object; allowed: a part of a sweep`);
}
