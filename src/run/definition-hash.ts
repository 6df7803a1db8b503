import { canonicalJson } from '../base/canonical-json.js';
import { shortHash } from '../base/hash.js';
import type { Definition } from '../definition/definition.js';

/**
 * Identity of what is run: the hash of all variants' inputs to the model. Titles, comments, seeds
 * and figures do not matter, nor in which order keys are written.
 */
export function definitionHash(definition: Definition): string {
  const variants = definition.variants.map(({ id, input, subject }) => ({ id, input, subject }));
  return shortHash(canonicalJson({ id: definition.id, variants }));
}
