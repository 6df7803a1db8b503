import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeChanges } from '../../src/base/mappings.js';

const mapping = fc.dictionary(fc.stringMatching(/^[a-z]$/), fc.jsonValue());

test('changes nested keys, replaces lists, removes with null, keeps the order', () => {
  const base = { a: { b: 1, c: [1, 2] }, d: 2, e: 3 };
  const merged = mergeChanges(base, { f: 4, d: null, a: { c: [3], g: { h: 5 } } });
  expect(merged).toEqual({ a: { b: 1, c: [3], g: { h: 5 } }, e: 3, f: 4 });
  expect(Object.keys(merged)).toEqual(['a', 'e', 'f']);
});

test('no changes change nothing, and the base stays as it was', () => {
  fc.assert(
    fc.property(mapping, mapping, (base, changes) => {
      const before = structuredClone(base);
      expect(mergeChanges(base, {})).toEqual(base);
      mergeChanges(base, changes);
      expect(base).toEqual(before);
    }),
  );
});

test('merging the same changes twice is merging them once', () => {
  fc.assert(
    fc.property(mapping, mapping, (base, changes) => {
      const once = mergeChanges(base, changes);
      expect(mergeChanges(once, changes)).toEqual(once);
    }),
  );
});
