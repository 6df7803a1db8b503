import type { Definition } from '../definition/definition.js';
import { resolveDefinition } from '../definition/resolve-definition.js';
import { DefinitionFiles } from './definition-files.js';
import { readYamlFile } from './read-yaml.js';

/**
 * Reads, checks and resolves an experiment definition with its machines.
 * @param path of the YAML file, relative to the current directory; `-` is the standard input
 * @param files that others have read already
 * @throws InputError with file, line, column, field, value and what is allowed
 */
export function loadDefinition(path: string, files = new DefinitionFiles()): Definition {
  return resolveDefinition(readYamlFile(path), files);
}
