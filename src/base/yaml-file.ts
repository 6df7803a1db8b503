import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  visit,
  type YAMLMap,
} from 'yaml';
import { fieldOf, linesOf } from './faults.js';
import { InputError } from './input-error.js';
import type { Path, Place, Source } from './source.js';
import { anchorProblems } from './yaml-anchors.js';
import { type YamlProblem, yamlProblems } from './yaml-problem.js';

/** A text with the name that messages have for it. */
export interface NamedText {
  readonly name: string;
  /** To which the paths in it are relative. */
  readonly folder: string;
  readonly text: string;
}

/** A YAML file: its plain values, and where in the file each of them is. */
export class YamlFile implements Source {
  readonly name: string;
  readonly folder: string;
  readonly value: unknown;
  private readonly root: Node | null;
  private readonly lines: LineCounter;
  /** By key, as a mapping may have many and many of them may be wrong. */
  private readonly pairs = new Map<YAMLMap, ReadonlyMap<string, Pair>>();

  /** @throws InputError if the text is not exactly one YAML document with a mapping */
  constructor({ name, folder, text }: NamedText) {
    this.name = name;
    this.folder = folder;
    this.lines = new LineCounter();
    const documents = this.parse(text);
    const [document, second] = 'empty' in documents ? [] : documents;
    if (document !== undefined) this.refuse(yamlProblems(document, text));
    if (second !== undefined) {
      const message = 'got a second document; allowed: one document a file';
      this.refuse([{ offset: second.range[0], field: '', message }]);
    }
    this.root = document?.contents ?? null;
    if (document === undefined || this.isBlank()) {
      throw new InputError(`${name}: the file is empty; allowed: a YAML mapping`);
    }
    if (!isMap(this.root)) {
      const message = 'got no mapping; allowed: lines of the form "key: value"';
      this.refuse([{ offset: this.root?.range?.[0] ?? 0, field: '', message }]);
    }
    this.refuse([...keyProblems(document), ...anchorProblems(document)]);
    this.value = document.toJS({ maxAliasCount: -1 });
  }

  /** `file:line:col` of the value at `path`, or of what is nearest above it in the file. */
  locate(path: Path): Place {
    let node: unknown = this.root;
    let offset = this.root?.range?.[0] ?? 0;
    for (const step of path) {
      const child = isMap(node) ? this.pairOf(node, step)?.value : itemOf(node, step);
      if (!child) break;
      node = child;
      offset = (child as Node).range?.[0] ?? offset;
    }
    return this.at(offset);
  }

  /** Like `locate`, for the key itself that is at the end of `path`. */
  locateKey(path: Path): Place {
    const key = path.at(-1);
    let node: unknown = this.root;
    for (const step of path.slice(0, -1)) {
      node = isMap(node) ? this.pairOf(node, step)?.value : itemOf(node, step);
    }
    const pair = isMap(node) && key !== undefined ? this.pairOf(node, key) : undefined;
    const offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
    return offset === undefined ? this.locate(path) : this.at(offset);
  }

  private pairOf(map: YAMLMap, key: string | number): Pair | undefined {
    const known = this.pairs.get(map);
    if (known !== undefined) return known.get(String(key));
    const named = map.items.flatMap((pair): [string, Pair][] =>
      isScalar(pair.key) ? [[String(pair.key.value), pair]] : [],
    );
    this.pairs.set(map, new Map(named));
    return this.pairOf(map, key);
  }

  private parse(text: string) {
    try {
      return parseAllDocuments(text, {
        lineCounter: this.lines,
        merge: true,
        // The parser compares each key of a mapping with each other.
        uniqueKeys: false,
        prettyErrors: false,
        // The parser's own warnings would go to stderr.
        logLevel: 'error',
      });
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      // The parser calls itself for each level.
      const got = 'got values too deep within others';
      throw new InputError(`${this.name}: ${got}; allowed: fewer brackets or levels`);
    }
  }

  private isBlank(): boolean {
    return this.root === null || (isScalar(this.root) && this.root.value === null);
  }

  private at(offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    return { text: `${this.name}:${line}:${col}`, offset };
  }

  private refuse(problems: readonly YamlProblem[]): void {
    if (problems.length === 0) return;
    throw new InputError(linesOf(problems.map((one) => ({ ...one, ...this.at(one.offset) }))));
  }
}

function itemOf(node: unknown, step: string | number): unknown {
  return isSeq(node) ? node.get(step, true) : undefined;
}

/** The key of an entry on the way to a value. */
function nameOf(node: unknown): string[] {
  return isPair(node) && isScalar(node.key) ? [String(node.key.value)] : [];
}

/** Keys that the parser lets pass and no object can hold, or only once. */
function keyProblems(document: Document): YamlProblem[] {
  const problems: YamlProblem[] = [];
  const add = (at: unknown, message: string) =>
    problems.push({ offset: (at as Node).range?.[0] ?? 0, field: '', message });
  visit(document, {
    Map: (_, map, above) => {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key) || key.value === '<<') continue;
        const name = String(key.value);
        if (seen.has(name)) {
          const field = fieldOf([...above.flatMap(nameOf), name]);
          const message = 'got a key that is there already; allowed: each key once';
          problems.push({ offset: key.range?.[0] ?? 0, field, message });
        }
        seen.add(name);
      }
    },
    Pair: (_, { key }) => {
      const named = isAlias(key) ? key.resolve(document) : key;
      if (isCollection(named)) add(key, 'got a list or mapping as a key; allowed: a name');
      if (isScalar(named) && named.value === '__proto__') {
        add(key, 'got the key __proto__; allowed: any other name');
      }
    },
  });
  return problems;
}
