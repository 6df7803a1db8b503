import { canonicalJson } from './canonical-json.js';
import type { Definition } from './definition.js';
import { shortHash } from './hash.js';

/**
 * Identity of what is run: the hash of all variants' inputs to the model. Titles, comments, seeds
 * and figures do not matter, nor in which order keys are written.
 */
export function definitionHash(definition: Definition): string {
  const variants = definition.variants.map(({ id, input, subject }) => ({ id, input, subject }));
  return shortHash(canonicalJson({ id: definition.id, variants }));
}
