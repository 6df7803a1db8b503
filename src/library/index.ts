/** The library: what `import ... from 'offloadcage'` has. */
import { placeless } from '../base/source.js';
import { type Definition, resolveDefinition } from '../definition/index.js';
import { DefinitionFiles } from '../files/definition-files.js';
import { findDefinition } from '../files/experiment-catalog.js';

export { InputError } from '../base/input-error.js';
export * from '../definition/index.js';
export { experimentNames } from '../files/shipped.js';
export { VERSION } from '../files/version.js';
export * from '../model/index.js';
export * from '../run/index.js';

/**
 * Loads an experiment with its machines, checked and resolved.
 * @param name of a shipped experiment, of one of its figures, or the path of a YAML file
 * @throws InputError with all that is wrong: file, line, field, value and what is allowed
 */
export function loadExperiment(name: string): Definition {
  return findDefinition(name);
}

/**
 * An experiment from plain values, as `JSON.parse` or a parser of YAML gives them.
 * @param value what a definition's file has; paths in it are relative to `folder`
 * @throws InputError with all that is wrong: field, value and what is allowed
 */
export function experimentOf(value: unknown, folder = '.'): Definition {
  return resolveDefinition(placeless({ name: '<value>', folder }, value), new DefinitionFiles());
}
