import { readdirSync, readFileSync } from 'node:fs';
import { shortHash } from '../base/hash.js';
import { PACKAGE_ROOT } from '../files/package-root.js';

/**
 * Identity of the program itself: the hash of what is compiled. In a clone under development it
 * changes while the version stays.
 */
export function programHash(): string {
  const folder = new URL('dist/', PACKAGE_ROOT);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.js'))
    .sort();
  return shortHash(...files.flatMap((file) => [`${file}\0`, readFileSync(new URL(file, folder))]));
}
