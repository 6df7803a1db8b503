import { createHash } from 'node:crypto';

/** The first 16 hex digits of the SHA-256 of texts or bytes one after another. */
export function shortHash(...pieces: readonly (string | Uint8Array)[]): string {
  return longHash(...pieces).slice(0, 16);
}

/** All 64 of them. */
export function longHash(...pieces: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}
