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
