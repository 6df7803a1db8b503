import { existsSync } from 'node:fs';

/**
 * The folder of this package, with a slash at the end: the nearest one upwards with a package.json.
 * Sources, `dist/` and the benchmarks' build lie at different depths below it.
 */
export const PACKAGE_ROOT = findRoot(new URL('.', import.meta.url));

function findRoot(folder: URL): URL {
  if (existsSync(new URL('package.json', folder))) return folder;
  const parent = new URL('..', folder);
  if (parent.href === folder.href) throw new Error('no package.json above the program');
  return findRoot(parent);
}
