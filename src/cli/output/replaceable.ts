import { readdirSync, statSync } from 'node:fs';
import { InputError } from '../../base/input-error.js';
import type { Former } from '../../output/folder/descriptor.js';
import { recordIn } from '../../output/folder/record.js';

/**
 * Refuses to replace a file that is there unless the same command line wrote it.
 * @throws InputError
 */
export function checkFile(path: string, writtenBy: string): void {
  if (!hasContent(path)) return;
  const theirs = recordIn(path);
  if (theirs === null || !covers(writtenBy, theirs)) refuseToReplace(path, theirs, 'a file');
}

/**
 * Refuses to replace files of a folder unless the same command line wrote them.
 * @param names of the files that are to be written
 * @param former what the folder's record says
 * @throws InputError
 */
export function checkFolder(
  folder: string,
  names: readonly string[],
  writtenBy: string,
  former: Former | null,
): void {
  const theirs = former?.writtenBy ?? null;
  const isSame = theirs !== null && covers(writtenBy, theirs);
  const own = isSame ? (former?.paths ?? []) : [];
  const strange = namesIn(folder).filter((name) => names.includes(name) && !own.includes(name));
  if (strange.length === 0) return;
  if (theirs === null || isSame) refuseToReplace(folder, null, listText(strange));
  refuseToReplace(folder, theirs, 'files');
}

/**
 * Whether something would be lost: a pipe or a device is not replaced, an empty file has nothing.
 */
export function hasContent(path: string): boolean {
  try {
    const found = statSync(path);
    return found.isFile() && found.size > 0;
  } catch {
    // Why it cannot be written either is said where it is tried.
    return false;
  }
}

/**
 * @param place of what is there
 * @param theirs the command line that wrote it, if it has a record
 * @param what it is
 * @throws InputError
 */
export function refuseToReplace(place: string, theirs: string | null, what: string): never {
  const writer = theirs === null ? 'not written by this command line' : `written by \`${theirs}\``;
  const allowed = 'another name or folder, or --force to replace it';
  throw new InputError(`${place}: got ${what} ${writer}; allowed: ${allowed}`);
}

/** Whether a command line writes anew all that another one wrote: the same, or some variants. */
export function covers(ours: string, theirs: string): boolean {
  return theirs === ours || theirs.startsWith(`${ours} --variant `);
}

const MOST_NAMES = 4;

function listText(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  if (more <= 0) return names.join(', ');
  return `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more`;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    // It is not there, or cannot be written either; that is said where it is tried.
    return [];
  }
}
