import {
  type Document,
  isCollection,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Range,
  visit,
  type YAMLError,
} from 'yaml';
import { fieldOf } from './faults.js';

/** What is wrong with a text that is no YAML, and where it begins. */
export interface YamlProblem {
  readonly offset: number;
  /** The keys that it is under. */
  readonly field: string;
  /** What is there, and what would be allowed. */
  readonly message: string;
}

interface Form {
  readonly got: string;
  readonly allowed: string;
  /** The sign that begins what has no end. */
  readonly opening?: string;
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '[': ']', '{': '}' };

/** What the parser finds, by its message, and what a user can do about it. */
const FORMS: readonly (readonly [RegExp, (...parts: string[]) => Form])[] = [
  [/^Missing closing (["'])/, (quote) => unclosed(quote, 'after the text')],
  [/^Flow .* end with a ([\]}])/, (end) => unclosed(end === ']' ? '[' : '{', 'after the entries')],
  [/^Tabs are not allowed/, () => ({ got: 'a tab', allowed: 'spaces to indent' })],
  [
    /^Nested mappings are not allowed in compact/,
    () => ({ got: 'a key within a value', allowed: 'one "key: value" a line, or text in quotes' }),
  ],
  [
    /^Implicit (keys need to be on a single line|map keys need to be followed)/,
    () => ({ got: 'no ": "', allowed: 'lines of the form "key: value"' }),
  ],
  [
    /must start at the same column/,
    () => ({ got: 'another column', allowed: 'that of the entries beside it' }),
  ],
  [
    /^(Block collections are not allowed within flow|Missing , )/,
    () => ({ got: 'two entries in one', allowed: 'a comma between entries' }),
  ],
  [
    /^Plain value cannot start with .* (\S)$/,
    (sign) => ({ got: `${sign} first`, allowed: 'such a text in quotes' }),
  ],
  [
    /^Invalid escape sequence (.*)$/,
    (sequence) => ({ got: sequence, allowed: '\\\\ for a backslash, or single quotes' }),
  ],
  [/^Unresolved tag: (.*)$/, (tag) => ({ got: `the tag ${tag}`, allowed: 'a value without tag' })],
  [
    /^Unexpected .* token in YAML stream: (.*)$/,
    (token) => ({ got: `${token} after the end of the value`, allowed: 'nothing more' }),
  ],
  [
    /^Unexpected .* at node end/,
    () => ({ got: 'more after the end of the value', allowed: 'nothing more' }),
  ],
  [
    // The parser calls itself for each level.
    /^Maximum call stack/,
    () => ({ got: 'values too deep within others', allowed: 'fewer brackets or levels' }),
  ],
];

function unclosed(opening: string, where: string): Form {
  const allowed = `${CLOSING[opening]} ${where}`;
  return { got: `${opening} without an end`, allowed, opening };
}

/** What cannot follow from another mistake. */
const INDEPENDENT: readonly string[] = ['TAG_RESOLVE_FAILED'];

/** What the parser finds wrong; of mistakes that may follow from one another the first. */
export function yamlProblems(document: Document, text: string): YamlProblem[] {
  const all = [...document.errors, ...document.warnings];
  const areIndependent = all.every(({ code }) => INDEPENDENT.includes(code));
  return (areIndependent ? all : all.slice(0, 1)).map((error) =>
    yamlProblem(document, error, text),
  );
}

/**
 * Says in a line what is wrong. Something that has no end, of which the parser tells where the text
 * ends, is reported where it begins.
 * @param document what the parser could make of `text`
 */
function yamlProblem(document: Document, error: YAMLError, text: string): YamlProblem {
  const [said = ''] = error.message.split('\n');
  const { got, allowed, opening } = formOf(said);
  const [end] = error.pos;
  const offset = opening === undefined ? end : (beginningOf(document, opening, text, end) ?? end);
  const keys = keysAt(document.contents, offset, text);
  return { offset, field: fieldOf(keys), message: `got ${got}; allowed: ${allowed}` };
}

function formOf(said: string): Form {
  for (const [pattern, form] of FORMS) {
    const parts = pattern.exec(said);
    if (parts !== null) return form(...parts.slice(1));
  }
  return { got: `no YAML (${said})`, allowed: 'a YAML mapping' };
}

/** Where the last thing before `end` begins that opens with this sign and is not closed. */
function beginningOf(
  document: Document,
  opening: string,
  text: string,
  end: number,
): number | undefined {
  let beginning: number | undefined;
  visit(document, {
    Node: (_, { range }) => {
      if (!range) return;
      const [from, to] = range;
      const isClosed = to - from > 1 && text[to - 1] === CLOSING[opening];
      if (text[from] === opening && from <= end && !isClosed) beginning = from;
    },
  });
  return beginning;
}

/** The keys and list positions that a place is under, the outermost first. */
function keysAt(node: unknown, offset: number, text: string): string[] {
  if (!isCollection(node) || (node.flow && offset >= (node.range?.[1] ?? 0))) return [];
  const items: readonly unknown[] = node.items;
  const at = items.findLastIndex((item) => (startOf(item) ?? offset + 1) <= offset);
  const item = items[at];
  const value = isPair(item) ? item.value : item;
  if (item === undefined || isBehind(value, offset, text)) return [];
  if (isSeq(node)) return [String(at), ...keysAt(value, offset, text)];
  if (!isPair(item) || !isScalar(item.key) || item.key.value === null) return [];
  const isAtKey = offset < (item.key.range?.[1] ?? 0);
  if (isAtKey) return [];
  return [String(item.key.value), ...keysAt(value, offset, text)];
}

function startOf(item: unknown): number | undefined {
  return rangeOf(isPair(item) ? item.key : item)?.[0];
}

/** Whether a place is on a line after the value's last. */
function isBehind(value: unknown, offset: number, text: string): boolean {
  const [from, to] = rangeOf(value) ?? [0, 0];
  return to > from && text.slice(to, offset).includes('\n');
}

function rangeOf(node: unknown): Range | null | undefined {
  return (node as Node | null)?.range;
}
