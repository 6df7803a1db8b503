import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { InputError } from '../base/input-error.js';
import { MAX_TOTAL_NS } from '../definition/checks.js';
import type { Recording } from '../definition/clients/client-definition.js';
import { MAX_PAGE_BYTES } from '../definition/programs/web-server.js';

/** Most times of a recording: an hour at a thousand a second, three times over. */
const MAX_TIMES = 10_000_000;
const MAX_TIME_S = MAX_TOTAL_NS / 1e9;
/** The file is read in pieces of this size. */
const PIECE_BYTES = 1 << 20;

const TIME = 'time_s';
const PAGE = 'page_bytes';

/**
 * Reads a recording, piece by piece: a CSV file with a head, the column `time_s` and, perhaps,
 * `page_bytes`.
 * @param path of the file
 * @param called how messages call it
 * @param refuse is told what would be allowed if there is no such file
 * @returns undefined if it is refused
 * @throws InputError with line, value and what is allowed
 */
export function readRecording(
  path: string,
  called: string,
  refuse: (allowed: string) => void,
): Recording | undefined {
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
    const rows = new Rows(called);
    for (const lines of piecesOf(file)) rows.add(lines);
    return rows.all();
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
  yield rest;
}

/** Collects what a file has, line by line. */
class Rows {
  private readonly called: string;
  private readonly timesNs: number[] = [];
  private readonly pageBytes: number[] = [];
  /** Places of the columns; -1 before the head was read, or if it has none. */
  private timeAt = -1;
  private pageAt = -1;
  private line = 0;
  private lastS = 0;

  constructor(called: string) {
    this.called = called;
  }

  add(text: string): void {
    for (const cells of this.parse(text)) {
      this.line++;
      if (cells.every((cell) => cell === '')) continue;
      if (this.timeAt < 0) this.readHead(cells);
      else this.read(cells);
    }
  }

  all(): Recording {
    if (this.timeAt < 0) throw this.problem('nothing', `a head with the column ${TIME}`);
    const timesNs = Float64Array.from(this.timesNs);
    return this.pageAt < 0 ? { timesNs } : { timesNs, pageBytes: Int32Array.from(this.pageBytes) };
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
    this.timeAt = names.indexOf(TIME);
    this.pageAt = names.indexOf(PAGE);
    if (this.timeAt >= 0) return;
    throw this.problem(`the columns ${names.join(', ')}`, `a head with the column ${TIME}`);
  }

  private read(cells: readonly string[]): void {
    if (this.timesNs.length === MAX_TIMES) {
      throw this.problem(`more than ${MAX_TIMES} times`, `at most ${MAX_TIMES}`);
    }
    const isTime = (value: number) => value >= 0 && value <= MAX_TIME_S;
    const seconds = `a number of seconds, 0 to ${MAX_TIME_S}`;
    const timeS = this.number(cells, this.timeAt, TIME, isTime, seconds);
    if (timeS < this.lastS) {
      const allowed = `times in order; before it is ${this.lastS}`;
      throw this.problem(`${TIME} "${timeS}"`, allowed);
    }
    this.lastS = timeS;
    this.timesNs.push(Math.round(timeS * 1e9));
    if (this.pageAt < 0) return;
    const isPage = (value: number) =>
      Number.isInteger(value) && value >= 1 && value <= MAX_PAGE_BYTES;
    const allowed = `a whole number of bytes, 1 to ${MAX_PAGE_BYTES}`;
    this.pageBytes.push(this.number(cells, this.pageAt, PAGE, isPage, allowed));
  }

  private number(
    cells: readonly string[],
    at: number,
    column: string,
    isRight: (value: number) => boolean,
    allowed: string,
  ): number {
    const text = (cells[at] ?? '').trim();
    const value = text === '' ? Number.NaN : Number(text);
    if (!isRight(value)) throw this.problem(`${column} ${JSON.stringify(text)}`, allowed);
    return value;
  }

  private problem(got: string, allowed: string): InputError {
    return new InputError(
      `${this.called}:${Math.max(1, this.line)}: got ${got}; allowed: ${allowed}`,
    );
  }
}
