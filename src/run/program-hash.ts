import { existsSync, readFileSync } from 'node:fs';
import { shortHash } from '../base/hash.js';

/** What does runs in a thread, compiled and as source; see `run-pool.ts`. */
const ENTRIES = ['./worker.js', './worker.ts'].map((name) => new URL(name, import.meta.url));

/** All forms of an import, and what a comment may have besides: a file more does no harm. */
const IMPORTS = /\b(?:from|import)\s*\(?\s*["'](\.[^"'\n]+)["']/g;

let known: string | undefined;

/**
 * Identity of the program that does the runs: the hash of what its files hold, as they are now. It
 * says nothing about code that only reads definitions or shows results.
 */
export function programHash(): string {
  if (known !== undefined) return known;
  const entry = firstOf(ENTRIES);
  if (entry === undefined) throw new Error(`no ${ENTRIES.join(', nor ')}`);
  known = shortHash(...programFiles(entry).values());
  return known;
}

/**
 * All that runs depend on besides their tasks. Another major version of Node, or another processor,
 * may compute a logarithm otherwise in the last digit.
 */
export function programName(): string {
  const [major] = process.versions.node.split('.');
  return `${programHash()}-node${major}-${process.platform}-${process.arch}`;
}

/** The texts of a module of ours and of all that it loads, by address, in the order of finding. */
export function programFiles(entry: URL): Map<string, string> {
  const texts = new Map<string, string>();
  const found = new Set([entry.href]);
  // Grows while it is gone through.
  for (const address of found) {
    const text = readFileSync(new URL(address), 'utf8');
    texts.set(address, text);
    for (const [, path = ''] of text.matchAll(IMPORTS)) {
      const compiled = new URL(path, address);
      const file = firstOf([compiled, new URL(compiled.href.replace(/\.js$/, '.ts'))]);
      if (file !== undefined) found.add(file.href);
    }
  }
  return texts;
}

function firstOf(files: readonly URL[]): URL | undefined {
  return files.find((file) => existsSync(file));
}
