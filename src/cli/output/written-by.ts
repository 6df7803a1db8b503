import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { experimentFile, sweepFile } from '../../files/shipped.js';
import { isFileArgument } from '../../files/text-file.js';
import { quoted } from '../sweep/shell-word.js';
import { flagWords } from '../sweep/sweep-words.js';

/**
 * The command line that an output records as its writer: what it says again replaces the output.
 * Flags that change nothing in it, such as `--jobs`, are left out.
 */
export function commandLine(...words: readonly string[]): string {
  return ['offloadcage', ...words].map(quoted).join(' ');
}

/** The command line of a folder of results: of `run` for a file, else of `reproduce`. */
export function resultsCommand(
  name: string,
  id: string,
  folder: string,
  { set, variant }: { readonly [flag in 'set' | 'variant']?: readonly string[] } = {},
): string {
  const source = sourceWord(name, id, folder);
  const command = isShipped(source) ? 'reproduce' : 'run';
  // The variants last: see `covers`.
  return commandLine(
    command,
    source,
    ...flagWords('--set', set),
    ...flagWords('--variant', variant),
  );
}

/**
 * A word for what a user named. A file is named by its path from `folder`, where the output is, so
 * that a project may be moved as a whole and two files of one name are told apart.
 * @param id of the definition, which tells definitions from a pipe apart
 */
export function sourceWord(name: string, id: string, folder: string): string {
  if (name === '-') return `stdin:${id}`;
  if (!isFileArgument(name) && !/^\.\.?$/.test(name)) return name;
  const path = realPath(name);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile() && !found?.isDirectory()) return `stdin:${id}`;
  const shipped = [experimentFile(id), sweepFile(id)].map(realPath);
  if (shipped.includes(path)) return id;
  return pathWord(path, folder);
}

/** A word for a file: its path from `folder`. */
export function pathWord(path: string, folder: string): string {
  const way = relative(realPath(folder), realPath(path)).replaceAll('\\', '/');
  return /^\.\.?\/|^[a-z]:/i.test(way) ? way : `./${way}`;
}

/** Whether a word of `sourceWord` names something shipped. */
function isShipped(word: string): boolean {
  return !/^stdin:|[/\\]/.test(word);
}

/** Without symbolic links, as far as the path exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const whole = resolve(path);
    const above = dirname(whole);
    return above === whole ? whole : join(realPath(above), basename(whole));
  }
}
