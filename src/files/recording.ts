import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { InputError } from '../base/input-error.js';

/** Most times of a recording: an hour at a thousand a second, three times over. */
const MAX_TIMES = 10_000_000;
/** As long as a run may be. */
const MAX_TIME_S = 30 * 24 * 3600;
/** The file is read in pieces of this size. */
const PIECE_BYTES = 1 << 20;

const COLUMN = 'time_s';

/**
 * Reads the times of a recording, piece by piece: a CSV file with a head and the column `time_s`.
 * @param path of the file
 * @param called how messages call it
 * @param refuse is told what would be allowed if there is no such file
 * @returns nanoseconds in order; undefined if it is refused
 * @throws InputError with line, value and what is allowed
 */
export function readRecording(
  path: string,
  called: string,
  refuse: (allowed: string) => void,
): Float64Array | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    refuse('the path of a CSV file that can be read');
    return undefined;
  }
  try {
    if (!fstatSync(file).isFile()) {
      refuse('the path of a CSV file; it may be read more than once, so no pipe or folder');
      return undefined;
    }
    const times = new Times(called);
    for (const lines of piecesOf(file)) times.add(lines);
    return times.all();
  } finally {
    closeSync(file);
  }
}

/** The text of a file in pieces that end with a line. */
function* piecesOf(file: number): Generator<string> {
  const piece = Buffer.alloc(PIECE_BYTES);
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for (;;) {
    const size = readSync(file, piece, 0, PIECE_BYTES, null);
    if (size === 0) break;
    rest += decoder.decode(piece.subarray(0, size), { stream: true });
    const end = rest.lastIndexOf('\n') + 1;
    if (end === 0) continue;
    yield rest.slice(0, end);
    rest = rest.slice(end);
  }
  if (rest !== '') yield rest;
}

/** Collects the times of a file, line by line. */
class Times {
  private readonly called: string;
  private readonly times: number[] = [];
  /** Place of the column; -1 before the head was read. */
  private column = -1;
  private line = 0;
  private lastS = 0;

  constructor(called: string) {
    this.called = called;
  }

  add(text: string): void {
    for (const cells of this.parse(text)) {
      this.line++;
      if (cells.every((cell) => cell === '')) continue;
      if (this.column < 0) this.readHead(cells);
      else this.read(cells[this.column] ?? '');
    }
  }

  all(): Float64Array {
    if (this.column < 0) throw this.problem('nothing', `a head with the column ${COLUMN}`);
    return Float64Array.from(this.times);
  }

  private parse(text: string): string[][] {
    try {
      return parse(text, {
        bom: this.line === 0,
        relax_column_count: true,
        skip_empty_lines: false,
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw this.problem(`no CSV (${reason})`, 'CSV with one line per connection');
    }
  }

  private readHead(cells: readonly string[]): void {
    const names = cells.map((cell) => cell.trim());
    this.column = names.indexOf(COLUMN);
    if (this.column >= 0) return;
    throw this.problem(`the columns ${names.join(', ')}`, `a head with the column ${COLUMN}`);
  }

  private read(cell: string): void {
    const text = cell.trim();
    const timeS = text === '' ? Number.NaN : Number(text);
    const got = `${COLUMN} ${JSON.stringify(text)}`;
    if (!(timeS >= 0 && timeS <= MAX_TIME_S)) {
      throw this.problem(got, `a number of seconds, 0 to ${MAX_TIME_S}`);
    }
    if (timeS < this.lastS) throw this.problem(got, `times in order; before it is ${this.lastS}`);
    if (this.times.length === MAX_TIMES) {
      throw this.problem(`more than ${MAX_TIMES} times`, `at most ${MAX_TIMES}`);
    }
    this.lastS = timeS;
    this.times.push(Math.round(timeS * 1e9));
  }

  private problem(got: string, allowed: string): InputError {
    return new InputError(
      `${this.called}:${Math.max(1, this.line)}: got ${got}; allowed: ${allowed}`,
    );
  }
}
