import { createHash } from 'node:crypto';
import type { Definition } from './definition.js';

/** The first 16 hex digits of the SHA-256 of texts or bytes one after another. */
export function shortHash(...pieces: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex').slice(0, 16);
}

/**
 * Identity of what is run: the hash of all variants' inputs to the model. Titles, comments, seeds
 * and figures do not matter, nor in which order keys are written.
 */
export function definitionHash(definition: Definition): string {
  const variants = definition.variants.map(({ id, input, subject }) => ({ id, input, subject }));
  return shortHash(canonicalJson({ id: definition.id, variants }));
}

/** JSON with the keys of every object sorted; lists keep their order, as it has a meaning. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
