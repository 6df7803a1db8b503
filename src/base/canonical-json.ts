/**
 * JSON with the keys of every object sorted; lists keep their order, as it has a meaning. Numbers
 * that JSON does not tell apart (-0 from 0, NaN from nothing) have a form of their own.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'number')
      return isPlain(item) ? item : { number: Object.is(item, -0) ? '-0' : `${item}` };
    if (item instanceof Float64Array || item instanceof Int32Array) return [...item];
    return typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item;
  });
}

function isPlain(number: number): boolean {
  return Number.isFinite(number) && !Object.is(number, -0);
}
