import { readFileSync } from 'node:fs';
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
} from 'yaml';
import { InputError } from './input-error.js';
import type { Path, Source } from './source.js';
import { yamlProblem } from './yaml-problem.js';

/** A YAML file: its plain values, and where in the file each of them is. */
export class YamlFile implements Source {
  /** As the user gave it. */
  readonly name: string;
  readonly value: unknown;
  private readonly root: Node | null;
  private readonly lines: LineCounter;

  /** @throws InputError if the text is not exactly one YAML document with a mapping */
  constructor(name: string, text: string) {
    this.name = name;
    this.lines = new LineCounter();
    const documents = parseAllDocuments(text, {
      lineCounter: this.lines,
      merge: true,
      prettyErrors: false,
      // The parser's own warnings would go to stderr.
      logLevel: 'error',
    });
    const [document, second] = 'empty' in documents ? [] : documents;
    const error = document?.errors[0] ?? document?.warnings[0];
    if (document !== undefined && error !== undefined) {
      const { offset, message } = yamlProblem(document, error, text);
      this.fail(offset, message);
    }
    if (second !== undefined) {
      this.fail(second.range[0], 'got a second document; allowed: one document a file');
    }
    this.root = document?.contents ?? null;
    if (document === undefined || this.isBlank()) {
      throw new InputError(`${name}: the file is empty; allowed: a YAML mapping`);
    }
    if (!isMap(this.root)) {
      this.fail(
        this.root?.range?.[0] ?? 0,
        'got no mapping; allowed: lines of the form "key: value"',
      );
    }
    this.checkNodes(document);
    try {
      this.value = document.toJS({ maxAliasCount: 100 });
    } catch (cause) {
      throw new InputError(`${name}: ${firstLine(cause)}; allowed: at most 100 uses of anchors`);
    }
  }

  /** `file:line:col` of the value at `path`, or of what is nearest above it in the file. */
  locate(path: Path): string {
    let node: unknown = this.root;
    let offset = this.root?.range?.[0] ?? 0;
    for (const step of path) {
      if (isAlias(node)) break;
      if (!isCollection(node)) break;
      const child: unknown = node.get(step, true);
      if (child === undefined) break;
      node = child;
      offset = (child as Node).range?.[0] ?? offset;
    }
    return this.at(offset);
  }

  /** Like `locate`, for the key itself that is at the end of `path`. */
  locateKey(path: Path): string {
    const key = path.at(-1);
    let node: unknown = this.root;
    for (const step of path.slice(0, -1)) node = isCollection(node) ? node.get(step, true) : node;
    const pair = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      : undefined;
    const offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
    return offset === undefined ? this.locate(path) : this.at(offset);
  }

  /** Finds what the parser lets pass: anchors that are not there, keys that no object can hold. */
  private checkNodes(document: Document): void {
    visit(document, {
      Alias: (_, alias) => {
        if (alias.resolve(document) === undefined) {
          this.fail(
            alias.range?.[0] ?? 0,
            `got *${alias.source}; allowed: an anchor that is set before`,
          );
        }
      },
      Pair: (_, { key }) => {
        const named = isAlias(key) ? key.resolve(document) : key;
        if (isCollection(named)) {
          const at = (key as Node).range?.[0] ?? 0;
          this.fail(at, 'got a list or mapping as a key; allowed: a name');
        }
        if (isScalar(key) && key.value === '__proto__') {
          this.fail(key.range?.[0] ?? 0, 'got the key __proto__; allowed: any other name');
        }
      },
    });
  }

  private isBlank(): boolean {
    return this.root === null || (isScalar(this.root) && this.root.value === null);
  }

  private at(offset: number): string {
    const { line, col } = this.lines.linePos(offset);
    return `${this.name}:${line}:${col}`;
  }

  private fail(offset: number, problem: string): never {
    throw new InputError(`${this.at(offset)}: ${problem}`);
  }
}

/**
 * Reads and parses a YAML file.
 * @param name how messages call it
 * @throws InputError if it cannot be read, is not text, or is no YAML mapping
 */
export function readYamlFile(path: string, name: string): YamlFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new InputError(`${name}: ${readProblem(cause)}; allowed: a readable YAML file`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${name}: not UTF-8 text; allowed: a YAML file`);
  }
  if (text.includes('\0')) throw new InputError(`${name}: not text; allowed: a YAML file`);
  return new YamlFile(name, text);
}

const READ_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'is a directory',
  EACCES: 'no permission to read it',
  ENAMETOOLONG: 'the name is too long',
};

function readProblem(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return READ_PROBLEMS[code] ?? firstLine(cause);
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0] ?? '';
}
