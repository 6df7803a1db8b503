import { basename } from 'node:path';
import { InputError } from '../base/input-error.js';
import { allowedNames } from '../base/nearest.js';
import { type NamedText, YamlFile } from '../base/yaml-file.js';
import { isFilePath } from './shipped.js';
import { readTextFile } from './text-file.js';

/**
 * Reads what a field of another file names: something shipped, or a file of the user's own.
 * @param name as the field has it
 * @param path where it is, if it is there, and how messages about its text call it
 * @param shipped names of what is shipped
 * @param refuse is told what would be allowed in the field if there is nothing to read
 * @returns undefined if it is refused
 * @throws InputError if what is there is no YAML
 */
export function readNamedFile(
  name: string,
  { path, called }: { readonly path: string; readonly called: string },
  shipped: readonly string[],
  refuse: (allowed: string) => void,
): YamlFile | undefined {
  const stem = basename(name).replace(/\.ya?ml$/i, '');
  if (!isFilePath(name) && !shipped.includes(name)) {
    refuse(`${allowedNames(stem, shipped)} (or the path of a file)`);
    return undefined;
  }
  let text: NamedText;
  try {
    text = readTextFile(path, called);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [reason] = error.message.split('; allowed: ');
    refuse(`${allowedNames(stem, shipped)} (or the path of a file that can be read; ${reason})`);
    return undefined;
  }
  return new YamlFile(text);
}
