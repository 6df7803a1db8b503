/** The parts of a Markdown document that tests look at. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../commands/offloadcage.js';

/** Paths of README and of everything in `docs/`, from the root. */
export const DOCUMENTS: readonly string[] = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
];

export const readDocument = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A fenced block. */
export interface Fence {
  readonly language: string;
  /** Index of its first line in the document; that of the fence if it is empty. */
  readonly from: number;
  readonly lines: readonly string[];
  /** What stands before it, back to an empty line, as one line. */
  readonly lead: string;
}

/** The fenced blocks of a document, in order. */
export function fencesOf(text: string): Fence[] {
  const lines = text.split('\n');
  const fences: Fence[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [, language] = /^```(\S*)$/.exec(lines[at] ?? '') ?? [];
    if (language === undefined) continue;
    const end = lines.indexOf('```', at + 1);
    if (end < 0) throw new Error(`line ${at + 1}: a block that does not end`);
    fences.push({
      language,
      from: at + 1,
      lines: lines.slice(at + 1, end),
      lead: leadOf(lines, at),
    });
    at = end;
  }
  return fences;
}

/** The paragraph that ends before a line, from which empty lines may part it. */
function leadOf(lines: readonly string[], before: number): string {
  let end = before;
  while (end > 0 && lines[end - 1] === '') end -= 1;
  let from = end;
  while (from > 0 && lines[from - 1] !== '') from -= 1;
  return lines.slice(from, end).join(' ');
}

/** The document without its fenced blocks and comments; line by line as before. */
export function proseOf(text: string): string {
  const blank = (part: string) => part.replaceAll(/[^\n]/g, ' ');
  return text.replaceAll(/^```[\s\S]*?^```$/gm, blank).replaceAll(/<!--[\s\S]*?-->/g, blank);
}

/** Targets of links and pictures, in order. */
export function linksOf(text: string): string[] {
  const found = proseOf(text)
    .replaceAll(/`[^`\n]*`/g, '')
    .matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset|href)="([^"]+)"/g);
  return [...found].map(([, link = '', attribute = link]) => attribute);
}

/** What may follow `#` in a link to the document, by GitHub's rule. */
export function anchorsOf(text: string): string[] {
  const times = new Map<string, number>();
  return [...proseOf(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) => {
    const slug = title
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const before = times.get(slug) ?? 0;
    times.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}
