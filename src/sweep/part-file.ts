import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { InputError } from '../base/input-error.js';
import { programHash } from '../run/program-hash.js';
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

/** Which runs of which sweep, and what does them: the first line of a part. */
export interface Header extends RecordedSweep {
  readonly offloadcage_sweep: 1;
  /** Hash of the code that does the runs. */
  readonly program: string;
  readonly shard: Shard;
}

/** The header of what this program writes. */
export function headerOf({ sweep, written_by }: RecordedSweep, shard: Shard): Header {
  return { offloadcage_sweep: 1, program: programHash(), written_by, shard, sweep };
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

/** A part in lines of JSON: what it is of, and then its runs. */
export async function* partLines(header: Header, rows: AsyncIterable<SweepRow>) {
  yield `${JSON.stringify(header)}\n`;
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

/**
 * Reads a part.
 * @throws InputError if it is none
 */
export async function readPart(path: string) {
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
