import type { YamlFile } from '../base/yaml-file.js';
import type { Definition } from '../definition/definition.js';
import { resolveDefinition } from '../definition/resolve-definition.js';
import { DefinitionFiles } from '../files/definition-files.js';
import { scalar, splitAssignment } from './axis.js';
import { resolvePath } from './parameter-paths.js';
import { planSweep } from './plan.js';
import { definitionAt } from './points.js';
import { sweepRequest } from './request.js';
import { NO_BLOCK } from './sweep-block.js';

/** What a definition says otherwise than its file. */
export interface Assignments {
  /** `path=value` each, as `sweep --set` takes them. */
  readonly set: readonly string[];
  /** Measured time instead of the definition's. */
  readonly duration?: string | undefined;
  /** Ids of the variants that are meant; default: all. */
  readonly variants?: readonly string[] | undefined;
}

/**
 * A definition with other values: the only point of a sweep without axes.
 * @param files that others have read already
 * @returns the definition, and what was set, with paths in full and in order: the same values give
 *   the same words
 * @throws InputError for a path that the definition does not know, and a value that it cannot have
 */
export function definitionWith(
  file: YamlFile,
  { set, duration, variants = [] }: Assignments,
  files = new DefinitionFiles(),
): { readonly definition: Definition; readonly set: readonly string[] } {
  const { name, folder, value } = file;
  const source = {
    definition: resolveDefinition(file, files),
    file: { name, folder },
    value,
    // What a definition would vary is not what it is.
    block: NO_BLOCK,
  };
  const none = { vary: [], zip: [], metrics: [], chart: [] };
  const request = sweepRequest(source, { ...none, set, duration, variants, seed: 1 });
  const { points } = planSweep(request).work;
  const words = set.map((text) => {
    const [path, said] = splitAssignment('--set', text);
    const { steps } = resolvePath('--set', path, request.known);
    return `${steps.join('.')}=${scalar(said)}`;
  });
  const definition = definitionAt(points, 0, files);
  return { definition, set: words.sort() };
}
