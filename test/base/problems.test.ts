/** What messages say of a value, whatever it is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { onOneLine } from '../../src/base/one-line.js';
import { allowedMessage, problemsOf, show, valueAt } from '../../src/base/problems.js';
import type { Path } from '../../src/base/source.js';

test('text is one line without a hidden sign, and tells all the same what it was', () => {
  const signs = fc.oneof(
    fc.constantFrom('\n', '\x1b', '\x7f', '\x85', '\x9b', '\u2028'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.string({ unit: signs }), (text) => {
      const shown = onOneLine(text.replaceAll(/["\\]/g, ''));
      expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      // As JSON, and JavaScript, write it.
      expect(JSON.parse(`"${shown}"`)).toBe(text.replaceAll(/["\\]/g, ''));
    }),
  );
  // What people write stays as it is.
  expect(onOneLine('ÿ, µs, 仮想')).toBe('ÿ, µs, 仮想');
  expect(show('a\n'.repeat(99)).length).toBeLessThanOrEqual(60);
});

/** Every path into a value. */
function pathsOf(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return [[]];
  const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [
    [],
    ...steps.flatMap((step) =>
      pathsOf((value as Record<string, unknown>)[step]).map((rest) => [step, ...rest]),
    ),
  ];
}

test('there is a value at each path into a value, and none beyond', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const path of pathsOf(value)) {
        const at = path.reduce<unknown>(
          (one, step) => (one as Record<string, unknown>)[step],
          value,
        );
        expect(valueAt(value, path)).toBe(at);
        // What every object has, and every text: nobody wrote it.
        for (const step of ['toString', 'at', ...(Array.isArray(at) ? [] : [0])]) {
          if (typeof at === 'object' && at !== null && Object.hasOwn(at, step)) continue;
          expect(valueAt(value, [...path, step])).toBeUndefined();
          expect(valueAt(value, [...path, step, step])).toBeUndefined();
        }
      }
    }),
  );
});

test.each<[z.ZodType, unknown, string, string]>([
  [z.array(z.number()).min(1), [], 'an empty list', 'a list that is not empty'],
  [z.array(z.number()), {}, 'a mapping', 'a list'],
  [z.string().min(1), '', '""', 'text that is not empty'],
  [z.string(), [1], 'a list', 'text'],
  [z.number().min(2), 1, '1', 'at least 2'],
  [z.number().gt(2), 2, '2', 'more than 2'],
  [z.number().max(3), 4, '4', 'at most 3'],
  [z.number(), null, 'nothing', 'a number'],
  [z.int(), 1.5, '1.5', 'a whole number'],
  [z.boolean(), 'yes', '"yes"', 'true or false'],
  [z.object({ a: z.number() }), 1, '1', 'a mapping'],
  [z.record(z.string(), z.number()), 1, '1', 'a mapping of names'],
  [z.enum(['credit', 'sedf']), 'sedt', '"sedt"', 'credit, sedf; did you mean sedf?'],
  [
    z.strictObject({ cap: z.number() }),
    { cap: 1, caps: 2 },
    'an unknown key',
    'cap; did you mean cap?',
  ],
])('%#: says what is there and what is allowed', (schema, value, got, allowed) => {
  const { error } = schema.safeParse(value, { error: allowedMessage });
  if (error === undefined) throw new Error('nothing was wrong');
  expect(problemsOf(error, value)).toMatchObject([{ got, allowed }]);
});
