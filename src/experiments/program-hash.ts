import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { PACKAGE_ROOT } from './package-root.js';

/**
 * Identity of the program itself: the first 16 hex digits of the SHA-256 of what is compiled. In a
 * clone under development it changes while the version stays.
 */
export function programHash(): string {
  const folder = new URL('dist/', PACKAGE_ROOT);
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.js'))
    .sort();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(new URL(file, folder)));
  return hash.digest('hex').slice(0, 16);
}
