import { allowedNames } from './nearest.js';
import type { Problem } from './problems.js';

/** Whether a value is a mapping, as opposed to a list, a text or a number. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * `base` with `changes` merged in, deeply: mappings key by key, anything else as a whole; null
 * takes a key away. Keys keep the order of `base`; new ones follow.
 */
export function mergeChanges(
  base: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = new Map(Object.entries(base));
  for (const [key, change] of Object.entries(changes)) {
    const old = merged.get(key);
    if (change === null) merged.delete(key);
    else if (isMapping(change)) merged.set(key, mergeChanges(isMapping(old) ? old : {}, change));
    else merged.set(key, change);
  }
  return Object.fromEntries(merged);
}

/** Nulls in `changes` that take nothing away, as `base` has nothing of that name. */
export function namelessNulls(
  base: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Problem[] {
  return Object.entries(changes).flatMap(([key, change]): Problem[] => {
    const old = Object.hasOwn(base, key) ? base[key] : undefined;
    if (change === null && (old === undefined || old === null)) {
      const known = Object.keys(base);
      const allowed = `null for what the settings above have here: ${allowedNames(key, known)}`;
      return [{ path: [key], got: 'null, which takes nothing away', allowed, atKey: true }];
    }
    if (!isMapping(change)) return [];
    const inside = namelessNulls(isMapping(old) ? old : {}, change);
    return inside.map((problem) => ({ ...problem, path: [key, ...problem.path] }));
  });
}
