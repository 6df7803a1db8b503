import { existsSync, readFileSync } from 'node:fs';
import { shortHash } from '../base/hash.js';

/** What does runs in a thread, compiled and as source; see `run-pool.ts`. */
const ENTRIES = ['./worker.js', './worker.ts'].map((name) => new URL(name, import.meta.url));

/** `from './x.js'`, `import './x.js'` and `import('./x.js')`: no module is loaded otherwise. */
const IMPORTS = /\b(?:from|import)\s*\(?\s*["'](\.[^"'\n]+)["']/g;

let known: string | undefined;

/**
 * Identity of the program that does the runs: the hash of what its files hold, as they are now. It
 * says nothing about code that only reads definitions or shows results.
 */
export function programHash(): string {
  known ??= shortHash(...programFiles(firstOf(ENTRIES)).map((file) => readFileSync(file)));
  return known;
}

/** A module of ours and all that it loads, in the order in which they are found. */
export function programFiles(entry: URL): URL[] {
  const files = new Map([[entry.href, entry]]);
  // Grows while it is gone through.
  for (const file of files.values()) {
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(IMPORTS)) {
      const compiled = new URL(path, file);
      const found = firstOf([compiled, new URL(compiled.href.replace(/\.js$/, '.ts'))]);
      files.set(found.href, found);
    }
  }
  return [...files.values()];
}

/** The first that is there. */
function firstOf(files: readonly URL[]): URL {
  const found = files.find((file) => existsSync(file));
  if (found === undefined) throw new Error(`no file ${files.map(({ href }) => href).join(', ')}`);
  return found;
}
