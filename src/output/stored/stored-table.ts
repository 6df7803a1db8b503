import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type CsvError, parse } from 'csv-parse/sync';
import { InputError } from '../../base/input-error.js';
import { show } from '../../base/problems.js';
import type { Column } from '../csv/columns.js';

/** A row of a table of this tool's, which knows its place for messages. */
export class StoredRow {
  /** @param line in the file, from 1 on */
  constructor(
    private readonly file: string,
    private readonly line: number,
    private readonly cells: Readonly<Record<string, string>>,
  ) {}

  text(column: string): string {
    const cell = this.cells[column] ?? '';
    // What a spreadsheet would take for a formula was written with an apostrophe before it.
    return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
  }

  /** One of these names. */
  oneOf<T extends string>(column: string, names: readonly T[]): T {
    const cell = this.text(column);
    const found = names.find((one) => one === cell);
    return found ?? this.refuse(column, names.join(', '));
  }

  /** A number; null if the cell is empty. */
  optional(column: string): number | null {
    const cell = this.cells[column] ?? '';
    if (cell === '') return null;
    const value = Number(cell);
    return Number.isFinite(value) ? value : this.refuse(column, 'a number, or nothing');
  }

  number(column: string): number {
    return this.optional(column) ?? this.refuse(column, 'a number');
  }

  /** @throws InputError about the cell */
  refuse(column: string, allowed: string): never {
    const got = show(this.cells[column] || undefined);
    throw new InputError(`${this.file}:${this.line}: ${column}: got ${got}; allowed: ${allowed}`);
  }
}

/**
 * Reads a table of a result folder.
 * @throws InputError if it is not there, is no CSV, or lacks columns
 */
export function readTable(folder: string, name: string, columns: readonly Column[]): StoredRow[] {
  const file = join(folder, name);
  const [head, ...records] = recordsOf(file);
  const heads = head?.record ?? [];
  const missing = columns.find((column) => !heads.includes(column.name));
  if (missing !== undefined) {
    throw new InputError(`${file}:1: got no column ${missing.name}; allowed: with it`);
  }
  return records.map(
    ({ record, line }) =>
      new StoredRow(file, line, Object.fromEntries(heads.map((one, i) => [one, record[i] ?? '']))),
  );
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly line: number;
}

function recordsOf(file: string): CsvRecord[] {
  const text = textOf(file);
  try {
    const found = parse(text, { bom: true, info: true }) as unknown as readonly {
      readonly record: readonly string[];
      readonly info: { readonly lines: number };
    }[];
    return found.map(({ record, info: { lines } }) => ({ record, line: lines }));
  } catch (error) {
    const { message, lines } = error as CsvError & { readonly lines?: number };
    throw new InputError(`${file}:${lines ?? 1}: ${message}; allowed: CSV by RFC 4180`);
  }
}

function textOf(file: string): string {
  // A pipe or a device would be read for ever.
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new InputError(`${file}: got no such file; allowed: all files of the data package`);
  }
  return readFileSync(file, 'utf8');
}
