import { InputError } from './input-error.js';
import { onOneLine } from './one-line.js';
import type { Problem } from './problems.js';
import type { Path, Place, Source } from './source.js';

/** What is wrong at a place. */
export interface Fault extends Place {
  /** What the message is about. Of several faults with one field at one place the first counts. */
  readonly field: string;
  readonly message: string;
}

/** One line for each fault, in the order of the text. */
export function linesOf(faults: readonly Fault[]): string[] {
  const firsts = new Map<string, Fault>();
  for (const fault of faults) {
    const key = `${fault.text}: ${fault.field}`;
    if (!firsts.has(key)) firsts.set(key, fault);
  }
  const inOrder = [...firsts.values()].toSorted((a, b) => a.offset - b.offset);
  return inOrder.map(({ text, field, message }) =>
    [text, ...(field === '' ? [] : [field]), message].join(': '),
  );
}

/** Collects what is wrong with a file, over all that is checked, to be told at once. */
export class Faults {
  private readonly file: Source;
  private readonly found: Fault[] = [];
  /** Of other files that this one names. */
  private readonly elsewhere = new Set<string>();

  constructor(file: Source) {
    this.file = file;
  }

  get areNone(): boolean {
    return this.found.length + this.elsewhere.size === 0;
  }

  add(problems: readonly Problem[]): void {
    this.found.push(...problems.map((problem) => faultOf(this.file, problem)));
  }

  /** Takes up what is wrong with another file, which its lines name. */
  addElsewhere(lines: readonly string[]): void {
    for (const line of lines) this.elsewhere.add(line);
  }

  /** @throws InputError with one line for each fault, if there is one */
  throw(): void {
    if (this.areNone) return;
    throw new InputError([...linesOf(this.found), ...this.elsewhere]);
  }
}

/** @throws InputError with one line for each problem, if there is one */
export function throwProblems(file: Source, problems: readonly Problem[]): void {
  const faults = new Faults(file);
  faults.add(problems);
  faults.throw();
}

function faultOf(file: Source, { path, got, allowed, atKey, variant }: Problem): Fault {
  const at = variant === undefined ? path : ['variants', variant];
  const isKey = atKey === true || variant !== undefined;
  const { text, offset } = isKey ? file.locateKey(at) : file.locate(at);
  const within = variant === undefined ? [] : [`variant ${variant}`];
  const field = [...within, ...(path.length === 0 ? [] : [fieldOf(path)])].join(': ');
  return { text, offset, field, message: `got ${got}; allowed: ${allowed}` };
}

/** What of a path is shown. */
const MOST_SIGNS = 120;

/** A path as messages show it, on one line whatever its names are. */
export function fieldOf(path: Path): string {
  const text = onOneLine(path.join('.'));
  return text.length > MOST_SIGNS ? `${text.slice(0, MOST_SIGNS)}...` : text;
}
