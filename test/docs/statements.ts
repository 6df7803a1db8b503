/** Sentences and tables of documents with the numbers that the results have for them. */
import { proseOf } from './markdown.js';

/** What a document says, with each number, or word for one, that is held to the results. */
export interface Statement {
  readonly parts: readonly string[];
  readonly values: readonly string[];
}

/** Tag of a template: its values are the numbers. */
export function says(parts: TemplateStringsArray, ...values: (string | number)[]): Statement {
  return { parts: parts.map((part) => part.replaceAll(/\s+/g, ' ')), values: values.map(String) };
}

/**
 * The document with the numbers of these statements. Lines may break anywhere in them.
 * @throws Error for a statement that is not there, or there twice
 */
export function withNumbers(text: string, statements: readonly Statement[]): string {
  return statements.reduce((before, { parts, values }) => {
    const found = [...before.matchAll(patternOf(parts))];
    const [match] = found;
    if (match === undefined || found.length > 1) {
      throw new Error(`${found.length} times in the document: ${parts.join('…')}`);
    }
    const gaps = match.slice(1).filter((_, at) => at % 2 === 0);
    const words = gaps.map((gap, at) => gap + (values[at] ?? '')).join('');
    return before.slice(0, match.index) + words + before.slice(match.index + match[0].length);
  }, text);
}

/**
 * Numbers in the prose of a document that no statement holds, each with the words around it.
 * Those in headings, tables, code and links do not count.
 * @param given what may stand there without being a result
 */
export function unheldNumbers(
  text: string,
  statements: readonly Statement[],
  given: readonly RegExp[],
): string[] {
  const held = [...statements.map(({ parts }) => patternOf(parts)), ...given.map(everywhere)];
  const prose = proseOf(text)
    .replaceAll(/^[#|].*$|!\[.*\)$/gm, ' ')
    .replaceAll(/\s+/g, ' ');
  const rest = held
    .reduce((left, pattern) => left.replaceAll(pattern, ' … '), prose)
    .replaceAll(/`[^`]*`|\]\([^)]*\)/g, ' ');
  return [...rest.matchAll(/.{0,30}(?<![\w(.])\d.{0,20}/g)].map(([around]) => around);
}

const everywhere = ({ source }: RegExp) => new RegExp(source, 'g');

/** Texts between the numbers, and the numbers, as groups in turn. */
function patternOf(parts: readonly string[]): RegExp {
  const escaped = parts.map((part) =>
    part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+'),
  );
  return new RegExp(escaped.map((part) => `(${part})`).join('([-+\\w](?:[\\w.,]*\\w)?)'), 'g');
}

/** A table of Markdown: its first line, by which it is found, and its rows. */
export interface Table {
  readonly head: string;
  readonly rows: readonly string[];
}

/** @throws Error for a table that is not in the document, or is there twice */
export function withTables(text: string, tables: readonly Table[]): string {
  const lines = text.split('\n');
  for (const { head, rows } of tables) {
    const at = lines.indexOf(head);
    if (at < 0 || lines.indexOf(head, at + 1) >= 0) throw new Error(`not one table: ${head}`);
    const isRow = (line: string | undefined) => line?.startsWith('|') === true;
    let end = at + 2;
    while (isRow(lines[end])) end += 1;
    lines.splice(at + 2, end - at - 2, ...rows);
  }
  return lines.join('\n');
}
