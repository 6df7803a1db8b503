import { YamlFile } from '../base/yaml-file.js';
import { readTextFile } from './text-file.js';

/**
 * Reads and parses a YAML file.
 * @param path as the user gave it; `-` is the standard input
 * @param name how messages call it
 * @param mostBytes how large it may be, if more than a file that somebody writes
 * @throws InputError if it cannot be read, is not text, or is no YAML mapping
 */
export function readYamlFile(path: string, name = path, mostBytes?: number): YamlFile {
  return new YamlFile(readTextFile(path, name, mostBytes));
}
