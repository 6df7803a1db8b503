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
  known = shortHash(...programFiles(entry).map((file) => readFileSync(file)));
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

/** A module of ours and all that it loads, in the order in which they are found. */
export function programFiles(entry: URL): URL[] {
  const files = new Map([[entry.href, entry]]);
  // Grows while it is gone through.
  for (const file of files.values()) {
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(IMPORTS)) {
      const compiled = new URL(path, file);
      const found = firstOf([compiled, new URL(compiled.href.replace(/\.js$/, '.ts'))]);
      if (found !== undefined) files.set(found.href, found);
    }
  }
  return [...files.values()];
}

function firstOf(files: readonly URL[]): URL | undefined {
  return files.find((file) => existsSync(file));
}
