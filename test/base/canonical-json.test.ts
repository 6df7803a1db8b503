import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/base/canonical-json.js';
import { longHash, shortHash } from '../../src/base/hash.js';

const leaf = fc.oneof(
  fc.string({ maxLength: 2 }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, 0.1),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, tie('list'), tie('mapping')),
  list: fc.array(tie('any'), { maxLength: 3 }),
  mapping: fc.dictionary(fc.constantFrom('a', 'b', 'B', 'é'), tie('any'), {
    noNullPrototype: true,
  }),
})).any;

/** The same with the keys of every mapping the other way round. */
function turned(one: unknown): unknown {
  if (Array.isArray(one)) return one.map(turned);
  if (typeof one !== 'object' || one === null) return one;
  return Object.fromEntries(
    Object.entries(one)
      .map(([key, inner]) => [key, turned(inner)])
      .toReversed(),
  );
}

test('is the same for the same values, in whatever order keys are, and for no others', () => {
  fc.assert(
    fc.property(value, value, (one, other) => {
      expect(canonicalJson(turned(one))).toBe(canonicalJson(one));
      // Vitest tells -0 from 0, too, and does not look at the order of keys.
      let areEqual = true;
      try {
        expect(other).toStrictEqual(one);
      } catch {
        areEqual = false;
      }
      expect(canonicalJson(other) === canonicalJson(one)).toBe(areEqual);
    }),
  );
  expect(new Set([0, -0, Number.NaN, null, '0'].map(canonicalJson)).size).toBe(5);
});

test('is JSON, with the numbers of samples as a list', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (one) => {
      const plain = JSON.parse(JSON.stringify(one));
      expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
    }),
  );
  expect(canonicalJson({ b: Float64Array.of(1, 0.5), a: Int32Array.of(2) })).toBe(
    '{"a":[2],"b":[1,0.5]}',
  );
});

test('hashes are SHA-256 of the pieces one after another: the example of FIPS 180', () => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(longHash('abc')).toBe(abc);
  expect(longHash('a', Uint8Array.of(0x62), 'c')).toBe(abc);
  expect(shortHash('ab', 'c')).toBe(abc.slice(0, 16));
});
